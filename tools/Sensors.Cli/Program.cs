using System;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using Sensors.Cli.Host;

namespace Sensors.Cli
{
    /// <summary>The process: its streams, its signals, its exit code.</summary>
    public static class Program
    {
        /// <summary>Runs <c>sensorctl</c>.</summary>
        /// <param name="args">The command line.</param>
        /// <returns>The exit code.</returns>
        public static async Task<int> Main(string[] args)
        {
            using var stop = new CancellationTokenSource();

            // The first signal asks for a tidy end; a second one of the same kind kills, as the runtime does by itself.
            using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, AskToStop);
            using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, AskToStop);
            return await CommandLine.RunAsync(args, RealHost.Create(), stop.Token).ConfigureAwait(false);

            void AskToStop(PosixSignalContext signal)
            {
                if (!stop.IsCancellationRequested)
                {
                    signal.Cancel = true;
                    stop.Cancel();
                }
            }
        }
    }
}
