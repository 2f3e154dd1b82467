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
        private readonly MachineLines _lines;
        private readonly ImpactTrain[] _trains;
        private readonly double[] _rings;
        private readonly double[] _sum = new double[MachineLines.Directions];
        private MachineCourse? _course;
        private double _from;
        private double _until;
        private double _corner;

        public MachineVibration(VirtualMachine machine, Mounting mounting, ulong seed)
        {
            _machine = machine;
            _mounting = mounting;
            _seed = seed;
            _lines = new MachineLines(machine.Options);
            _rings = new double[machine.Options.Resonances.Count];
            _trains = new ImpactTrain[MachineLines.Parts];
            for (int part = 0; part < _trains.Length; part++)
            {
                _trains[part] = new ImpactTrain(machine.Options, (BearingPart)part, machine.Seed); // all places hear the same strikes
            }
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
                Sum(seconds);
                int at = 3 * i;
                xyzG[at + first] = (float)((_sum[MachineLines.FirstRadial] + (_lines.Noise * noise.Next())) / StandardGravity);
                xyzG[at + second] = (float)((_sum[MachineLines.SecondRadial] + (_lines.Noise * noise.Next())) / StandardGravity);
                xyzG[at + axial] = (float)((_sum[MachineLines.AxialDirection] + (_lines.Noise * noise.Next())) / StandardGravity);
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
            if (_machine.Options.WanderPercent > 0)
            {
                double step = Math.Floor(seconds / Wander.Step);
                _until = Math.Min(_until, (step + 1) * Wander.Step);
                _machine.WanderAt(step * Wander.Step, _lines.Wandering);
            }

            _lines.Compute(course.At(seconds), corner);
        }

        private void Sum(double seconds)
        {
            _sum.AsSpan().Clear();
            double turns = _machine.Options.SpeedRpm.IntegralTo(seconds) / 60;
            AddLines(turns);
            for (int part = 0; part < MachineLines.Parts; part++)
            {
                if (_lines.HasDefect((BearingPart)part))
                {
                    AddRinging((BearingPart)part, seconds, turns);
                }
            }

            if (_lines.Hums)
            {
                double hum = _machine.HumAt(seconds);
                for (int direction = 0; direction < MachineLines.Directions; direction++)
                {
                    _sum[direction] += _lines.Hum(direction) * hum;
                }
            }
        }

        private void AddLines(double turns)
        {
            // Powers of one rotation give every multiple of half the speed.
            double half = turns / 2;
            (double sine1, double cosine1) = Math.SinCos(2 * Math.PI * (half - Math.Floor(half)));
            double cosine = cosine1;
            double sine = sine1;
            for (int line = 0; line < _lines.Used; line++)
            {
                for (int direction = 0; direction < MachineLines.Directions; direction++)
                {
                    _sum[direction] += (_lines.Cosine(direction, line) * cosine) + (_lines.Sine(direction, line) * sine);
                }

                (cosine, sine) = ((cosine * cosine1) - (sine * sine1), (cosine * sine1) + (sine * cosine1));
            }
        }

        private void AddRinging(BearingPart part, double seconds, double turns)
        {
            _trains[(int)part].Ring(seconds, turns, _rings);
            for (int direction = 0; direction < MachineLines.Directions; direction++)
            {
                ReadOnlySpan<double> gains = _lines.Rings(part, direction);
                for (int i = 0; i < gains.Length; i++)
                {
                    _sum[direction] += gains[i] * _rings[i];
                }
            }
        }
    }
}
