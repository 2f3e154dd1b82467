using System;
using Sensors.Node;
using Sensors.VirtualBoard;

namespace Sensors.Campaigns
{
    /// <summary>What a healthy motor says: readings in a row of one vibration point, a temperature and a current, as a node's own classes compute them from samples.</summary>
    /// <remarks>
    /// How many bytes a reading takes in the journal hangs on how much it differs from those before it, so the values must be those of a machine: speed and load that
    /// wander, noise of the chip, digits of the converters. After the last one they begin again.
    /// </remarks>
    internal sealed class ReadingBank
    {
        private const int Count = 1500;
        private const double StepSeconds = 10;
        private const double StandardGravity = 9.80665;
        private const double NominalRpm = 1480;
        private const double Tmp117Digit = 1 / 128.0; // °C, TMP117 data sheet, 7.6.1
        private const int SlowSamples = 10;
        private const int CurrentSamples = 440;
        private const int Ina226Digits = 32767;
        private const int CountsOfRange = 32768;
        private const double CurrentDigit = 0.00025; // 2.5 µV over 10 mΩ, INA226 data sheet, 7.6.2

        private readonly float[][] _vibration = new float[Count][];
        private readonly Condition[] _conditions = new Condition[Count];
        private readonly float[][] _temperature = new float[Count][];
        private readonly float[][] _current = new float[Count][];
        private readonly float[] _rates = new float[Count];
        private readonly int _samples;

        /// <summary>Computes the readings.</summary>
        /// <param name="seed">Where the machine comes from.</param>
        /// <param name="knowsMachine">Whether the node knows speed and bearing, which gives it more features.</param>
        public ReadingBank(int seed, bool knowsMachine)
        {
            Random random = Seeds.Of(seed, "bank");
            var options = new VibrationOptions();
            if (knowsMachine)
            {
                options.SpeedRpm = (float)NominalRpm;
                options.Bearing = new BearingGeometry(9, 7.94f, 39.04f, 0);
            }

            var machine = new VirtualMachine(
                new MachineOptions
                {
                    SpeedRpm = Profile.ParseSpeed("1480"),
                    Load = Profile.ParseLoad("0.5:0.8@3600s/3600s:0.4@9000s/3600s"),
                    UnbalanceGramMillimetres = 300,
                    MisalignmentMicrometres = 2,
                    HumMillimetresPerSecond = 0.1,
                    WanderPercent = 8,
                    WanderSeconds = 300,
                    NoiseDensity = 0.004,
                },
                (ulong)random.NextInt64());
            AccelerometerKind chip = AccelerometerKind.All[1];
            _samples = BlockMemory.BlockFor(options, (float)chip.RateHertz, (int)(StepSeconds * 1000));
            VibrationPoint = new Point("vib1", PointKinds.Vibration, VibrationFeatures.Channels(options));
            Vibrations(machine, chip, options, random);
            Temperatures(machine, random);
            Currents(machine, random);
        }

        /// <summary>Gets the point of vibration.</summary>
        public Point VibrationPoint { get; }

        /// <summary>Gets the point of temperature.</summary>
        public Point TemperaturePoint { get; } = PointKinds.Make("temp1", PointKinds.Temperature);

        /// <summary>Gets the point of current.</summary>
        public Point CurrentPoint { get; } = PointKinds.Make("cur1", PointKinds.Current);

        /// <summary>Fills a reading of one of the points.</summary>
        /// <param name="reading">An empty one.</param>
        /// <param name="number">Which of the row.</param>
        public void Fill(Reading reading, long number)
        {
            int i = (int)(number % Count);
            if (reading.Point == VibrationPoint)
            {
                _vibration[i].CopyTo(reading.Values, 0);
                Condition condition = _conditions[i];
                reading.Condition.Alarm = condition.Alarm;
                reading.Condition.Zone = condition.Zone;
                reading.Condition.Hint = condition.Hint;
                reading.Quality.Rate = _rates[i];
                reading.Quality.Samples = _samples;
                return;
            }

            bool temperature = reading.Point == TemperaturePoint;
            (temperature ? _temperature[i] : _current[i]).CopyTo(reading.Values, 0);
            reading.Quality.Rate = temperature ? 1 : 440;
            reading.Quality.Samples = temperature ? SlowSamples : CurrentSamples;
        }

