using System;
using System.Globalization;
using System.Linq;

namespace Sensors.Node.Tests.Conditions
{
    /// <summary>What the rules say of values made by hand: one thing the matter, or nothing, or something else.</summary>
    /// <remarks>A machine at 1480 rpm with a 6205; velocities are RMS in mm/s of a line in one direction; X and Z are radial, Y is axial.</remarks>
    public class HintRulesTests
    {
        private const float Rpm = 1480;
        private const double Turn = Rpm / 60;
        private const float Floor = 0.01f; // m/s2, of a small machine's envelope

        [Fact]
        public void Nothing_is_said_without_speed_and_bearing()
        {
            var options = new VibrationOptions();
            var vector = new Vector(options).Line(1, 9, 9, 1);
            Assert.Equal(Hint.None, vector.Judge().Hint);
        }

        [Fact]
        public void Nothing_is_said_of_a_window_too_short_for_lines()
        {
            var vector = new Vector();
            vector.Values.AsSpan().Fill(float.NaN);
            vector.Set(VibrationFields.Rms, 1).Set(VibrationFields.Kurtosis, 3);
            Assert.Equal(Hint.None, vector.Judge().Hint);
        }

        [Theory]
        [InlineData(0.1)]
        [InlineData(0.7)]
        [InlineData(1.7)] // zone B of a small machine
        public void A_machine_in_zones_A_and_B_is_healthy(double velocity) =>
            Assert.Equal(Hint.Healthy, new Vector().Line(1, velocity, velocity * 0.7, 0.1).Judge().Hint);

        [Fact]
        public void Unbalance_is_the_first_order_across_the_shaft()
        {
            Condition found = new Vector().Line(1, 4, 3, 0.8).Line(2, 0.3, 0.3, 0.2).Judge();
            Assert.Equal(Hint.Unbalance, found.Hint);
            Assert.Equal([Evidence.VelocityRatio, Evidence.FirstOrderPart, Evidence.SecondOrderPart, Evidence.AxialRatio], found.Evidences.Take(found.EvidenceCount));
            double all = 16 + 9 + 0.64 + 0.09 + 0.09 + 0.04;
            Assert.Equal(25.64 / all, found.Strengths[1], 1e-5);
            Assert.Equal(0.22 / all, found.Strengths[2], 1e-5);
            Assert.Equal(Math.Sqrt(0.68 / ((25 + 0.18) / 2)), found.Strengths[3], 1e-5);
        }

        [Fact]
        public void Misalignment_is_the_second_order_along_the_shaft() =>
            Assert.Equal(Hint.Misalignment, new Vector().Line(1, 1.5, 1.2, 0.8).Line(2, 1.5, 1.5, 3).Line(3, 0.4, 0.4, 0.7).Judge().Hint);

        [Fact]
        public void Parallel_misalignment_is_the_second_order_even_across_it() =>
            Assert.Equal(Hint.Misalignment, new Vector().Line(1, 1, 1, 0.2).Line(2, 3, 2.5, 0.8).Judge().Hint);

        [Fact]
        public void A_bent_shaft_moves_along_itself() =>
            Assert.Equal(Hint.Misalignment, new Vector().Line(1, 2, 2, 4).Judge().Hint);

        [Fact]
        public void Looseness_is_halves_and_many_orders()
        {
            Assert.Equal(Hint.Looseness, new Vector().Line(0.5, 1, 1, 0.3).Line(1, 2.5, 2, 0.6).Line(1.5, 0.5, 0.5, 0.2).Line(2, 1, 1, 0.3).Line(3, 0.6, 0.6, 0.2).Judge().Hint);
            Assert.Equal(Hint.Looseness, new Vector().Line(1, 2, 2, 0.6).Line(2, 1.6, 1.6, 0.5).Line(3, 1.4, 1.4, 0.4).Line(4, 1, 1, 0.3).Line(5, 0.8, 0.8, 0.3).Judge().Hint);
        }

