using System;
using System.Diagnostics;
using System.Linq;

namespace Sensors.VirtualBoard.Tests
{
    /// <summary>What bearing defects do: where their strikes come, how they ring, what modulates them.</summary>
    public sealed class BearingFaultTests
    {
        private const double Rate = 26_667;
        private const double Rpm = 1480;
        private const double Shaft = Rpm / 60;

        [Fact]
        public void A_6205_has_the_orders_of_its_geometry()
        {
            RollingBearing rolls = new() { SlipPercent = 0 };
            Assert.Equal(3.5848, rolls.OuterRaceOrder, 5e-4);
            Assert.Equal(5.4152, rolls.InnerRaceOrder, 5e-4);
            Assert.Equal(4.7135, rolls.TwiceBallSpinOrder, 5e-4);
            Assert.Equal(0.39831, rolls.CageOrder, 5e-5);
            RollingBearing slips = new() { SlipPercent = 1 };
            Assert.Equal(0.99 * rolls.OuterRaceOrder, slips.OuterRaceOrder, 1e-9);
            Assert.Equal(9, slips.OuterRaceOrder + slips.InnerRaceOrder, 1e-9); // a slower cage meets the inner race more often
        }

        [Theory]
        [InlineData("outer-race=20@0s", 3.5776)]
        [InlineData("inner-race=20@0s", 5.4224)]
        public void The_envelope_of_a_race_s_defect_has_its_line_and_harmonics(string fault, double order)
        {
            double[] envelope = Envelope(Ill(fault));
            double floor = Floor(envelope);
            foreach (int harmonic in (int[])[1, 2, 3])
            {
                Assert.True(Line(envelope, harmonic * order * Shaft, 0.8) > 15 * floor, "harmonic " + harmonic);
            }
        }

        [Fact]
        public void The_inner_race_goes_with_the_shaft_and_the_outer_does_not()
        {
            double[] inner = Envelope(Ill("inner-race=20@0s"));
            double[] outer = Envelope(Ill("outer-race=20@0s"));
            double innerLine = 5.4224 * Shaft;
            double outerLine = 3.5776 * Shaft;
            Assert.True(Line(inner, Shaft, 0.4) > 0.5 * Line(inner, innerLine, 0.8));
            Assert.True(Line(inner, innerLine - Shaft, 0.8) > 0.3 * Line(inner, innerLine, 0.8));
            Assert.True(Line(inner, innerLine + Shaft, 0.8) > 0.3 * Line(inner, innerLine, 0.8));
            Assert.True(Line(outer, Shaft, 0.4) < 0.1 * Line(outer, outerLine, 0.8));
            Assert.True(Line(outer, outerLine - Shaft, 0.8) < 0.1 * Line(outer, outerLine, 0.8));
        }

        [Fact]
        public void The_ball_goes_with_the_cage()
        {
            double[] ball = Envelope(Ill("ball=20@0s"));
            double line = new RollingBearing().TwiceBallSpinOrder * Shaft;
            double cage = new RollingBearing().CageOrder * Shaft;
            Assert.True(Line(ball, line, 0.8) > 15 * Floor(ball));
            Assert.True(Line(ball, cage, 0.3) > 0.5 * Line(ball, line, 0.8));
            Assert.True(Line(ball, line - cage, 0.5) > 0.3 * Line(ball, line, 0.8));
            Assert.True(Line(ball, line / 2, 0.5) > 0.05 * Line(ball, line, 0.8)); // the two races are not struck alike
        }

        [Fact]
        public void A_healthy_machine_has_no_such_lines()
        {
            double[] envelope = Envelope(Ill());
            foreach (double order in (double[])[3.5776, 5.4224, 4.704])
            {
                Assert.True(Line(envelope, order * Shaft, 0.8) < 5 * Floor(envelope));
            }
        }

