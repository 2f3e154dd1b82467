using System;
using System.Linq;

namespace Sensors.VirtualBoard.Tests
{
    /// <summary>The orders of misalignment and looseness, hum, wandering, and what the motor's current shows of them.</summary>
    public sealed class MachineFaultTests
    {
        private const double Rate = 3200;
        private const double Shaft = 24; // 1440 rpm: multiples and halves on whole hertz
        private const int Count = 6400;

        [Fact]
        public void Misalignment_is_axial_at_twice_the_speed_with_less_at_one_and_three()
        {
            double[] axial = Spectrum("misalignment=10@0s", SensorAxis.Y, quiet: true);
            double[] radial = Spectrum("misalignment=10@0s", SensorAxis.X, quiet: true);
            double second = Velocity(axial, 2);
            double microns = 10 + (0.5 * 0.75); // the residual's part at half load
            Assert.Equal(microns * 1e-6 * 4 * Math.PI * Shaft, second, second * 1e-4);
            Assert.Equal(0.4 * 10 / microns, Velocity(axial, 1) / second, 1e-3);
            Assert.Equal(0.25 * 10 / microns, Velocity(axial, 3) / second, 1e-3);
            Assert.Equal(0.5, Velocity(radial, 2) / second, 1e-3);
        }

        [Fact]
        public void Looseness_has_all_orders_and_halves_falling_with_the_order()
        {
            double[] radial = Spectrum("looseness=20@0s", SensorAxis.Z, quiet: true);
            double[] whole = [.. Enumerable.Range(1, 8).Select(order => Acceleration(radial, order))];
            Assert.Equal(whole.Skip(2).OrderDescending(), whole.Skip(2));
            Assert.True(Acceleration(radial, 5) > 0.5 * Acceleration(radial, 3));
            double halves = 0.6 / (2 - 0.6);
            Assert.Equal(halves, Acceleration(radial, 3.5) / ((Acceleration(radial, 3) + Acceleration(radial, 4)) / 2), 0.02);
            Assert.True(Velocity(radial, 0.5) > 0.5 * Velocity(radial, 1));
        }

        [Fact]
        public void Hum_comes_from_twice_the_mains_frequency_whatever_the_speed_is()
        {
            double[] radial = Spectrum("electrical=3@0s", SensorAxis.Z, quiet: true);
            double velocity = Line(radial, 100) / (2 * Math.PI * 100) / Math.Sqrt(2);
            Assert.Equal(3e-3, velocity, 3e-5);
            Assert.Equal(0.25, Line(radial, 101.5) / Line(radial, 100), 0.01);
            Assert.Equal(0.25, Line(radial, 98.5) / Line(radial, 100), 0.01);
            var stopped = new VirtualMachine(new MachineOptions { SpeedRpm = Profile.Constant(0) });
            stopped.Apply(FaultPlan.Parse("electrical=3@0s"));
            Assert.Equal(0, stopped.ExpectedRms(SensorAxis.Z, 0, 0.5, seconds: 1));
        }

        [Fact]
        public void Amplitudes_wander_from_minute_to_minute_and_not_within_a_reading()
        {
            var machine = new VirtualMachine(new MachineOptions { WanderPercent = 10, NoiseDensity = 0, MisalignmentMicrometres = 0 }, seed: 4);
            double steady = machine.ExpectedRms(SensorAxis.X, 1500, 0.5);
            double[] rms = [.. Enumerable.Range(0, 200).Select(i => Rms(machine, i * 60, 640) / steady)];
            double mean = rms.Average();
            Assert.Equal(1, mean, 0.03);
            Assert.Equal(0.085, Math.Sqrt(rms.Average(value => (value - mean) * (value - mean))), 0.03);
            Assert.Equal(Rms(machine, 600, 640), Rms(machine, 600.2, 640), 0.03 * steady);
        }

        [Fact]
        public void A_current_s_sidebands_grow_with_misalignment_as_on_a_real_motor()
        {
            Assert.Equal(-57.3, Sidebands(), 0.2);
            Assert.Equal(-48.0, Sidebands("misalignment=10@0s"), 0.3);
            Assert.Equal(-53.8, Sidebands("misalignment=4@0s"), 0.4);
            Assert.InRange(Sidebands("unbalance=4@0s"), -55, -53);
        }