        [Theory]
        [InlineData(1, Hint.Looseness)]
        [InlineData(0.35, Hint.Looseness)]
        [InlineData(0.3, Hint.Unbalance)]
        public void Looseness_is_told_by_a_series_where_halves_are_not_parted(double fourth, Hint hint)
        {
            // At 660 rpm: 2x and 3x with as much acceleration as 1x, 4x with a part of it.
            var vector = new Vector(new VibrationOptions { SpeedRpm = 660 }).Line(1, 4, 3, 1).Line(2, 2, 1.5, 0.5).Line(3, 1.3, 1, 0.3)
                .Line(4, fourth, 0.75 * fourth, 0.25 * fourth);
            for (int half = 0; half < VibrationFields.HalfOrders; half++) { vector.Set(VibrationFields.FirstHalfOrder + half, float.NaN); }
            Condition found = vector.Judge();
            Assert.Equal(hint, found.Hint);
            Assert.Equal(hint == Hint.Looseness ? Evidence.ManyOrdersPart : Evidence.FirstOrderPart, found.Evidences[1]);
        }

        [Fact]
        public void Unbalance_beside_some_second_order_is_no_looseness() =>
            Assert.Equal(Hint.Unbalance, new Vector().Line(1, 4, 3, 0.8).Line(2, 1.5, 1.2, 0.4).Line(3, 0.3, 0.3, 0.1).Judge().Hint);

        [Fact]
        public void Electrical_is_twice_the_mains_whatever_the_speed()
        {
            Assert.Equal(Hint.Electrical, new Vector(new VibrationOptions { SpeedRpm = 960 }).Line(1, 1, 1, 0.2).Hum(3, 2, 0.5).Judge().Hint);
            Assert.Equal(Hint.Electrical, new Vector(new VibrationOptions { SpeedRpm = 960, MainsHertz = 60 }).Line(1, 1, 1, 0.2).Hum(3, 2, 0.5).Judge().Hint);
        }

        [Fact]
        public void The_fourth_order_alone_beside_the_mains_is_the_mains()
        {
            // 4 x 1480 rpm is 98.7 Hz: the window sees one line twice.
            Assert.Equal(Hint.Electrical, new Vector().Line(1, 1, 1, 0.2).Line(4, 3, 2, 0.5).Hum(3, 2, 0.5).Judge().Hint);
        }

        [Fact]
        public void The_second_order_beside_the_mains_is_electrical_only_alone_and_across_the_shaft()
        {
            // Two poles, 2980 rpm: 2x is 99.3 Hz. Along the shaft it is the coupling; across it, beside a strong 1x, it can be either.
            var options = new VibrationOptions { SpeedRpm = 2980 };
            Assert.Equal(Hint.Electrical, new Vector(options).Line(1, 1, 1, 0.2).Line(2, 3, 3, 0.5).Hum(3, 3, 0.5).Judge().Hint);
            Assert.Equal(Hint.Unknown, new Vector(options).Line(1, 2, 2, 0.2).Line(2, 3, 3, 0.5).Hum(3, 3, 0.5).Judge().Hint);
            Assert.Equal(Hint.Misalignment, new Vector(options).Line(1, 1, 1, 0.5).Line(2, 2, 2, 3).Hum(2, 2, 3).Judge().Hint);
        }

        [Fact]
        public void The_mains_beside_an_order_that_is_not_there_is_the_mains()
        {
            // Nominally 2930 rpm, really a little more: 100 Hz is outside the window of 2x, inside what could be one line.
            var options = new VibrationOptions { SpeedRpm = 2930 };
            Assert.Equal(Hint.Electrical, new Vector(options).Line(1, 1, 1, 0.2).Line(2, 0.5, 0.5, 0.1).Hum(3, 3, 0.5).Judge().Hint);
        }

