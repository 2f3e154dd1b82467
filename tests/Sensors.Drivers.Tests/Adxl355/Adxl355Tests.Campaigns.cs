using System;
using System.Linq;
using Sensors.VirtualBoard;

namespace Sensors.Drivers.Tests
{
    // Long runs: a sweep over frequency and level, and faults from seeds.
    public partial class Adxl355Tests
    {
        [Theory]
        [InlineData(false, 8.192)]
        [InlineData(true, 40.96)]
        public void A_sweep_up_to_half_the_corner_is_right_in_amplitude_and_frequency(bool is357, double fullScale)
        {
            foreach (double hertz in new[] { 5, 12.3, 50, 123, 333, 500 })
            {
                foreach (double level in new[] { 0.1, 0.5, 0.9 })
                {
                    using var board = new Adxl35xBoard(options: new Adxl35xOptions { OutputRateErrorPpm = 14_000 });
                    board.Source.WithSine(hertz, level * fullScale, 0, 0);
                    FifoAccelerometer driver = Start(board, is357);
                    var xyz = new short[3 * 4096];
                    int read = 0;
                    while (read < 4096)
                    {
                        board.Pass(4);
                        read += driver.ReadFifo(xyz, 3 * read, 4096 - read);
                    }

                    double rate = driver.MeasuredHertz();
                    double[] g = Enumerable.Range(0, 4096).Select(i => (double)xyz[3 * i] * driver.GPerDigit).ToArray();
                    (double found, double amplitude) = Strongest(g, hertz / rate);
                    Assert.Equal(hertz, found * rate, hertz * 0.002);
                    double response = 1 / Math.Sqrt(1 + Math.Pow(hertz / (rate / 4), 4)); // as the virtual chip states it
                    Assert.Equal(level * fullScale, amplitude / response, level * fullScale * 0.03);
                }
            }
        }

        [Theory]
        [InlineData(true, 1)]
        [InlineData(true, 2)]
        [InlineData(false, 3)]
        public void A_thousand_faults_invent_no_sample_and_shift_no_axis(bool spi, int seed)
        {
            using var board = new Adxl35xBoard(options: new Adxl35xOptions { NoiseFactor = 0 }, felt: new LinkedAxes());
            (Adxl355 driver, VirtualAdxl35x chip) = board.Open355(spi);
            var random = new Random(seed);
            var xyz = new int[3 * 32];
            int faults = 0;
            int good = 0;
            int last = int.MinValue;
            bool running = false;
            for (int turn = 0; turn < 20_000 && faults < 1000; turn++)
            {
                if (random.Next(3) == 0)
                {
                    faults++;
                    Hurt(chip, random);
                }

                try
                {
                    if (!running)
                    {
                        driver.Start(Adxl355Range.G8, spi ? Adxl35xRate.Hz4000 : Adxl35xRate.Hz500);
                        driver.Begin();
                        last = int.MinValue;
                        running = true;
                    }

                    board.Pass(spi ? 3 : 20);
                    if (turn % 50 == 0)
                    {
                        driver.Check();
                    }

                    int samples = driver.ReadFifo(xyz, 0, 32);
                    for (int i = 0; i < samples; i++)
                    {
                        int x = xyz[3 * i];
                        Assert.True(x > last || x < 10_000, "not in the order made");
                        Assert.Equal([2 * x, -x], xyz[((3 * i) + 1)..((3 * i) + 3)]);
                        last = x;
                    }

                    good += samples;
                }
                catch (BusException)
                {
                    chip.Faults.StuckMiso = null;
                }
                catch (SensorException)
                {
                    chip.Faults.StuckMiso = null;
                    chip.LosesMarkers = false;
                    running = false;
                }
            }

            Assert.Equal(1000, faults);
            Assert.True(good > 5000, good.ToString());
            chip.Faults.Clear();
            chip.LosesMarkers = false;
            chip.SpoilResets(0);
            driver.Start(Adxl355Range.G8, Adxl35xRate.Hz500);
            board.Pass(30);
            Assert.True(driver.ReadFifo(xyz, 0, 32) > 10);
            driver.Check();
        }

        private static void Hurt(VirtualAdxl35x chip, Random random)
        {
            switch (random.Next(10))
            {
                case < 5:
                    chip.Faults.NackNext(1 + random.Next(3));
                    break;
                case 5:
                    chip.Faults.NackFor(TimeSpan.FromMilliseconds(random.Next(20)));
                    break;
                case 6:
                    chip.LoseWords(random.Next(5));
                    break;
                case 7:
                    chip.Faults.StuckMiso = random.Next(2) == 0 ? (byte)0x00 : (byte)0xFF;
                    break;
                case 8:
                    chip.LosesMarkers = true;
                    break;
                default:
                    chip.BrownOut();
                    break;
            }
        }

        private static FifoAccelerometer Start(Adxl35xBoard board, bool is357)
        {
            if (is357)
            {
                Adxl357 large = board.Open357(spi: true).Driver;
                large.Start(Adxl357Range.G40, Adxl35xRate.Hz4000);
                large.Begin();
                return large;
            }

            Adxl355 small = board.Open355(spi: true).Driver;
            small.Start(Adxl355Range.G8, Adxl35xRate.Hz4000);
            small.Begin();
            return small;
        }

        // The frequency near a guess at which a sine fits best, and its amplitude. Frequencies in cycles per sample.
        private static (double Frequency, double Amplitude) Strongest(double[] values, double guess)
        {
            double mean = values.Average();
            double best = 0;
            double at = guess;
            double width = 0.01 * guess;
            for (int round = 0; round < 3; round++, width /= 10)
            {
                double middle = at;
                for (int i = -10; i <= 10; i++)
                {
                    double frequency = middle + (i * width / 10);
                    double size = Fit(values, mean, frequency);
                    if (size > best)
                    {
                        best = size;
                        at = frequency;
                    }
                }
            }

            return (at, best);
        }

        private static double Fit(double[] values, double mean, double frequency)
        {
            double sine = 0;
            double cosine = 0;
            double weights = 0;
            for (int i = 0; i < values.Length; i++)
            {
                double weight = 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / values.Length));
                sine += weight * (values[i] - mean) * Math.Sin(2 * Math.PI * frequency * i);
                cosine += weight * (values[i] - mean) * Math.Cos(2 * Math.PI * frequency * i);
                weights += weight;
            }

            return 2 * Math.Sqrt((sine * sine) + (cosine * cosine)) / weights;
        }

        // X counts samples, Y is twice and Z minus X: a word at another axis' place cannot hide. All 64 digits or a multiple.
        private sealed class LinkedAxes : IVibrationSource
        {
            public void Fill(in SampleGrid grid, Span<float> xyzG)
            {
                for (int i = 0; i < grid.Count; i++)
                {
                    float x = (1 + ((grid.FirstIndex + i) % 3500)) / 1000f;
                    xyzG[3 * i] = x;
                    xyzG[(3 * i) + 1] = 2 * x;
                    xyzG[(3 * i) + 2] = -x;
                }
            }
        }
    }
}
