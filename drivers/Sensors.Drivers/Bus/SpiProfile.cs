using System.Device.Spi;

namespace Sensors.Drivers
{
    /// <summary>How a chip speaks SPI: clock, mode, and where its command byte carries the register and the direction.</summary>
    public sealed class SpiProfile
    {
        /// <summary>Register bytes one frame moves unless the profile says more.</summary>
        public const int DefaultLargestBurst = 16;

        /// <summary>Makes a profile.</summary>
        /// <param name="mode">Clock polarity and phase.</param>
        /// <param name="clockHz">Highest clock the data sheet allows, in hertz.</param>
        /// <param name="readFlag">Bits set in the command byte of a read.</param>
        /// <param name="burstFlag">Bits set in the command byte when more than one byte is moved; 0 where the chip needs none.</param>
        /// <param name="addressShift">How far the register address is shifted left in the command byte.</param>
        public SpiProfile(SpiMode mode, int clockHz, byte readFlag, byte burstFlag, int addressShift)
            : this(mode, clockHz, readFlag, burstFlag, addressShift, DefaultLargestBurst)
        {
        }

        /// <summary>Makes the profile of a chip that moves long bursts.</summary>
        /// <param name="mode">Clock polarity and phase.</param>
        /// <param name="clockHz">Highest clock the data sheet allows, in hertz.</param>
        /// <param name="readFlag">Bits set in the command byte of a read.</param>
        /// <param name="burstFlag">Bits set in the command byte when more than one byte is moved; 0 where the chip needs none.</param>
        /// <param name="addressShift">How far the register address is shifted left in the command byte.</param>
        /// <param name="largestBurst">Most register bytes one frame moves, 1 to 16,383; the bus makes its two buffers for it, once.</param>
        public SpiProfile(SpiMode mode, int clockHz, byte readFlag, byte burstFlag, int addressShift, int largestBurst)
        {
            LargestBurst = largestBurst;
            Mode = mode;
            ClockHz = clockHz;
            ReadFlag = readFlag;
            BurstFlag = burstFlag;
            AddressShift = addressShift;
        }

        /// <summary>Gets clock polarity and phase.</summary>
        public SpiMode Mode { get; }

        /// <summary>Gets the highest clock, in hertz.</summary>
        public int ClockHz { get; }

        /// <summary>Gets the bits set in the command byte of a read.</summary>
        public byte ReadFlag { get; }

        /// <summary>Gets the bits set in the command byte when more than one byte is moved.</summary>
        public byte BurstFlag { get; }

        /// <summary>Gets how far the register address is shifted left in the command byte.</summary>
        public int AddressShift { get; }

        /// <summary>Gets the most register bytes one frame moves.</summary>
        public int LargestBurst { get; }
    }
}
