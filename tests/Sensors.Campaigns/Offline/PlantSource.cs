using System.Collections.Generic;
using Sensors.Node;

namespace Sensors.Campaigns
{
    /// <summary>A reading of each of three points per interval, handed over to the node's own outlet.</summary>
    internal sealed class PlantSource(ReadingBank bank, ReadingOutlet outlet, Incarnation incarnation, int intervalMilliseconds) : NodeTask
    {
        private readonly Point[] _points = [bank.VibrationPoint, bank.TemperaturePoint, bank.CurrentPoint];
        private long _round;
        private long _due;

        /// <summary>Gets how many were handed over.</summary>
        public long GivenOut { get; private set; }

        /// <summary>Gets when each was taken, in milliseconds since start, by its number; for as long as somebody wants to know.</summary>
        public Dictionary<long, long> TakenAt { get; } = [];

        /// <summary>Gets or sets whether <see cref="TakenAt"/> is kept.</summary>
        public bool Watched { get; set; }

        public override int Step(long now)
        {
            foreach (Point point in _points)
            {
                Reading reading = outlet.Begin(point);
                bank.Fill(reading, _round);
                outlet.Complete(reading, now);
                GivenOut++;
                if (Watched)
                {
                    TakenAt[incarnation.Sequence] = now;
                }
            }

            _round++;
            _due = (_due == 0 ? now : _due) + intervalMilliseconds;
            return (int)(_due - now);
        }
    }
}
