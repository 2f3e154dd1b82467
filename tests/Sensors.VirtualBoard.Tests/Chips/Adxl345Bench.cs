using System;
using System.Device.Spi;

namespace Sensors.VirtualBoard.Tests
{
    /// <summary>A chip on a bench: raw SPI frames at times the test chooses, no board in between.</summary>
    internal sealed class Adxl345Bench
    {
        private const long SettledGap = 50_000;

        public Adxl345Bench(IVibrationSource? source = null, Adxl345Options? options = null)
        {
            Source = source ?? new ConstantSource().WithAcceleration(0, 0, 1);
            Chip = new VirtualAdxl345(Time, Source, seed: 1, options: options ?? new Adxl345Options { NoiseFactor = 0 });
        }

        public VirtualTime Time { get; } = new();

        public IVibrationSource Source { get; }

        public VirtualAdxl345 Chip { get; }

        public int ClockHz { get; set; } = 5_000_000;

        public SpiMode Mode { get; set; } = SpiMode.Mode3;

        /// <summary>Sends a frame after a gap with chip select high, and gets what came back.</summary>
        public byte[] After(long gapNanoseconds, params byte[] mosi)
        {
            Time.Advance(gapNanoseconds);
            var miso = new byte[mosi.Length];
            var frame = new SpiFrame(Time.Nanoseconds, ClockHz, Mode);
            Chip.Transfer(frame, mosi, miso);
            Time.Advance(frame.After(mosi.Length) - frame.StartNanoseconds);
            return miso;
        }

        public byte[] Send(params byte[] mosi) => After(SettledGap, mosi);

        public byte Read(byte register) => Send((byte)(0x80 | register), 0)[1];

        public (short X, short Y, short Z) ReadEntry(long gapNanoseconds = SettledGap)
        {
            byte[] miso = After(gapNanoseconds, 0xF2, 0, 0, 0, 0, 0, 0);
            return (BitConverter.ToInt16(miso, 1), BitConverter.ToInt16(miso, 3), BitConverter.ToInt16(miso, 5));
        }

        public void WaitMilliseconds(double milliseconds) => Time.Advance((long)(milliseconds * 1e6));
    }

    /// <summary>A source whose X counts the samples, one LSB (1/256 g) each, so that a missing or repeated one shows.</summary>
    internal sealed class CountingSource : IVibrationSource
    {
        public void Fill(in SampleGrid grid, Span<float> xyzG)
        {
            for (int i = 0; i < grid.Count; i++)
            {
                xyzG[3 * i] = (grid.FirstIndex + i) % 4000 / 256f;
                xyzG[(3 * i) + 1] = -(grid.FirstIndex + i) % 4000 / 256f;
                xyzG[(3 * i) + 2] = 1;
            }
        }
    }
}
