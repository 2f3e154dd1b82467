using System;
using System.Collections.Generic;

namespace Sensors.Drivers.Tests.Wire
{
    /// <summary>A clock that moves only when told to, and remembers every wait.</summary>
    internal sealed class StepClock : BusClock
    {
        private const int MostReads = 200_000; // a driver that spins for ever ends here

        private int _reads;

        /// <summary>Gets or sets the time.</summary>
        public long Now { get; set; }

        /// <summary>Gets the waits, in order.</summary>
        public List<int> Waits { get; } = [];

        /// <inheritdoc/>
        public override long Microseconds
        {
            get
            {
                if (++_reads > MostReads)
                {
                    throw new InvalidOperationException("The clock was read " + MostReads + " times.");
                }

                return Now;
            }
        }

        /// <inheritdoc/>
        public override void Wait(int microseconds)
        {
            Assert.InRange(microseconds, 0, int.MaxValue);
            Waits.Add(microseconds);
            Now += microseconds;
        }
    }
}