        [Fact]
        public void A_current_has_its_harmonics_and_an_electrical_fault_sidebands_of_the_poles()
        {
            double[] healthy = Current();
            double fundamental = Line(healthy, 50);
            Assert.Equal(1.9 * Math.Sqrt(2), fundamental, 1e-3);
            Assert.Equal(0.007, Line(healthy, 150) / fundamental, 1e-4);
            Assert.Equal(0.036, Line(healthy, 250) / fundamental, 1e-4);
            Assert.Equal(0.012, Line(healthy, 350) / fundamental, 1e-4);
            Assert.InRange(Line(healthy, 51.5) / fundamental, 0, 1e-4);
            double[] ill = Current("electrical=3@0s");
            Assert.Equal(-40.9, 20 * Math.Log10(Line(ill, 51.5) / Line(ill, 50)), 0.3);
            Assert.True(Line(ill, 150) > 2 * Line(healthy, 150));
        }

        [Fact]
        public void A_current_starts_with_an_inrush_and_is_none_at_standstill()
        {
            var machine = new VirtualMachine(new MachineOptions { SpeedRpm = Profile.ParseSpeed("0:1500@1s") });
            var line = new MainsCurrent(machine);
            Assert.Equal(0, Highest(0.5));
            Assert.True(Highest(1.0) > 2.5 * Highest(3));

            double Highest(double from) => Enumerable.Range(0, 40).Max(i =>
            {
                line.At(from + (i * 0.0005), out double amperes, out _);
                return Math.Abs(amperes);
            });
        }

        private static double Sidebands(params string[] faults)
        {
            double[] current = Current(faults);
            return 20 * Math.Log10((Line(current, 50 - Shaft) + Line(current, 50 + Shaft)) / 2 / Line(current, 50));
        }

        private static double[] Current(params string[] faults)
        {
            var line = new MainsCurrent(Machine(faults, quiet: true));
            var values = new double[Count];
            for (int i = 0; i < Count; i++)
            {
                line.At(1 + (i / Rate), out values[i], out _);
            }

            return values;
        }

        private static VirtualMachine Machine(string[] faults, bool quiet)
        {
            var machine = new VirtualMachine(new MachineOptions { SpeedRpm = Profile.Constant(60 * Shaft), NoiseDensity = quiet ? 0 : 0.004 });
            machine.Apply(FaultPlan.Parse(faults));
            return machine;
        }

        private static double[] Spectrum(string fault, SensorAxis axis, bool quiet)
        {
            var xyz = new float[3 * Count];
            Machine([fault], quiet).Vibration.Fill(new SampleGrid(1, 1 / Rate, Count, 0, double.PositiveInfinity), xyz);
            return [.. Enumerable.Range(0, Count).Select(i => xyz[(3 * i) + (int)axis] * 9.80665)];
        }

        // Two seconds hold whole periods of all that is asked for.
        private static double Line(double[] values, double hertz)
        {
            double real = 0;
            double imaginary = 0;
            for (int i = 0; i < values.Length; i++)
            {
                (double sine, double cosine) = Math.SinCos(2 * Math.PI * hertz * i / Rate);
                real += values[i] * cosine;
                imaginary += values[i] * sine;
            }

            return Math.Sqrt((real * real) + (imaginary * imaginary)) * 2 / values.Length;
        }

        private static double Acceleration(double[] values, double order) => Line(values, order * Shaft);

        private static double Velocity(double[] values, double order) => Line(values, order * Shaft) / (2 * Math.PI * order * Shaft);

        private static double Rms(VirtualMachine machine, double seconds, int count)
        {
            var xyz = new float[3 * count];
            machine.Vibration.Fill(new SampleGrid(seconds, 1 / Rate, count, 0, double.PositiveInfinity), xyz);
            double[] x = [.. Enumerable.Range(0, count).Select(i => xyz[3 * i] * 9.80665)];
            double mean = x.Average();
            return Math.Sqrt(x.Average(value => (value - mean) * (value - mean)));
        }
    }
}
