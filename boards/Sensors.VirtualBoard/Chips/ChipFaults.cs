using System;

namespace Sensors.VirtualBoard
{
    /// <summary>Faults a virtual chip can be given. All are off at first; they may be set from any thread at any time.</summary>
    public sealed class ChipFaults
    {
        private readonly VirtualTime _time;
        private int _nackCount;
        private long _nackUntil = long.MinValue;
        private long _holdUntil = long.MinValue;

        internal ChipFaults(VirtualTime time) => _time = time;

        /// <summary>Gets or sets the identity the chip tells instead of its own, as wide as its register; -1 for that of a relative; null for none.</summary>
        public int? WrongIdentity { get; set; }

        /// <summary>Gets or sets how much faster than it should the chip's own clock runs, in percent; -50 to 50.</summary>
        public double RateErrorPercent { get; set; }

        /// <summary>Gets or sets whether every new measurement repeats the last one's value.</summary>
        public bool StuckData { get; set; }

        /// <summary>Gets or sets the level the SPI output is stuck at: 0x00 or 0xFF for low or high; null for none.</summary>
        public byte? StuckMiso { get; set; }

        /// <summary>Gets or sets the axes whose self-test moves nothing: bit 0 is X, bit 1 Y, bit 2 Z.</summary>
        public int FailedSelfTestAxes { get; set; }

        /// <summary>Gets whether the chip holds the I2C clock low now.</summary>
        public bool HoldsBus => _time.Nanoseconds < _holdUntil;

        /// <summary>Gets how many calls the chip has missed so far.</summary>
        public long CallsMissed { get; private set; }

        /// <summary>Gets how many of the next calls the chip will miss, see <see cref="NackNext"/>.</summary>
        public int CallsToMiss => _nackCount;

        /// <summary>Lets the chip miss its next calls: no acknowledge on I2C; on SPI the output stays high and writes are lost.</summary>
        /// <param name="transactions">How many, 0 or more.</param>
        public void NackNext(int transactions) => _nackCount = transactions;

        /// <summary>Lets the chip miss every call for a time.</summary>
        /// <param name="duration">How long from now; <see cref="TimeSpan.Zero"/> ends it.</param>
        public void NackFor(TimeSpan duration) => _nackUntil = EndOf(duration);

        /// <summary>Lets the chip hold the I2C clock low for a time, so that transfers on its bus time out.</summary>
        /// <param name="duration">How long from now; <see cref="TimeSpan.Zero"/> ends it.</param>
        public void HoldBusFor(TimeSpan duration) => _holdUntil = EndOf(duration);

        /// <summary>Takes every fault away.</summary>
        public void Clear()
        {
            WrongIdentity = null;
            RateErrorPercent = 0;
            StuckData = false;
            StuckMiso = null;
            FailedSelfTestAxes = 0;
            _nackCount = 0;
            _nackUntil = long.MinValue;
            _holdUntil = long.MinValue;
        }

        /// <summary>Tells the identity a chip shows.</summary>
        /// <param name="own">Its own.</param>
        /// <param name="relative">That of a part it could be mistaken for.</param>
        internal int Identity(int own, int relative) => WrongIdentity switch
        {
            null => own,
            < 0 => relative,
            int wrong => wrong,
        };

        internal bool MissesCall(long nanoseconds)
        {
            bool misses = _nackCount > 0 || nanoseconds < _nackUntil;
            if (misses)
            {
                CallsMissed++;
                _nackCount = Math.Max(0, _nackCount - 1);
            }

            return misses;
        }

        private long EndOf(TimeSpan duration) =>
            duration == TimeSpan.MaxValue ? long.MaxValue : _time.Nanoseconds + (duration.Ticks * 100);
    }
}
