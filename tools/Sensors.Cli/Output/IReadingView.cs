using System;
using Sensors.Edge;

namespace Sensors.Cli.Output
{
    /// <summary>Where a running session shows itself: lines in a pipe, a table on a terminal.</summary>
    internal interface IReadingView
    {
        void Show(ReadingMessage reading, ReadOnlyMemory<byte> message);

        /// <summary>Shows a change of an alarm: data like a reading, and worth a line wherever it is shown.</summary>
        void Show(AlarmMessage alarm, ReadOnlyMemory<byte> message);

        /// <summary>Shows a state where there is a place for it; that it changed is told as an event.</summary>
        void Show(StatusMessage status);

        /// <summary>Tells of an event; called by any thread.</summary>
        void Tell(CliEvent happened);
    }
}