        [Fact]
        public void The_mains_at_a_half_order_is_no_looseness()
        {
            var options = new VibrationOptions { SpeedRpm = 2400 }; // 2.5x is 100 Hz
            Assert.Equal(Hint.Electrical, new Vector(options).Line(1, 1, 1, 0.2).Line(2.5, 3, 3, 0.5).Hum(3, 3, 0.5).Judge().Hint);
            Assert.Equal(Hint.Looseness, new Vector(options).Line(0.5, 2, 2, 0.3).Line(1, 3, 3, 0.5).Line(1.5, 1, 1, 0.2).Line(2.5, 0.8, 0.8, 0.2).Hum(0.8, 0.8, 0.2).Judge().Hint);
        }

        [Fact]
        public void What_shakes_without_any_line_is_unknown() =>
            Assert.Equal(Hint.Unknown, new Vector().Line(1, 0.5, 0.5, 0.2).Set(VibrationFields.Velocity, 4).Judge().Hint);

        [Theory]
        [InlineData(30, 2, Hint.OuterRace)]
        [InlineData(8.1, 2, Hint.OuterRace)]
        [InlineData(2, 30, Hint.InnerRace)]
        [InlineData(7.9, 7.9, Hint.Healthy)]
        [InlineData(20, 9, Hint.OuterRace)]
        public void A_race_is_its_line_over_the_floor(double outer, double inner, Hint hint)
        {
            Condition found = new Vector().Envelope(1, outer, inner).Line(1, 0.5, 0.5, 0.1).Judge();
            Assert.Equal(hint, found.Hint);
            if (hint == Hint.Healthy) { return; }
            bool isOuter = hint == Hint.OuterRace;
            Assert.Equal(isOuter ? Evidence.OuterLine : Evidence.InnerLine, found.Evidences[0]);
            Assert.Equal(isOuter ? outer : inner, found.Strengths[0], 1e-4);
        }

        [Fact]
        public void The_axis_that_shows_it_best_counts_and_floors_are_not_mixed()
        {
            // Axis Z has the higher line, axis X the higher ratio.
            Vector vector = new Vector().Line(1, 0.5, 0.5, 0.1);
            vector.Envelope(1, 3, 3);
            vector.Values[VibrationFields.EnvelopeFloor] = 0.01f;
            vector.Values[VibrationFields.OuterRace] = 0.12f;
            vector.Values[VibrationFields.InnerRace] = 0.03f;
            Condition found = vector.Judge();
            Assert.Equal((Hint.OuterRace, Evidence.OuterLine), (found.Hint, found.Evidences[0]));
            Assert.Equal(12, found.Strengths[0], 1e-3);
        }

        [Fact]
        public void Where_both_races_stand_out_sidebands_and_multiples_decide()
        {
            Vector vector = new Vector().Envelope(1, 14, 12).Line(1, 0.5, 0.5, 0.1);
            Assert.Equal(Hint.OuterRace, vector.Judge().Hint);
            vector.Set(VibrationFields.InnerSidebands, 9);
            Assert.Equal(Hint.InnerRace, vector.Judge().Hint);
            vector.Set(VibrationFields.TwiceOuterRace, 10);
            Assert.Equal(Hint.OuterRace, vector.Judge().Hint);
        }

        [Theory]
        [InlineData(30, 23, Hint.InnerRace)] // BPFI less two turns looks like BPFO
        [InlineData(9, 6, Hint.InnerRace)]
        [InlineData(30, 14, Hint.OuterRace)] // the outer race's own sidebands are at most half its line
        [InlineData(9, 3.9, Hint.OuterRace)]
        public void With_eight_elements_a_line_at_BPFO_can_be_a_sideband_of_BPFI(double outer, double inner, Hint hint)
        {
            var options = new VibrationOptions { SpeedRpm = Rpm, Bearing = new BearingGeometry(8, 12.303, 51, 0) };
            Condition found = new Vector(options).Envelope(1, outer, inner).Line(1, 0.5, 0.5, 0.1).Judge();
            Assert.Equal(hint, found.Hint);
            Assert.Equal(hint == Hint.InnerRace ? inner : outer, found.Strengths[0], 1e-4);
        }

