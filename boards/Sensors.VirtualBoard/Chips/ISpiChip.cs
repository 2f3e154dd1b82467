using System;

namespace Sensors.VirtualBoard
{
    /// <summary>A chip on an SPI bus, seen from its pins.</summary>
    public interface ISpiChip
    {
        /// <summary>Takes one frame, chip select low from the first to the last bit.</summary>
        /// <param name="frame">When the frame began, its clock and mode.</param>
        /// <param name="mosi">What the controller sends.</param>
        /// <param name="miso">Receives what the chip drives; as long as <paramref name="mosi"/>.</param>
        void Transfer(in SpiFrame frame, ReadOnlySpan<byte> mosi, Span<byte> miso);
    }
}
