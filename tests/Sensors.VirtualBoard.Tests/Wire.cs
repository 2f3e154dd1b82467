using System;
using System.Device.I2c;
using System.Device.Spi;

namespace Sensors.VirtualBoard.Tests
{
    /// <summary>Raw bytes on a board's wires, as a logic analyser would show them.</summary>
    internal static class Wire
    {
        public const int SpiBus = 1, ChipSelect = 5, I2cBus = 1;

        public static byte[] Spi(this VirtualEsp32 board, params byte[] mosi) => board.SpiAt(5_000_000, SpiMode.Mode3, mosi);

        public static byte[] SpiAt(this VirtualEsp32 board, int clockHz, SpiMode mode, params byte[] mosi)
        {
            var miso = new byte[mosi.Length];
            board.TransferSpi(SpiBus, ChipSelect, mode, clockHz, mosi, miso);
            return miso;
        }

        public static int Word(this VirtualEsp32 board, int address, byte pointer)
        {
            var read = new byte[2];
            I2cTransferStatus status = board.TransferI2c(I2cBus, address, 400_000, [pointer], read);
            Assert.Equal(I2cTransferStatus.FullTransfer, status);
            return (read[0] << 8) | read[1];
        }

        public static void WriteWord(this VirtualEsp32 board, int address, byte pointer, int value) =>
            Assert.Equal(
                I2cTransferStatus.FullTransfer,
                board.TransferI2c(I2cBus, address, 400_000, [pointer, (byte)(value >> 8), (byte)value], []));

        public static short Int16(byte[] miso, int at) => BitConverter.ToInt16(miso, at);
    }
}
