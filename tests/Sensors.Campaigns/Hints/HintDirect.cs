using System;
using System.Globalization;
using System.Linq;
using Sensors.Node;
using Sensors.VirtualBoard;

namespace Sensors.Campaigns
{
    /// <summary>The same machines without chip, driver, node and broker: samples, features, rules. For trying rules out; it decides nothing.</summary>
    internal static class HintDirect
    {
        private const double StandardGravity = 9.80665;
        private const double Start = 5; // seconds
        private const int CountsOfRange = 32768;

        /// <summary>Judges one block of a case's machine.</summary>
        /// <returns>The hint, <c>none</c> for none, and the evidence.</returns>
        public static (string Hint, string Evidence) Judge(HintCase hintCase)
        {
            AccelerometerKind chip = hintCase.Chip;
            RollingBearing b = hintCase.Machine.Options.Bearing;
            var options = new VibrationOptions
            {
                SpeedRpm = (float)hintCase.NominalRpm,
                Bearing = new BearingGeometry(b.Elements, b.Diameter, b.Pitch, b.Degrees),
                AxialAxis = (int)hintCase.Mounting.Axial,
            };
            short[] counts = Sample(hintCase);
            var values = new float[VibrationFields.Count];
            var features = new VibrationFeatures(options, chip.Samples);
            float weight = (float)(chip.RangeG * StandardGravity / CountsOfRange);
            features.Compute(counts, 0, chip.Samples, weight, (float)chip.RateHertz, true, short.MinValue, short.MaxValue, values);
            float velocity = Enumerable.Range(0, VibrationFields.Axes).Max(axis => values[(axis * VibrationFields.PerAxis) + VibrationFields.Velocity]);
            var condition = new Condition();
            new HintRules(options, null).Judge(values, velocity, float.NaN, condition);
            string evidence = string.Join(' ', Enumerable.Range(0, condition.EvidenceCount)
                .Select(i => string.Create(CultureInfo.InvariantCulture, $"{condition.Evidences[i]}={condition.Strengths[i]:F2}")));
            return (condition.Hint == Hint.None ? "none" : WireNames.Of(condition.Hint), evidence);
        }

        private static short[] Sample(HintCase hintCase)
        {
            AccelerometerKind chip = hintCase.Chip;
            var felt = new float[3 * chip.Samples];
            hintCase.Machine.VibrationAt(hintCase.Mounting).Fill(new SampleGrid(Start, 1 / chip.RateHertz, chip.Samples, 0, chip.CornerHertz), felt);
            var random = new Random((int)(hintCase.Seed & int.MaxValue));
            double noise = chip.MicroGPerRootHertz * 1e-6 * Math.Sqrt(LowPass.NoiseBandwidthHertz(double.PositiveInfinity, chip.CornerHertz));
            return [.. felt.Select(g =>
            {
                double gauss = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
                return (short)Math.Clamp(Math.Round((g + (noise * gauss)) * CountsOfRange / chip.RangeG), short.MinValue, short.MaxValue);
            })];
        }
    }
}
