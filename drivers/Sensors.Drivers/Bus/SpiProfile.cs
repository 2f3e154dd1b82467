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
            : this(mode, clockHz, readFlag, 0, burstFlag, addressShift, largestBurst, 1)
        {
        }

        private SpiProfile(
            SpiMode mode, int clockHz, byte readFlag, byte writeFlag, byte burstFlag, int addressShift, int largestBurst, int commandBytes)
        {
            LargestBurst = largestBurst;
            Mode = mode;
            ClockHz = clockHz;
            ReadFlag = readFlag;
            WriteFlag = writeFlag;
            BurstFlag = burstFlag;
            AddressShift = addressShift;
            CommandBytes = commandBytes;
        }

        /// <summary>Makes the profile of a chip whose command byte marks writes instead of reads, and that always moves on.</summary>
        /// <param name="mode">Clock polarity and phase.</param>
        /// <param name="clockHz">Highest clock the data sheet allows, in hertz.</param>
        /// <param name="writeFlag">Bits set in the command byte of a write.</param>
        /// <param name="largestBurst">Most register bytes one frame moves.</param>
        /// <returns>The profile.</returns>
        public static SpiProfile WithWriteFlag(SpiMode mode, int clockHz, byte writeFlag, int largestBurst)
        {
            return new SpiProfile(mode, clockHz, 0, writeFlag, 0, 0, largestBurst, 1);
        }

        /// <summary>Makes the profile of a chip without registers, which drives its first data byte while the first byte is clocked.</summary>
        /// <remarks>Such a chip has nothing to be told: no command byte is sent, and the register of an access means nothing.</remarks>
        /// <param name="mode">Clock polarity and phase.</param>
        /// <param name="clockHz">Highest clock the data sheet allows, in hertz.</param>
        /// <param name="frameBytes">Most bytes one frame moves.</param>
        /// <returns>The profile.</returns>
        public static SpiProfile WithoutCommand(SpiMode mode, int clockHz, int frameBytes)
        {
            return new SpiProfile(mode, clockHz, 0, 0, 0, 0, frameBytes, 0);
        }

        /// <summary>Gets clock polarity and phase.</summary>
        public SpiMode Mode { get; }

        /// <summary>Gets the highest clock, in hertz.</summary>
        public int ClockHz { get; }

        /// <summary>Gets the bits set in the command byte of a read.</summary>
        public byte ReadFlag { get; }

        /// <summary>Gets the bits set in the command byte of a write; 0 for most chips.</summary>
        public byte WriteFlag { get; }

        /// <summary>Gets the bits set in the command byte when more than one byte is moved.</summary>
        public byte BurstFlag { get; }

        /// <summary>Gets how far the register address is shifted left in the command byte.</summary>
        public int AddressShift { get; }

        /// <summary>Gets the command bytes in front of the data: 1, or 0 for a chip without registers.</summary>
        public int CommandBytes { get; }

        /// <summary>Gets the most register bytes one frame moves.</summary>
        public int LargestBurst { get; }
    }
}
