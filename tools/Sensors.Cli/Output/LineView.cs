using System;
using Sensors.Edge;

namespace Sensors.Cli.Output
{
    /// <summary>Readings and alarms to standard output, one per line; all else to the error stream.</summary>
    internal sealed class LineView(ReadingWriter readings, Report report) : IReadingView
    {
        public void Show(ReadingMessage reading, ReadOnlyMemory<byte> message) => readings.Write(reading, message);

        public void Show(AlarmMessage alarm, ReadOnlyMemory<byte> message) => readings.Write(alarm, message);

        public void Show(StatusMessage status)
        {
            // Lines have no place for a state: its change is told as an event.
        }

        public void Tell(CliEvent happened) => report.Tell(happened);
    }
}
