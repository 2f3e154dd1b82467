using System;
using System.Collections.Generic;
using System.Globalization;
using Sensors.Drivers;
using Sensors.VirtualBoard;

namespace Sensors.Campaigns
{
    /// <summary>A sine at many frequencies, levels and axes: what leaves the driver must be what the chip felt.</summary>
    /// <remarks>
    /// From 5 Hz to half the -3 dB corner the amplitude is right within <see cref="AmplitudeLimit"/> after dividing by the documented response,
    /// and the frequency within <see cref="FrequencyLimit"/>, with the rate that the driver measured: the chip's clock is off by up to 3 %.
    /// Above that, past half the rate, the sine shows folded, with the response's amplitude: within the same limits and
    /// <see cref="DigitsOfDoubt"/>, of the frequency that was fed.
    /// </remarks>
    public sealed class FrequencySweep
    {
        /// <summary>Largest error of an amplitude, as a share of it.</summary>
        public const double AmplitudeLimit = 0.03;

        /// <summary>Largest error of a frequency, as a share of it.</summary>
        public const double FrequencyLimit = 0.002;

        /// <summary>What rounding adds to the error of the small amplitudes above the corner, in digits.</summary>
        public const double DigitsOfDoubt = 2;

        /// <summary>Largest part of a sine on one axis that may show on another, besides <see cref="DigitsOfDoubt"/>.</summary>
        public const double CrosstalkLimit = 0.01;

        private const int Axes = 3;
        private const int FewestSamples = 4096;
        private const double FewestCycles = 4;
        private const double LowestHertz = 5;
        private const double LargestClockErrorPercent = 3;
        private const double RestShare = 0.03; // of full scale, constant on every axis: nothing on a machine feels 0 g

        private static readonly double[] Levels = [0.1, 0.5, 0.9];

        private readonly AccelerometerSetup _setup;
        private readonly double _clockErrorPercent;
        private readonly CampaignBoard _board;
        private readonly ConstantSource _source = new();
        private readonly FifoAccelerometer _driver;
        private readonly VirtualAccelerometer _chip;
        private readonly List<string> _broken = [];
        private short[] _xyz = [];
        private double[] _samples = [];

        private FrequencySweep(AccelerometerSetup setup, int seed)
        {
            _setup = setup;
            Random random = Seeds.Of(seed, setup.Name);
            _clockErrorPercent = ((random.NextDouble() * 2) - 1) * LargestClockErrorPercent;
            _board = new CampaignBoard((ulong)random.Next());
            _chip = setup.Wire(_board, _source, 1);
            _chip.Faults.RateErrorPercent = _clockErrorPercent;
            _driver = setup.Make(setup.Open(_board), _board.Clock);
        }

        /// <summary>Sweeps one accelerometer.</summary>
        /// <param name="setup">The accelerometer.</param>
        /// <param name="seed">Chooses its clock's error, and its noise.</param>
        /// <param name="inBand">Frequencies from 5 Hz to half the corner; 2 or more.</param>
        /// <returns>The worst of each level, and what broke a limit.</returns>
        public static SweepResult Run(AccelerometerSetup setup, int seed, int inBand)
        {
            var sweep = new FrequencySweep(setup, seed);
            using (sweep._board)
            {
                return sweep.Run(inBand);
            }
        }

        private SweepResult Run(int inBand)
        {
            _setup.Start(_driver);
            double nominal = _driver.NominalHertz;
            double corner = _setup.Corner(nominal);
            var levels = new List<LevelResult>();
            foreach (double level in Levels)
            {
                var worst = new LevelResult(level, 0, 0, 0);
                for (int axis = 0; axis < Axes; axis++)
                {
                    for (int i = 0; i < inBand; i++)
                    {
                        double hertz = LowestHertz * Math.Pow(corner / 2 / LowestHertz, i / (inBand - 1.0));
                        worst = worst.With(Measure(hertz, level, axis, inBand: true));
                    }

                    foreach (double hertz in (double[])[0.9 * corner, 0.4 * nominal, 0.65 * nominal, 0.85 * nominal])
                    {
                        worst = worst.With(Measure(hertz, level, axis, inBand: false));
                    }
                }

                levels.Add(worst);
            }

            foreach (string violation in _chip.Violations.Texts)
            {
                _broken.Add(violation);
            }

            return new SweepResult(_setup.Name, _clockErrorPercent, _driver.NominalHertz, levels, _broken);
        }