        [Fact]
        public void The_structure_rings_at_its_resonance_and_each_direction_hears_its_part()
        {
            var machine = new VirtualMachine(new MachineOptions
            {
                SpeedRpm = Profile.Constant(Rpm),
                NoiseDensity = 0,
                UnbalanceGramMillimetres = 0,
                MisalignmentMicrometres = 0,
                Resonances = [new Resonance(2500, 0.02, 0.25, 1, 0.5)],
            });
            machine.Apply(FaultPlan.Parse("outer-race=10@0s"));
            float[] xyz = Sample(machine, 0, 8192, double.PositiveInfinity);
            double z5000 = (xyz[(3 * 5000) + 2] - 1) * 9.80665;
            Assert.Equal(0.25 * z5000, xyz[3 * 5000] * 9.80665, 1e-5);
            Assert.Equal(0.5 * z5000, xyz[(3 * 5000) + 1] * 9.80665, 1e-5);
            double[] z = Axis(xyz, 2);
            double[] strength = [.. ((double[])[1500, 2000, 2300, 2500, 2700, 3000, 4000]).Select(hertz => Band(z, hertz))];
            Assert.Equal(strength.Max(), strength[3]);
            Assert.Equal(10, z.Max(Math.Abs), 2.5); // of strikes that differ by some tenths
        }

        [Fact]
        public void Strikes_of_some_g_leave_the_velocity_alone()
        {
            var machine = new VirtualMachine(new MachineOptions { SpeedRpm = Profile.Constant(1500), NoiseDensity = 0, UnbalanceGramMillimetres = 0, MisalignmentMicrometres = 0 });
            machine.Apply(FaultPlan.Parse("inner-race=100@0s"));
            double[] z = Axis(Sample(machine, 1, (int)Rate, 6300), 2);
            Assert.True(z.Max() > 50);
            double velocity = Band(z, 25) / (2 * Math.PI * 25) / Math.Sqrt(2) * 1000;
            Assert.InRange(velocity, 0, 0.3); // mm/s RMS, where zone A ends at 0.7
        }

        [Fact]
        public void Samples_are_the_same_bits_in_any_order_and_cut()
        {
            VirtualMachine machine = Ill("outer-race=8@0s", "inner-race=5@0s", "ball=3@0s", "looseness=10@0s", "electrical=1@0s");
            float[] whole = Sample(machine, 3, 6000, 6300);
            var again = new float[whole.Length];
            foreach (int first in (int[])[4000, 0, 5999, 1000])
            {
                int count = Math.Min(1500, 6000 - first);
                machine.Vibration.Fill(Grid(3, first, count, 6300), again.AsSpan(3 * first, 3 * count));
                float[] expected = whole[(3 * first)..(3 * (first + count))];
                Assert.Equal(expected.Length, expected.Zip(again[(3 * first)..]).Count(pair => Math.Abs(pair.First - pair.Second) < 1e-6f));
            }

            VirtualMachine other = Ill(seed: 8, "outer-race=8@0s", "inner-race=5@0s", "ball=3@0s", "looseness=10@0s", "electrical=1@0s");
            Assert.NotEqual(whole, Sample(other, 3, 6000, 6300));
        }

        [Fact]
        public void Slip_adds_up_like_a_random_walk_and_can_be_asked_anywhere()
        {
            double[] steps = [.. Enumerable.Range(0, 20_000).Select(i => RandomWalk.At(5, i + 1) - RandomWalk.At(5, i))];
            Assert.Equal(0, steps.Average(), 0.03);
            Assert.Equal(1, Math.Sqrt(steps.Average(step => step * step)), 0.02);
            Assert.Equal(0, steps.Zip(steps.Skip(1)).Average(pair => pair.First * pair.Second), 0.03);
            Assert.Equal(0, RandomWalk.At(5, 0));
            double[] far = [.. Enumerable.Range(0, 400).Select(i => RandomWalk.At((ulong)i, 1_000_000_000))];
            Assert.Equal(31_623, Math.Sqrt(far.Average(value => value * value)), 3_000.0);
        }

        [Fact]
        public void Strikes_follow_a_ramp_of_the_speed()
        {
            var machine = new VirtualMachine(new MachineOptions
            {
                SpeedRpm = Profile.ParseSpeed("0:1500@1s/10s"),
                NoiseDensity = 0,
                UnbalanceGramMillimetres = 0,
                MisalignmentMicrometres = 0,
                Resonances = [new Resonance(3000, 0.05)],
            });
            machine.Apply(FaultPlan.Parse("outer-race=10@0s"));
            Assert.All(Axis(Sample(machine, 0, 20_000, double.PositiveInfinity), 2), value => Assert.Equal(0, value, 1e-5));
            Assert.Equal(2, Strikes(3.5, 0.1), 1.1); // at 375 rpm, on the way: 6.25 turns a second
            Assert.Equal(45, Strikes(12, 0.5), 1.1);

            int Strikes(double from, double seconds)
            {
                double[] z = Axis(Sample(machine, from, (int)(seconds * Rate), double.PositiveInfinity), 2);
                double high = z.Max(Math.Abs) / 3;
                int strikes = 0;
                int quiet = 1000;
                foreach (double value in z)
                {
                    strikes += Math.Abs(value) > high && quiet > 100 ? 1 : 0;
                    quiet = Math.Abs(value) > high ? 0 : quiet + 1;
                }

                return strikes;
            }
        }

