using System;
using System.Collections.Generic;
using System.Device.Spi;

namespace Sensors.VirtualBoard.Tests
{
    /// <summary>An ADXL355 or ADXL357 on a bench: raw SPI frames at times the test chooses, no board in between.</summary>
    internal sealed class Adxl35xBench
    {
        private const long Gap = 1_000;

        public Adxl35xBench(IVibrationSource? source = null, Adxl35xOptions? options = null, bool is357 = false)
        {
            source ??= new ConstantSource().WithAcceleration(0, 0, 1);
            options ??= new Adxl35xOptions { NoiseFactor = 0 };
            Chip = is357 ? new VirtualAdxl357(Time, source, 1, options: options) : new VirtualAdxl355(Time, source, 1, options: options);
            WaitMilliseconds(10); // "Turn-on time", power off to standby
            Read(0x04);           // takes NVM_BUSY away
        }

        public VirtualTime Time { get; } = new();

        public VirtualAdxl35x Chip { get; }

        public int ClockHz { get; set; } = 10_000_000;

        public SpiMode Mode { get; set; } = SpiMode.Mode0;

        public byte[] After(long gapNanoseconds, params byte[] mosi)
        {
            Time.Advance(gapNanoseconds);
            var miso = new byte[mosi.Length];
            var frame = new SpiFrame(Time.Nanoseconds, ClockHz, Mode);
            Chip.Transfer(frame, mosi, miso);
            Time.Advance(frame.After(mosi.Length) - frame.StartNanoseconds);
            return miso;
        }

        public byte[] Send(params byte[] mosi) => After(Gap, mosi);

        public void Write(byte register, byte value) => Send((byte)(register << 1), value);

        public byte Read(byte register) => Send((byte)((register << 1) | 1), 0)[1];

        public byte[] Read(byte register, int count)
        {
            var mosi = new byte[1 + count];
            mosi[0] = (byte)((register << 1) | 1);
            return Send(mosi)[1..];
        }

        public void WaitMilliseconds(double milliseconds) => Time.Advance((long)(milliseconds * 1e6));

        /// <summary>Sets range and rate in standby, and measures.</summary>
        public Adxl35xBench Measure(byte filter = 0x00, byte range = 0x81)
        {
            Write(0x28, filter);
            Write(0x2C, range);
            Write(0x2D, 0x00);
            return this;
        }

        /// <summary>Waits until the output has settled, and empties the FIFO.</summary>
        public Adxl35xBench Settled()
        {
            WaitMilliseconds(10);
            for (int entries = Read(0x05); entries >= 3; entries = Read(0x05))
            {
                Words(entries / 3 * 3); // whole samples only
            }

            Read(0x04);
            return this;
        }

        /// <summary>Takes words out of the FIFO, as 24 bits.</summary>
        public int[] Words(int count)
        {
            byte[] bytes = Read(0x11, 3 * count);
            var words = new int[count];
            for (int i = 0; i < count; i++)
            {
                words[i] = (bytes[3 * i] << 16) | (bytes[(3 * i) + 1] << 8) | bytes[(3 * i) + 2];
            }

            return words;
        }

        /// <summary>Reads samples as they come, 20-bit digits of X, Y and Z.</summary>
        public List<int[]> Samples(int count)
        {
            var samples = new List<int[]>();
            while (samples.Count < count)
            {
                int[] words = Words(Read(0x05) / 3 * 3);
                for (int i = 0; i < words.Length && samples.Count < count; i += 3)
                {
                    samples.Add([Digits(words[i]), Digits(words[i + 1]), Digits(words[i + 2])]);
                }

                WaitMilliseconds(8 * 1000 / Chip.ActualRateHertz);
            }

            return samples;
        }

        public static int Digits(int word) => (word << 8) >> 12;
    }

    /// <summary>A source whose X counts samples in steps of a 1000th of a g, Y counts down, so that a missing or repeated one shows.</summary>
    internal sealed class SteppingSource : IVibrationSource
    {
        public void Fill(in SampleGrid grid, Span<float> xyzG)
        {
            for (int i = 0; i < grid.Count; i++)
            {
                long n = (grid.FirstIndex + i) % 1000;
                xyzG[3 * i] = n / 1000f;
                xyzG[(3 * i) + 1] = -n / 1000f;
                xyzG[(3 * i) + 2] = 1;
            }
        }
    }
}
