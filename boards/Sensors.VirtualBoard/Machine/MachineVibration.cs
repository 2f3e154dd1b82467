using System;

namespace Sensors.VirtualBoard
{
    /// <summary>What one accelerometer on a machine feels.</summary>
    internal sealed class MachineVibration : IVibrationSource
    {
        private const double StandardGravity = 9.80665;

        private readonly VirtualMachine _machine;
        private readonly Mounting _mounting;
        private readonly ulong _seed;
        private readonly MachineLines _lines = new();
        private MachineCourse? _course;
        private double _from;
        private double _until;
        private double _corner;

        public MachineVibration(VirtualMachine machine, Mounting mounting, ulong seed)
        {
            _machine = machine;
            _mounting = mounting;
            _seed = seed;
        }

        /// <inheritdoc/>
        public void Fill(in SampleGrid grid, Span<float> xyzG)
        {
            int first = (int)_mounting.FirstRadial;
            int second = (int)_mounting.SecondRadial;
            int axial = (int)_mounting.Axial;
            for (int i = 0; i < grid.Count; i++)
            {
                double seconds = grid.FirstSeconds + (i * grid.PeriodSeconds);
                Follow(seconds, grid.CornerHertz);
                var noise = new NoiseDraw(_seed, grid.FirstIndex + i);
                Sum(seconds, out double a, out double b, out double c);
                int at = 3 * i;
                xyzG[at + first] = (float)((a + (_lines.Noise * noise.Next())) / StandardGravity);
                xyzG[at + second] = (float)((b + (_lines.Noise * noise.Next())) / StandardGravity);
                xyzG[at + axial] = (float)((c + (_lines.Noise * noise.Next())) / StandardGravity);
                xyzG[at + (int)_mounting.Up] += 1;
            }
        }

        private void Follow(double seconds, double corner)
        {
            MachineCourse course = _machine.Course;
            if (course == _course && corner == _corner && seconds >= _from && seconds < _until)
            {
                return;
            }

            _course = course;
            _corner = corner;
            _from = seconds;
            _until = course.ConstantUntil(seconds);
            _lines.Compute(_machine.Options, course.At(seconds), corner);
        }

        private void Sum(double seconds, out double first, out double second, out double axial)
        {
            // Powers of one rotation give every multiple of half the speed; the bearing's order is no such multiple.
            double turns = _machine.Options.SpeedRpm.IntegralTo(seconds) / 60;
            Span<double> cosine = stackalloc double[MachineLines.Count];
            Span<double> sine = stackalloc double[MachineLines.Count];
            (sine[0], cosine[0]) = Rotation(turns / 2);
            Multiply(cosine, sine, 1, 0, 0);
            Multiply(cosine, sine, 2, 1, 1);
            Multiply(cosine, sine, 3, 2, 1);
            Multiply(cosine, sine, 4, 2, 2);
            int count = 5;
            if (_lines.HasRace)
            {
                (sine[5], cosine[5]) = Rotation(turns * _machine.Options.OuterRaceOrder);
                Multiply(cosine, sine, 6, 5, 5);
                Multiply(cosine, sine, 7, 6, 5);
                count = MachineLines.Count;
            }

            first = 0;
            second = 0;
            axial = 0;
            for (int line = 0; line < count; line++)
            {
                first += Project(MachineLines.FirstRadial, line, cosine[line], sine[line]);
                second += Project(MachineLines.SecondRadial, line, cosine[line], sine[line]);
                axial += Project(MachineLines.AxialDirection, line, cosine[line], sine[line]);
            }
        }

        private static (double Sine, double Cosine) Rotation(double turns) => Math.SinCos(2 * Math.PI * (turns - Math.Floor(turns)));

        private static void Multiply(Span<double> cosine, Span<double> sine, int product, int a, int b)
        {
            cosine[product] = (cosine[a] * cosine[b]) - (sine[a] * sine[b]);
            sine[product] = (cosine[a] * sine[b]) + (sine[a] * cosine[b]);
        }

        private double Project(int direction, int line, double cosine, double sine) =>
            (_lines.Cosine(direction, line) * cosine) + (_lines.Sine(direction, line) * sine);
    }
}