        [Fact]
        public void A_second_of_26_667_samples_takes_well_below_a_tenth_of_it()
        {
            VirtualMachine machine = Ill("inner-race=5@0s", "outer-race=5@0s");
            Sample(machine, 0, 2000, 6300);
            var watch = Stopwatch.StartNew();
            Sample(machine, 1, (int)Rate, 6300);
            Assert.InRange(watch.ElapsedMilliseconds, 0, 500); // 25 when the processor has nothing else to do
        }

        private static VirtualMachine Ill(params string[] faults) => Ill(7, faults);

        private static VirtualMachine Ill(ulong seed, params string[] faults)
        {
            var machine = new VirtualMachine(new MachineOptions { SpeedRpm = Profile.Constant(Rpm) }, seed);
            machine.Apply(FaultPlan.Parse(faults));
            return machine;
        }

        private static SampleGrid Grid(double start, int first, int count, double corner) =>
            new(start + (first / Rate), 1 / Rate, count, first, corner);

        private static float[] Sample(VirtualMachine machine, double start, int count, double corner)
        {
            var xyz = new float[3 * count];
            machine.Vibration.Fill(Grid(start, 0, count, corner), xyz);
            return xyz;
        }

        private static double[] Axis(float[] xyz, int axis)
        {
            double[] values = [.. Enumerable.Range(0, xyz.Length / 3).Select(i => xyz[(3 * i) + axis] * 9.80665)];
            double mean = values.Average();
            return [.. values.Select(value => value - mean)];
        }

        private static double Band(double[] values, double hertz)
        {
            double real = 0;
            double imaginary = 0;
            for (int i = 0; i < values.Length; i++)
            {
                double window = 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / values.Length));
                (double sine, double cosine) = Math.SinCos(2 * Math.PI * hertz * i / Rate);
                real += window * values[i] * cosine;
                imaginary += window * values[i] * sine;
            }

            return Math.Sqrt((real * real) + (imaginary * imaginary)) * 4 / values.Length;
        }

        // Two seconds, high-passed by differences, rectified, averaged over 16 and transformed line by line.
        private static double[] Envelope(VirtualMachine machine)
        {
            const int Decimation = 16;
            double[] z = Axis(Sample(machine, 0.5, 2 * (int)Rate, 6300), 2);
            double[] rough = [.. z.Zip(z.Skip(1)).Select(pair => Math.Abs(pair.Second - pair.First))];
            double[] slow = [.. rough.Chunk(Decimation).Select(chunk => chunk.Average())];
            double mean = slow.Average();
            return [.. slow.Select((value, i) => (value - mean) * (1 - Math.Cos(2 * Math.PI * i / slow.Length)))];
        }

        private static double Line(double[] envelope, double hertz, double within)
        {
            double highest = 0;
            for (double f = hertz - within; f <= hertz + within; f += 0.1)
            {
                highest = Math.Max(highest, Magnitude(envelope, f));
            }

            return highest;
        }

        private static double Magnitude(double[] envelope, double hertz)
        {
            double real = 0;
            double imaginary = 0;
            for (int i = 0; i < envelope.Length; i++)
            {
                (double sine, double cosine) = Math.SinCos(2 * Math.PI * hertz * i * 16 / Rate);
                real += envelope[i] * cosine;
                imaginary += envelope[i] * sine;
            }

            return Math.Sqrt((real * real) + (imaginary * imaginary)) * 2 / envelope.Length;
        }

        private static double Floor(double[] envelope)
        {
            double[] lines = [.. Enumerable.Range(0, 60).Select(i => Magnitude(envelope, 13.37 + (i * 7.71)))];
            Array.Sort(lines);
            return lines[lines.Length / 2];
        }
    }
}
