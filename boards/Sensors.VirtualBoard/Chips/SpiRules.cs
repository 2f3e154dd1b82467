using System.Device.Spi;

namespace Sensors.VirtualBoard
{
    /// <summary>What a chip's data sheet says of its SPI port: which clocking it understands, and how its command byte is built.</summary>
    public sealed record SpiRules
    {
        /// <summary>Gets the first mode it understands.</summary>
        public required SpiMode Mode { get; init; }

        /// <summary>Gets the second mode it understands; the first one's again where there is no other.</summary>
        public SpiMode? OtherMode { get; init; }

        /// <summary>Gets the highest clock, in hertz.</summary>
        public required int MaximumClockHz { get; init; }

        /// <summary>Gets the shortest time chip select must be high between two frames, in nanoseconds.</summary>
        public required long MinimumGapNanoseconds { get; init; }

        /// <summary>Gets the command byte's bit that tells the direction.</summary>
        public required byte DirectionBit { get; init; }

        /// <summary>Gets whether the direction bit, when set, means a read; else it means a write.</summary>
        public bool DirectionBitReads { get; init; } = true;

        /// <summary>Gets the bit without which every byte of a frame is the same register; 0 where the address always moves on.</summary>
        public byte MultipleBit { get; init; }

        /// <summary>Gets how far the address is shifted left in the command byte.</summary>
        public int AddressShift { get; init; }

        /// <summary>Gets the bits of the address, after shifting it right.</summary>
        public required byte AddressMask { get; init; }

        /// <summary>Tells whether the chip understands a mode.</summary>
        /// <param name="mode">The controller's mode.</param>
        /// <returns>True when it does.</returns>
        public bool Understands(SpiMode mode) => mode == Mode || mode == OtherMode;
    }
}
