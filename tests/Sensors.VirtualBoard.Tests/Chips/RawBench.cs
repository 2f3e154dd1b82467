using System;
using System.Collections.Generic;
using System.Device.Spi;
using System.Linq;

namespace Sensors.VirtualBoard.Tests
{
    /// <summary>A chip on a bench: raw SPI frames and I2C bytes at times the test chooses, no board in between.</summary>
    internal sealed class RawBench
    {
        private const long Gap = 50_000;
        private const long I2cByte = 22_500; // 9 bits at 400 kHz

        public VirtualTime Time { get; } = new();

        public ISpiChip? Spi { get; set; }

        public II2cChip? I2c { get; set; }

        public int ClockHz { get; set; } = 10_000_000;

        public SpiMode Mode { get; set; } = SpiMode.Mode3;

        /// <summary>Sends an SPI frame and gets what came back behind the command byte.</summary>
        public byte[] Send(params byte[] mosi)
        {
            Time.Advance(Gap);
            var miso = new byte[mosi.Length];
            var frame = new SpiFrame(Time.Nanoseconds, ClockHz, Mode);
            Spi!.Transfer(frame, mosi, miso);
            Time.Advance(frame.After(mosi.Length) - frame.StartNanoseconds);
            return miso[1..];
        }

        /// <summary>Reads over I2C: pointer, repeated start, bytes; null when the chip does not acknowledge.</summary>
        public byte[]? Read(byte pointer, int count)
        {
            Time.Advance(Gap);
            long now = Time.Nanoseconds;
            var data = new byte[count];
            bool acknowledged = I2c!.Start(false, now);
            if (acknowledged)
            {
                I2c.Write(pointer, now += I2cByte);
                I2c.Start(true, now += I2cByte);
                for (int i = 0; i < count; i++)
                {
                    data[i] = I2c.Read(now);
                    now += I2cByte;
                }
            }

            I2c.Stop(now);
            Time.Advance(now - Time.Nanoseconds);
            return acknowledged ? data : null;
        }

        /// <summary>Writes over I2C: pointer, then bytes.</summary>
        public bool Write(params byte[] bytes)
        {
            Time.Advance(Gap);
            long now = Time.Nanoseconds;
            bool acknowledged = I2c!.Start(false, now);
            foreach (byte value in acknowledged ? bytes : [])
            {
                I2c.Write(value, now += I2cByte);
            }

            I2c.Stop(now);
            Time.Advance(now - Time.Nanoseconds);
            return acknowledged;
        }

        public void WaitMilliseconds(double milliseconds) => Time.Advance((long)(milliseconds * 1e6));

        public static short[] Words(byte[] bytes) =>
            Enumerable.Range(0, bytes.Length / 2).Select(i => BitConverter.ToInt16(bytes, 2 * i)).ToArray();

        public static double Deviation(IEnumerable<double> values)
        {
            double[] all = values.ToArray();
            double mean = all.Average();
            return Math.Sqrt(all.Average(value => (value - mean) * (value - mean)));
        }

        /// <summary>A source whose X counts the samples, Y counts down, in steps of so many g.</summary>
        internal sealed class Counter(double stepG) : IVibrationSource
        {
            public void Fill(in SampleGrid grid, Span<float> xyzG)
            {
                for (int i = 0; i < grid.Count; i++)
                {
                    float g = (float)((grid.FirstIndex + i) % 400 * stepG);
                    (xyzG[3 * i], xyzG[(3 * i) + 1], xyzG[(3 * i) + 2]) = (g, -g, 1);
                }
            }
        }
    }
}