        private Errors Measure(double hertz, double level, int axis, bool inBand)
        {
            double amplitude = level * _setup.FullScaleG;
            double rest = RestShare * _setup.FullScaleG;
            _source.WithAcceleration(rest, -rest, rest);
            _source.WithSine(hertz, axis == 0 ? amplitude : 0, axis == 1 ? amplitude : 0, axis == 2 ? amplitude : 0);
            string what = string.Create(CultureInfo.InvariantCulture, $"{hertz:F1} Hz at {level:P0} on {"XYZ"[axis]}");
            int count = Math.Max(FewestSamples, (int)(FewestCycles / hertz * _driver.NominalHertz));
            Read(count);
            double rate = _driver.MeasuredHertz();
            Expect(_driver.Lost == 0, $"{what}: {_driver.Lost} samples lost");
            Expect(rate > 0, $"{what}: no rate");

            double folded = Math.Abs(hertz - (rate * Math.Round(hertz / rate)));
            (double found, double cycles) = SineFit.Fit(Axis(axis, count), folded / rate);
            double gain = LowPass.Gain(hertz, _setup.Corner(rate));
            double doubt = inBand ? 0 : DigitsOfDoubt * _driver.GPerDigit;
            double expected = amplitude * gain;
            double amplitudeError = Math.Abs(found - expected) / expected;
            double frequencyError = Math.Abs((cycles * rate) - folded) / hertz;
            Expect(
                Math.Abs(found - expected) <= (AmplitudeLimit * expected) + doubt,
                string.Create(CultureInfo.InvariantCulture, $"{what}: amplitude {found:F4} g, expected {expected:F4} g"));
            Expect(
                frequencyError <= FrequencyLimit,
                string.Create(CultureInfo.InvariantCulture, $"{what}: frequency {cycles * rate:F3} Hz, expected {folded:F3} Hz"));
            for (int other = (axis + 1) % Axes; other != axis; other = (other + 1) % Axes)
            {
                double crosstalk = SineFit.Amplitude(Axis(other, count), cycles);
                Expect(
                    crosstalk <= (CrosstalkLimit * found) + (DigitsOfDoubt * _driver.GPerDigit),
                    string.Create(CultureInfo.InvariantCulture, $"{what}: {crosstalk:F4} g on {"XYZ"[other]}"));
            }

            return new Errors(amplitudeError, frequencyError, inBand);
        }

        private void Read(int count)
        {
            if (_xyz.Length < Axes * count)
            {
                _xyz = new short[Axes * count];
                _samples = new double[count];
            }

            int pause = (int)(_driver.Depth / 4 * 1e6 / _driver.NominalHertz);
            _driver.Begin();
            for (int have = 0; have < count;)
            {
                have += _driver.ReadFifo(_xyz, Axes * have, count - have);
                _board.Clock.Wait(pause);
            }
        }

        private ReadOnlySpan<double> Axis(int axis, int count)
        {
            for (int i = 0; i < count; i++)
            {
                _samples[i] = _xyz[(Axes * i) + axis] * (double)_driver.GPerDigit;
            }

            return _samples.AsSpan(0, count);
        }

        private void Expect(bool holds, string otherwise)
        {
            if (!holds)
            {
                _broken.Add(otherwise);
            }
        }
    }

    /// <summary>Errors of one sine.</summary>
    /// <param name="Amplitude">Of the amplitude, as a share.</param>
    /// <param name="Frequency">Of the frequency, as a share.</param>
    /// <param name="InBand">Whether it is at or below half the corner.</param>
    internal readonly record struct Errors(double Amplitude, double Frequency, bool InBand);

    /// <summary>The worst errors at one level.</summary>
    /// <param name="Level">Amplitude as a share of full scale.</param>
    /// <param name="Amplitude">Worst amplitude up to half the corner, as a share.</param>
    /// <param name="AmplitudeAbove">Worst amplitude above, as a share.</param>
    /// <param name="Frequency">Worst frequency, as a share.</param>
    public sealed record LevelResult(double Level, double Amplitude, double AmplitudeAbove, double Frequency)
    {
        internal LevelResult With(Errors errors) => this with
        {
            Amplitude = errors.InBand ? Math.Max(Amplitude, errors.Amplitude) : Amplitude,
            AmplitudeAbove = errors.InBand ? AmplitudeAbove : Math.Max(AmplitudeAbove, errors.Amplitude),
            Frequency = Math.Max(Frequency, errors.Frequency),
        };
    }

    /// <summary>What a sweep found.</summary>
    /// <param name="Name">The accelerometer.</param>
    /// <param name="ClockErrorPercent">How much too fast its clock was.</param>
    /// <param name="NominalHertz">The rate it was set to.</param>
    /// <param name="Levels">The worst of each level.</param>
    /// <param name="Broken">Limits that were broken; empty when all is well.</param>
    public sealed record SweepResult(
        string Name, double ClockErrorPercent, double NominalHertz, IReadOnlyList<LevelResult> Levels, IReadOnlyList<string> Broken);
}
