using System;

namespace Sensors.VirtualBoard.Tests
{
    public sealed class VirtualMachineTests
    {
        private const double StandardGravity = 9.80665;

        [Theory]
        [InlineData(1500, 0.5, double.PositiveInfinity)]
        [InlineData(3000, 1.0, double.PositiveInfinity)]
        [InlineData(1500, 0.5, 1600)]
        [InlineData(3000, 1.0, 1600)]
        public void Samples_have_the_RMS_of_the_closed_form(double rpm, double load, double corner)
        {
            var machine = new VirtualMachine(new MachineOptions { SpeedRpm = Profile.Constant(rpm), Load = Profile.Constant(load) }, seed: 3);
            float[] xyz = Sample(machine, 0, 131_072, corner);
            foreach (SensorAxis axis in Enum.GetValues<SensorAxis>())
            {
                double expected = machine.ExpectedRms(axis, rpm, load, corner);
                Assert.Equal(expected, Rms(xyz, axis), expected * 0.01);
            }
        }

        [Fact]
        public void Unbalance_grows_with_the_square_of_the_speed()
        {
            var machine = new VirtualMachine(new MachineOptions { NoiseDensity = 0, MisalignmentMicrometres = 0 });
            double slow = machine.ExpectedRms(SensorAxis.X, 1500, 0);
            double fast = machine.ExpectedRms(SensorAxis.X, 3000, 0);
            Assert.Equal(200e-6 / 10 * Math.Pow(50 * Math.PI, 2) / Math.Sqrt(2), slow, 1e-9); // u·ω²/M
            Assert.Equal(4, fast / slow, 1e-9);
            Assert.Equal(slow, machine.ExpectedRms(SensorAxis.Z, 1500, 0), 1e-9);
            Assert.Equal(0, machine.ExpectedRms(SensorAxis.Y, 1500, 0), 1e-9);
        }

        [Fact]
        public void A_rotor_can_give_way_more_one_way_and_shake_along_its_shaft()
        {
            var machine = new VirtualMachine(new MachineOptions { NoiseDensity = 0, MisalignmentMicrometres = 0, UnbalanceSecondRadial = 1.5, UnbalanceAxial = 0.3 });
            double first = machine.ExpectedRms(SensorAxis.X, 1500, 0);
            Assert.Equal(1.5 * first, machine.ExpectedRms(SensorAxis.Z, 1500, 0), 1e-9);
            Assert.Equal(0.3 * first, machine.ExpectedRms(SensorAxis.Y, 1500, 0), 1e-9);
            Assert.Equal(1.5 * first, Rms(Sample(machine, 0, 12_800, double.PositiveInfinity), SensorAxis.Z), 0.01 * first);
        }

        [Fact]
        public void Radial_axes_are_in_quadrature_and_gravity_points_up()
        {
            var machine = new VirtualMachine(new MachineOptions { NoiseDensity = 0, MisalignmentMicrometres = 0 });
            var xyz = new float[6];
            machine.Vibration.Fill(new SampleGrid(0, 0.01, 2, 0, double.PositiveInfinity), xyz); // a quarter of a turn at 1500 rpm
            double amplitude = 200e-6 / 10 * Math.Pow(50 * Math.PI, 2) / StandardGravity;
            Assert.Equal(amplitude, xyz[0], 1e-6);
            Assert.Equal(1, xyz[2], 1e-6);
            Assert.Equal(0, xyz[3], 1e-6);
            Assert.Equal(1 + amplitude, xyz[5], 1e-6);
        }

        [Fact]
        public void Nothing_jumps_but_the_amplitude_when_the_speed_does()
        {
            var machine = new VirtualMachine(new MachineOptions { SpeedRpm = Profile.ParseSpeed("1500:1510@0.4137s"), NoiseDensity = 0 });
            float[] xyz = Sample(machine, 0.4, 100, double.PositiveInfinity);
            for (int i = 3; i < xyz.Length; i++)
            {
                Assert.InRange(Math.Abs(xyz[i] - xyz[i - 3]), 0, 0.006);
            }
        }

        [Theory]
        [InlineData("unbalance=4@10s", SensorAxis.X)]
        [InlineData("misalignment=10@10s+5s", SensorAxis.Y)]
        [InlineData("looseness=20@10s+5s", SensorAxis.Z)]
        [InlineData("bearing=20@10s+5s", SensorAxis.X)]
        [InlineData("outer-race=20@10s+5s", SensorAxis.Z)]
        [InlineData("inner-race=30@10s+5s", SensorAxis.Z)]
        [InlineData("ball=40@10s+5s", SensorAxis.X)]
        [InlineData("electrical=2@10s+5s", SensorAxis.Z)]
        public void A_fault_raises_the_RMS_as_the_closed_form_says(string fault, SensorAxis axis)
        {
            var machine = new VirtualMachine(seed: 5);
            machine.Apply(FaultPlan.Parse(fault, "wifi@1s"));
            double healthy = machine.ExpectedRms(axis, 1500, 0.5, 1600);
            double ill = machine.ExpectedRms(axis, 1500, 0.5, 1600, seconds: 12);
            Assert.True(ill > 1.5 * healthy);
            Assert.Equal(healthy, Rms(Sample(machine, 1, 16_384, 1600), axis), healthy * 0.02);
            Assert.Equal(ill, Rms(Sample(machine, 10, 15_000, 1600), axis), ill * 0.03); // strikes differ from turn to turn
        }

