using System;
using System.Linq;

namespace Sensors.VirtualBoard.Tests
{
    public sealed class ReplayVibrationTests
    {
        private const double StandardGravity = 9.80665;

        // Printed by expectation/replay_expectation.py, which shares no code with the chip.
        private const double ExpectedFirst4096 = 1.683116;
        private const double ExpectedWhole = 1.667100;

        [Fact]
        public void A_real_record_has_the_RMS_that_an_independent_computation_expects()
        {
            RecordedSignal record = RecordedSignal.Load(
                ReferenceData.Record("cwru_or007c6_0hp_de12.i16"),
                new RecordOptions { RateHertz = 12_000, Scale = 0.00040608782435128983, Unit = "g" });
            Assert.Equal(121_991, record.Values.Length);
            var replay = new ReplayVibration(record);
            using var board = new VirtualEsp32();
            board.WireSpi(Wire.SpiBus, Wire.ChipSelect, new VirtualAdxl345(board.Time, replay, board.Seed));
            board.Spi(0x31, 0x0B);
            board.Spi(0x2C, 0x0F);
            board.Spi(0x38, 0x80);
            board.Spi(0x2D, 0x08);

            // The first sample falls on the record's first one, as in the script: 1.1 ms and a period after MEASURE.
            replay.StartSeconds = board.Time.Seconds + 0.0011 + (1 / 3200.0);
            var samples = new double[(int)(record.Seconds * 3200)];
            int count = 0;
            while (count < samples.Length)
            {
                int level = board.Spi(0xB9, 0)[1];
                for (int i = 0; i < level && count < samples.Length; i++)
                {
                    samples[count++] = Wire.Int16(board.Spi(0xF2, 0, 0, 0, 0, 0, 0), 1) / 256.0 * StandardGravity;
                }

                board.ReadMicroseconds();
            }

            TestContext.Current.TestOutputHelper?.WriteLine($"first 4096: {Rms(samples.AsSpan(0, 4096)):F6}, whole: {Rms(samples):F6} m/s2");
            Assert.Equal(0, ((VirtualAdxl345)board.Chips[0]).SamplesLost);
            Assert.Equal(ExpectedFirst4096, Rms(samples.AsSpan(0, 4096)), ExpectedFirst4096 * 0.02);
            Assert.Equal(ExpectedWhole, Rms(samples), ExpectedWhole * 0.02);
        }

        [Theory]
        [InlineData(12_000, 100)]
        [InlineData(12_000, 1_600)]
        [InlineData(12_000, 5_000)]
        [InlineData(48_000, 3_000)]
        [InlineData(2_000, 800)] // slower than the chip
        public void Filter_and_interpolation_hold_the_stated_response(double rate, double hertz)
        {
            var tone = new float[60_000];
            double tuned = Math.Round(hertz * tone.Length / rate) * rate / tone.Length; // whole periods, so that it loops
            for (int i = 0; i < tone.Length; i++)
            {
                tone[i] = (float)Math.Sin(2 * Math.PI * tuned * i / rate);
            }

            var xyz = new float[3 * 20_000];
            new ReplayVibration(new RecordedSignal(tone, rate), SensorAxis.Y).Fill(new SampleGrid(0.1, 1 / 3210.7, 20_000, 0, 1600), xyz);
            double[] y = Enumerable.Range(0, 20_000).Select(i => (double)xyz[(3 * i) + 1]).ToArray();
            double expected = LowPass.Gain(tuned, 1600) / Math.Sqrt(2);
            Assert.Equal(expected, Rms(y), expected * 0.006);
            Assert.Equal(0, xyz[0]);
        }

        [Fact]
        public void A_slow_output_rate_uses_a_longer_kernel()
        {
            var tone = new float[48_000];
            for (int i = 0; i < tone.Length; i++)
            {
                tone[i] = (float)(Math.Sin(2 * Math.PI * 40 * i / 48_000.0) + Math.Sin(2 * Math.PI * 1_013 * i / 48_000.0));
            }

            var xyz = new float[3 * 1_000];
            new ReplayVibration(new RecordedSignal(tone, 48_000)).Fill(new SampleGrid(0, 0.01, 1_000, 0, 50), xyz);
            double[] x = Enumerable.Range(0, 1_000).Select(i => (double)xyz[3 * i]).ToArray();
            double expected = LowPass.Gain(40, 50) / Math.Sqrt(2);
            Assert.Equal(expected, Rms(x), 0.02);
        }

        [Fact]
        public void A_record_loops_or_ends_and_gravity_comes_on_top()
        {
            var signal = new RecordedSignal(Enumerable.Repeat(0.5f, 1_200).ToArray(), 12_000);
            var xyz = new float[3];
            new ReplayVibration(signal).Fill(new SampleGrid(7, 1 / 3200.0, 1, 0, 1600), xyz);
            Assert.Equal(0.5, xyz[0], 1e-5);
            var ending = new ReplayVibration(signal) { Loop = false, StartSeconds = 1, Up = SensorAxis.Z };
            ending.Fill(new SampleGrid(1.05, 1 / 3200.0, 1, 0, 1600), xyz);
            Assert.Equal(0.5, xyz[0], 1e-5);
            ending.Fill(new SampleGrid(7, 1 / 3200.0, 1, 0, 1600), xyz);
            Assert.Equal(0, xyz[0]);
            Assert.Equal(1, xyz[2]);
        }

        [Fact]
        public void What_is_no_acceleration_cannot_shake_a_chip() =>
            Assert.Contains("Temperature", Assert.Throws<RecordException>(
                () => new ReplayVibration(new RecordedSignal([1f], 1, SignalQuantity.Temperature))).Message);

        [Fact]
        public void A_slow_record_is_read_along_straight_lines()
        {
            var source = new ReplaySlowSignal(new RecordedSignal([20, 30, 40], 1, SignalQuantity.Temperature)) { Loop = false };
            Assert.Equal(25, source.CelsiusAt(0.5), 1e-9);
            Assert.Equal(40, source.CelsiusAt(100), 1e-9);
            Assert.Throws<RecordException>(() => new ReplaySlowSignal(new RecordedSignal([1f], 1)));
        }

        private static double Rms(ReadOnlySpan<double> values)
        {
            double sum = 0;
            double squares = 0;
            foreach (double value in values)
            {
                sum += value;
                squares += value * value;
            }

            double mean = sum / values.Length;
            return Math.Sqrt((squares / values.Length) - (mean * mean));
        }
    }
}