        [Theory]
        [InlineData(1.02, 0, Hint.OuterRace)]
        [InlineData(0, 1.02, Hint.InnerRace)]
        [InlineData(0.98, 0.98, Hint.Looseness)]
        public void A_line_higher_than_all_orders_together_is_no_leak(double outer, double inner, Hint hint)
        {
            // A race strikes so hard that the velocity rises, by noise that looks like half orders. Its line is higher than they are, with 3.5x to 9.5x, 6x to 10x as high as
            // the last that are told. Line by line, in mm/s times the order:
            double all = (0.5 * 1.5) + (1 * 1.5) + (8 * 2.5 * 0.5) + (6 * 5 * 0.2);
            Vector vector = new Vector().Line(0.5, 1.5, 1.5, 1.5).Line(1, 1.5, 1.5, 1.5).Line(2.5, 0.5, 0.5, 0.5).Line(5, 0.2, 0.2, 0.2).Set(VibrationFields.Kurtosis, 3.1f);
            double highest = all * Math.Sqrt(2) * 2 * Math.PI * Turn / 1000 / Floor;
            Assert.Equal(hint, vector.Envelope(Floor, outer * highest, inner * highest).Judge().Hint);
        }

        [Fact]
        public void A_race_that_strikes_comes_before_what_shakes_the_shaft() =>
            Assert.Equal(Hint.OuterRace, new Vector().Envelope(1, 20, 1).Line(1, 5, 5, 1).Set(VibrationFields.Kurtosis, 4).Judge().Hint);

        [Fact]
        public void Lines_that_leak_into_the_envelope_are_no_race()
        {
            Vector vector = new Vector().Envelope(Floor, 1, 50).Line(1, 1, 1, 0.5).Line(2, 2, 2, 4).Set(VibrationFields.Kurtosis, 2);
            Assert.Equal(Hint.Misalignment, vector.Judge().Hint);
            Assert.Equal(Hint.InnerRace, vector.Set(VibrationFields.Velocity, 12).Judge().Hint); // where there is more than lines, there is more than a leak
        }

        [Fact]
        public void A_loose_part_that_strikes_beside_a_race_is_loose()
        {
            Vector vector = new Vector().Envelope(Floor, 1, 12).Line(0.5, 1.5, 1.5, 0.3).Line(1, 2.5, 2, 0.6).Line(1.5, 0.5, 0.5, 0.2).Line(2, 1, 1, 0.3);
            Assert.Equal(Hint.Looseness, vector.Judge().Hint);
            Assert.Equal(Hint.Looseness, vector.Envelope(Floor, 1, 30).Set(VibrationFields.Kurtosis, 20).Judge().Hint);

            // Halves that a race's own strikes can make.
            vector = new Vector().Envelope(Floor, 1, 12).Line(0.5, 1, 1, 0.3).Line(1, 2.5, 2.5, 0.6).Set(VibrationFields.Kurtosis, 8);
            Assert.Equal(Hint.Looseness, vector.Judge().Hint);
            Assert.Equal(Hint.InnerRace, vector.Envelope(Floor, 1, 17).Judge().Hint);
        }

        [Fact]
        public void What_strikes_and_is_no_race_is_unknown_and_says_why()
        {
            Condition found = new Vector().Envelope(1, 2, 2).Set(VibrationFields.TwiceBallSpin, 9).Line(1, 0.5, 0.5, 0.1).Judge();
            Assert.Equal((Hint.Unknown, Evidence.BallLine, 9f), (found.Hint, found.Evidences[0], found.Strengths[0]));
            found = new Vector().Envelope(1, 2, 2).Set(VibrationFields.Cage, 10).Line(1, 0.5, 0.5, 0.1).Judge();
            Assert.Equal((Hint.Unknown, Evidence.CageLine, 10f), (found.Hint, found.Evidences[0], found.Strengths[0]));
            found = new Vector().Set(VibrationFields.Kurtosis, 8).Line(1, 0.5, 0.5, 0.1).Judge();
            Assert.Equal((Hint.Unknown, Evidence.Kurtosis, 8f), (found.Hint, found.Evidences[0], found.Strengths[0]));
        }