        [Fact]
        public void Temperature_follows_load_and_speed_with_its_time_constant()
        {
            var machine = new VirtualMachine(new MachineOptions { Load = Profile.ParseLoad("1:0@600s"), HeatingSeconds = 600 });
            Assert.Equal(22, machine.Temperature.CelsiusAt(0), 1e-9);
            double warm = 22 + (40 * (1 - Math.Exp(-1)));
            Assert.Equal(warm, machine.CelsiusAt(600), 1e-9);
            Assert.Equal(22 + ((warm - 22) * Math.Exp(-0.5)), machine.CelsiusAt(900), 1e-9);
            machine.Apply(FaultPlan.Parse("overheat=30@0s"));
            Assert.Equal(52, machine.CelsiusAt(60_000), 0.01);
        }

        [Fact]
        public void A_ramp_heats_as_fine_steps_would()
        {
            var ramped = new VirtualMachine(new MachineOptions { SpeedRpm = Profile.ParseSpeed("0:3000@0s/1000s") });
            // dT/dt = (c·t - T)/τ with c = 0.04 K/s (half load): T = c·(t - τ·(1 - e^(-t/τ)))
            double expected = 22 + (0.04 * (1000 - (600 * (1 - Math.Exp(-1000.0 / 600)))));
            Assert.Equal(expected, ramped.CelsiusAt(1000), 0.02);
        }

        [Fact]
        public void Current_follows_the_load_and_starts_with_an_inrush()
        {
            var options = new MachineOptions { SpeedRpm = Profile.ParseSpeed("0:1500@10s"), Load = Profile.ParseLoad("0:1@20s"), CommutatorRipple = 0 };
            var machine = new VirtualMachine(options);
            machine.Apply(FaultPlan.Parse("overload=0.5@30s"));
            Assert.Equal(0, Amperes(5), 1e-9);
            Assert.Equal(4.6, Amperes(10), 1e-9);
            Assert.Equal(0.6, Amperes(15), 1e-6);
            Assert.Equal(3.2, Amperes(25), 1e-6);
            Assert.Equal(4.5, Amperes(31), 1e-6);
            machine.At(25, out double amperes, out double volts);
            Assert.Equal(24 - (0.2 * amperes), volts, 1e-9);
            Assert.Equal(3.2, machine.ExpectedAmperes(1500, 1), 1e-9);

            double Amperes(double seconds)
            {
                machine.Current.At(seconds, out double value, out _);
                return value;
            }
        }

        [Fact]
        public void Another_mounting_moves_the_directions()
        {
            var machine = new VirtualMachine(new MachineOptions { NoiseDensity = 0, MisalignmentMicrometres = 0 });
            var mounting = new Mounting(SensorAxis.Z, SensorAxis.X);
            var xyz = new float[3 * 4000];
            machine.VibrationAt(mounting).Fill(new SampleGrid(0, 0.001, 4000, 0, double.PositiveInfinity), xyz);
            Assert.Equal(0, Rms(xyz, SensorAxis.Z), 1e-9);
            Assert.Equal(machine.ExpectedRms(SensorAxis.X, 1500, 0, mounting: mounting), Rms(xyz, SensorAxis.X), 1e-3);
            Assert.Equal(machine.ExpectedRms(SensorAxis.Y, 1500, 0, mounting: mounting), Rms(xyz, SensorAxis.Y), 1e-3);
        }

        private static float[] Sample(VirtualMachine machine, double start, int count, double corner)
        {
            var xyz = new float[3 * count];
            machine.Vibration.Fill(new SampleGrid(start, 1 / 3200.0, count, 0, corner), xyz);
            return xyz;
        }

        private static double Rms(float[] xyz, SensorAxis axis)
        {
            double sum = 0;
            double squares = 0;
            int count = xyz.Length / 3;
            for (int i = 0; i < count; i++)
            {
                double value = xyz[(3 * i) + (int)axis] * StandardGravity;
                sum += value;
                squares += value * value;
            }

            double mean = sum / count;
            return Math.Sqrt((squares / count) - (mean * mean));
        }
    }
}
