using System;

namespace Sensors.Node.Tests.Delivery
{
    /// <summary>Stored readings of a machine that runs evenly: a vibration sensor, a temperature and a current, with the noise their estimates have.</summary>
    /// <remarks>Levels 4 % from window to window, lines of the envelope and high peaks 12 %, frequencies 0.05 %, temperature 0.02 K: what windows of 1 s show on rigs.</remarks>
    internal sealed class NoisyReadings
    {
        private readonly Random _random;
        private readonly Point[] _points =
        {
            PointKinds.Make("vib1", PointKinds.Vibration),
            PointKinds.Make("temp1", PointKinds.Temperature),
            PointKinds.Make("cur1", PointKinds.Current),
        };

        private readonly float[] _usual = new float[VibrationFields.Count];
        private readonly Reading _reading = new(PointKinds.MostFields);
        private readonly ReadingRecord _record;
        private readonly byte[] _bytes = new byte[ReadingRecord.MaxLength];
        private readonly bool _everything;

        /// <summary>Makes them.</summary>
        /// <param name="seed">Of the noise.</param>
        /// <param name="everything">Whether speed and bearing are known, so that lines and orders are there.</param>
        public NoisyReadings(int seed, bool everything)
        {
            _random = new Random(seed);
            _everything = everything;
            _record = new ReadingRecord(_points);
            for (int i = 0; i < _usual.Length; i++)
            {
                _usual[i] = (float)Math.Pow(10, (_random.NextDouble() * 3) - 2);
            }
        }

        /// <summary>Makes the next reading of a point.</summary>
        /// <param name="point">0 vibration, 1 temperature, 2 current.</param>
        /// <param name="sequence">Its number.</param>
        /// <param name="time">Its time in milliseconds.</param>
        /// <returns>Its stored form.</returns>
        public byte[] Next(int point, long sequence, long time)
        {
            Reading reading = _reading;
            reading.Point = _points[point];
            reading.Clear();
            reading.Sequence = sequence;
            reading.Quality.Samples = 4096;
            float[] values = reading.Values;
            if (point == 0)
            {
                reading.Quality.Rate = (float)(3201.4 * (1 + (1e-5 * Gauss())));
                reading.Quality.SelfTest = SelfTestState.Passed;
                for (int i = 0; i < VibrationFields.Count; i++)
                {
                    values[i] = Vibration(i % VibrationFields.PerAxis, i);
                }
            }
            else if (point == 1)
            {
                double level = 45 + (5 * Math.Sin(time / 3600000.0)) + (0.02 * Gauss());
                values[TemperatureFields.Mean] = (float)level;
                values[TemperatureFields.Min] = (float)(level - 0.05);
                values[TemperatureFields.Max] = (float)(level + 0.05);
                values[TemperatureFields.Slope] = (float)(0.01 * Gauss());
                values[TemperatureFields.Average] = (float)(level + (0.01 * Gauss()));
            }
            else
            {
                reading.Quality.Rate = (float)(860 * (1 + (1e-5 * Gauss())));
                for (int i = 0; i < CurrentFields.Count; i++)
                {
                    values[i] = (float)((3 + i) * (1 + (0.01 * Gauss())));
                }
            }

            return _bytes[.._record.Write(reading, time, ClockState.Synced, _bytes, 0)];
        }

        private float Vibration(int field, int index)
        {
            bool lines = field >= VibrationFields.OuterRace;
            bool bands = field >= VibrationFields.FirstBand + 3 && field < VibrationFields.Envelope; // three are set
            if ((lines && !_everything) || bands)
            {
                return float.NaN;
            }

            if (field == VibrationFields.Mean || field == VibrationFields.Skewness)
            {
                return (float)(0.05 * Gauss());
            }

            bool frequency = field >= VibrationFields.FirstPeak && field < VibrationFields.FirstBand && (field - VibrationFields.FirstPeak) % 2 == 0;
            double part = frequency ? 0.0005 : lines || field > VibrationFields.FirstPeak + 2 && field < VibrationFields.FirstBand ? 0.12 : 0.04;
            return (float)(_usual[index] * (frequency ? 100 : 1) * Math.Exp(part * Gauss()));
        }

        private double Gauss() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
    }
}