        [Fact]
        public void With_a_baseline_only_what_is_new_counts()
        {
            // An old unbalance of 3 mm/s on a machine that may have it; then its coupling goes.
            HintRules rules = Learned(vector => vector.Line(1, 3, 3, 0.5), out float usual);
            Assert.Equal(Hint.Healthy, Group1().Line(1, 3.6, 3.6, 0.6).Judge(rules, usual).Hint);
            Assert.Equal(Hint.Misalignment, Group1().Line(1, 3.2, 3.2, 0.8).Line(2, 1, 1, 2).Judge(rules, usual).Hint);
            Assert.Equal(Hint.Unbalance, Group1().Line(1, 5, 5, 0.5).Judge(rules, usual).Hint);
            Assert.Equal(Hint.Electrical, Group1().Line(1, 3, 3, 0.5).Hum(2, 2, 0.5).Judge(rules, usual).Hint);
        }

        [Fact]
        public void A_bad_machine_that_is_as_bad_as_ever_is_judged_by_all_of_it()
        {
            HintRules rules = Learned(vector => vector.Line(1, 6, 6, 0.5), out float usual);
            Assert.Equal(Hint.Unbalance, Group1().Line(1, 6, 6, 0.5).Judge(rules, usual).Hint);
        }

        [Fact]
        public void An_outlier_while_learning_is_one()
        {
            var rules = new HintRules(Options(), ZoneTable.Parse("group1-rigid", out _));
            for (int i = 0; i < 64; i++) { rules.Learn(Group1().Line(1, i == 30 ? 1e6 : 1, 1, 0.1).Values); }
            Assert.Equal(Hint.Unbalance, Group1().Line(1, 5, 4, 0.3).Judge(rules, 1f).Hint);
        }

        [Fact]
        public void Whatever_the_values_are_the_evidence_is_finite()
        {
            var random = new Random(11);
            float[] odd = [0, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.Epsilon, -1, 1, 1e-20f, 1e20f];
            var rules = new HintRules(Options(), null);
            var condition = new Condition();
            var seen = new bool[9];
            for (int round = 0; round < 20000; round++)
            {
                var values = new float[VibrationFields.Count];
                for (int i = 0; i < values.Length; i++) { values[i] = random.Next(4) == 0 ? odd[random.Next(odd.Length)] : (float)random.NextDouble() * (1 + (round % 7)); }
                if (round % 5 == 0) { rules.Learn(values); }
                rules.Judge(values, odd[random.Next(odd.Length)], odd[random.Next(odd.Length)], condition);
                seen[(int)condition.Hint] = true;
                for (int i = 0; i < condition.EvidenceCount; i++) { Assert.True(float.IsFinite(condition.Strengths[i])); }
            }

            Assert.True(seen.Count(s => s) > 4);
        }

        [Fact]
        public void A_motors_current_is_judged_against_its_own_sidebands()
        {
            var options = new ConditionOptions { LearnReadings = 8, LearnMilliseconds = 0 };
            var bench = new MonitorBench(options, "cur1");
            bench.Reading.Values[CurrentFields.SidebandLow] = -58f;
            bench.Reading.Values[CurrentFields.SidebandHigh] = -57f;
            for (int i = 0; i < 7; i++)
            {
                bench.Judge();
                Assert.Equal(Hint.None, bench.Reading.Condition.Hint);
            }

            bench.Judge();
            Assert.Equal(Hint.Healthy, bench.Reading.Condition.Hint);
            bench.Reading.Values[CurrentFields.SidebandLow] = -48f;
            bench.Judge();
            Assert.Equal((Hint.Electrical, Evidence.Sidebands, 48f), (bench.Reading.Condition.Hint, bench.Reading.Condition.Evidences[0], bench.Reading.Condition.Strengths[0]));
            bench.Reading.Values[CurrentFields.SidebandHigh] = float.NaN;
            bench.Judge();
            Assert.Equal(Hint.None, bench.Reading.Condition.Hint);
        }

