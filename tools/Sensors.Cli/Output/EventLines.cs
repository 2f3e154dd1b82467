using System.IO;
using System.Threading;

namespace Sensors.Cli.Output
{
    /// <summary>Writes events to standard output as they come, from any thread; once nobody reads them any more, ends the command.</summary>
    internal sealed class EventLines(TextWriter output, bool json, CancellationTokenSource until)
    {
        private readonly Lock _gate = new(); // several connections tell at once

        /// <summary>Writes an event: a sentence, or JSON.</summary>
        public void Tell(CliEvent happened)
        {
            lock (_gate)
            {
                try
                {
                    DataOut.WriteLine(output, json ? happened.ToJson() : happened.Text);
                }
                catch (OutputClosedException)
                {
                    until.Cancel();
                }
            }
        }
    }
}