        private void Vibrations(VirtualMachine machine, AccelerometerKind chip, VibrationOptions options, Random random)
        {
            var features = new VibrationFeatures(options, _samples);
            var rules = new HintRules(options, null);
            var mounting = new Mounting(SensorAxis.Y, SensorAxis.Z);
            IVibrationSource source = machine.VibrationAt(mounting);
            var felt = new float[VibrationFields.Axes * _samples];
            var counts = new short[felt.Length];
            double noise = chip.MicroGPerRootHertz * 1e-6 * Math.Sqrt(LowPass.NoiseBandwidthHertz(double.PositiveInfinity, chip.CornerHertz));
            float weight = (float)(chip.RangeG * StandardGravity / CountsOfRange * DigitsLost);
            for (int i = 0; i < Count; i++)
            {
                source.Fill(new SampleGrid(5 + (i * StepSeconds), 1 / chip.RateHertz, _samples, 0, chip.CornerHertz), felt);
                for (int k = 0; k < felt.Length; k++)
                {
                    counts[k] = (short)Math.Round((felt[k] + (noise * Gauss(random))) * CountsOfRange / DigitsLost / chip.RangeG);
                }

                var values = new float[VibrationFields.Count];
                Array.Fill(values, float.NaN);
                _rates[i] = (float)(chip.RateHertz * (1.0005 + (0.00002 * Gauss(random))));
                features.Begin();
                features.Compute(counts, 0, _samples, weight, _rates[i], true, short.MinValue, short.MaxValue, values);
                float velocity = float.NaN;
                for (int axis = 0; axis < VibrationFields.Axes; axis++)
                {
                    float one = values[(axis * VibrationFields.PerAxis) + VibrationFields.Velocity];
                    velocity = one > velocity || float.IsNaN(velocity) ? one : velocity;
                }

                var condition = new Condition();
                rules.Judge(values, velocity, float.NaN, condition);
                _vibration[i] = values;
                _conditions[i] = condition;
            }
        }

        // The ADXL345's full resolution is 13 bits at 16 g, 3.9 mg a digit: data sheet, table 1.
        private const int DigitsLost = 8;

        private void Temperatures(VirtualMachine machine, Random random)
        {
            var features = new TemperatureFeatures(new TemperatureOptions());
            for (int i = 0; i < Count; i++)
            {
                features.Reset();
                for (int k = 0; k < SlowSamples; k++)
                {
                    double seconds = (i * StepSeconds) + k;
                    double celsius = machine.Temperature.CelsiusAt(seconds) + (0.01 * Gauss(random));
                    features.Add((long)(seconds * 1000), (float)(Math.Round(celsius / Tmp117Digit) * Tmp117Digit));
                }

                _temperature[i] = new float[TemperatureFeatures.ValueCount];
                features.Compute(float.NaN, _temperature[i]);
            }
        }

        private void Currents(VirtualMachine machine, Random random)
        {
            var features = new CurrentFeatures();
            var counts = new short[CurrentSamples];
            for (int i = 0; i < Count; i++)
            {
                double load = machine.Options.Load.At(i * StepSeconds);
                for (int k = 0; k < CurrentSamples; k++)
                {
                    double amperes = 1.2 + (1.4 * load) + (0.02 * Gauss(random));
                    counts[k] = (short)Math.Min(Ina226Digits, Math.Round(amperes / CurrentDigit));
                }

                _current[i] = new float[CurrentFeatures.ValueCount];
                features.Compute(counts, 0, CurrentSamples, (float)CurrentDigit, -Ina226Digits, Ina226Digits, _current[i]);
            }
        }

        private static double Gauss(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