        internal static VibrationOptions Options() => new VibrationOptions { SpeedRpm = Rpm, Bearing = new BearingGeometry(9, 7.94, 39.04, 0) };

        private static Vector Group1() => new Vector();

        private static HintRules Learned(Func<Vector, Vector> fill, out float usual)
        {
            var rules = new HintRules(Options(), ZoneTable.Parse("group1-rigid", out _));
            Vector vector = fill(new Vector());
            for (int i = 0; i < 8; i++) { rules.Learn(vector.Values); }
            usual = vector.Velocity;
            return rules;
        }

        private sealed class Vector
        {
            private static readonly int[] AxisOf = [0, 2, 1]; // first radial, second radial, axial
            private readonly VibrationOptions _options;
            private bool _fixedVelocity;

            public Vector(VibrationOptions? options = null)
            {
                _options = options ?? Options();
                Set(VibrationFields.Kurtosis, 3);
                _fixedVelocity = false;
                foreach (int field in new[] { VibrationFields.EnvelopeFloor, VibrationFields.OuterRace, VibrationFields.InnerRace, VibrationFields.TwiceBallSpin, VibrationFields.Cage, VibrationFields.TwiceOuterRace, VibrationFields.InnerSidebands })
                {
                    Set(field, float.NaN);
                }
            }

            public float[] Values { get; } = new float[VibrationFields.Count];

            public float Velocity => Enumerable.Range(0, 3).Max(axis => Values[(axis * VibrationFields.PerAxis) + VibrationFields.Velocity]);

            public Vector Set(int field, float value)
            {
                for (int axis = 0; axis < 3; axis++) { Values[(axis * VibrationFields.PerAxis) + field] = value; }
                _fixedVelocity |= field == VibrationFields.Velocity;
                return this;
            }

            public Vector Line(double order, params double[] velocity)
            {
                int field = order == Math.Floor(order) ? VibrationFields.FirstOrder + (int)order - 1 : VibrationFields.FirstHalfOrder + (int)order;
                return Add(field, order * (_options.SpeedRpm / 60), velocity);
            }

            public Vector Hum(params double[] velocity) => Add(VibrationFields.MainsLine, 2 * _options.MainsHertz, velocity);

            public Vector Envelope(float floor, double outer, double inner) => Set(VibrationFields.EnvelopeFloor, floor)
                .Set(VibrationFields.OuterRace, (float)outer * floor).Set(VibrationFields.InnerRace, (float)inner * floor);

            public Condition Judge() => Judge(new HintRules(_options, null), float.NaN);

            public Condition Judge(HintRules rules, float usual)
            {
                var condition = new Condition();
                rules.Judge(Values, Velocity, usual, condition);
                return condition;
            }

            private Vector Add(int field, double hertz, double[] velocity)
            {
                for (int i = 0; i < 3; i++)
                {
                    int at = AxisOf[i] * VibrationFields.PerAxis;
                    Values[at + field] = (float)(velocity[i] * Math.Sqrt(2) * 2 * Math.PI * hertz / 1000);
                    double before = Values[at + VibrationFields.Velocity];
                    if (!_fixedVelocity) { Values[at + VibrationFields.Velocity] = (float)Math.Sqrt((before * before) + (velocity[i] * velocity[i])); }
                }

                return this;
            }
        }
    }
}
