using System;
using System.Collections.Generic;
using System.Linq;

namespace Sensors.VirtualBoard
{
    /// <summary>The course of a machine over time: its profiles, the faults laid over them, and the temperature that follows.</summary>
    /// <remarks>Never changes once made; a new fault makes a new course.</remarks>
    internal sealed class MachineCourse
    {
        private const double ReferenceRpm = 1500;
        private const int PiecesPerRamp = 50;

        private readonly MachineOptions _machine;
        private readonly Fault[] _faults;
        private readonly double[] _breaks;
        private readonly double[] _warmTo;
        private readonly double[] _celsius;
        private readonly double[] _starts;

        public MachineCourse(MachineOptions machine, IEnumerable<Fault> faults)
        {
            _machine = machine;
            _faults = faults.Where(fault => fault.Kind.Target == FaultTarget.Machine).ToArray();
            _breaks = Breaks();
            _warmTo = new double[_breaks.Length];
            _celsius = new double[_breaks.Length];
            FollowTemperature();
            _starts = _breaks.Where(time => time > 0 && machine.SpeedRpm.At(Math.BitDecrement(time)) == 0 && machine.SpeedRpm.At(Math.BitIncrement(time)) > 0).ToArray();
        }

        /// <summary>Tells everything that shapes the vibration at a time.</summary>
        public MachineMoment At(double seconds) => Disturb(_machine.SpeedRpm.At(seconds), _machine.Load.At(seconds), seconds);

        /// <summary>Lays the faults of a time over a speed and a load.</summary>
        public MachineMoment Disturb(double rpm, double load, double seconds)
        {
            double factor = 1;
            double misalignment = 0;
            double looseness = 0;
            double outerRace = 0;
            double innerRace = 0;
            double ball = 0;
            double electrical = 0;
            foreach (Fault fault in _faults)
            {
                if (!fault.IsActive(seconds))
                {
                    continue;
                }

                switch (fault.Kind.Name)
                {
                    case "unbalance":
                        factor *= fault.Value;
                        break;
                    case "misalignment":
                        misalignment += fault.Value;
                        break;
                    case "looseness":
                        looseness += fault.Value;
                        break;
                    case "bearing" or "outer-race":
                        outerRace += fault.Value;
                        break;
                    case "inner-race":
                        innerRace += fault.Value;
                        break;
                    case "ball":
                        ball += fault.Value;
                        break;
                    case "electrical":
                        electrical += fault.Value;
                        break;
                    case "overload":
                        load += fault.Value;
                        break;
                }
            }

            return new MachineMoment(rpm, load, factor, misalignment, looseness, outerRace, innerRace, ball, electrical);
        }

        /// <summary>Tells until when the moment at a time stays as it is; the time itself within a ramp.</summary>
        public double ConstantUntil(double seconds)
        {
            double until = Math.Min(_machine.SpeedRpm.ConstantUntil(seconds), _machine.Load.ConstantUntil(seconds));
            foreach (Fault fault in _faults)
            {
                if (fault.StartSeconds > seconds)
                {
                    until = Math.Min(until, fault.StartSeconds);
                }

                if (fault.EndSeconds > seconds)
                {
                    until = Math.Min(until, fault.EndSeconds);
                }
            }

            return until;
        }

        /// <summary>Tells the temperature: from break to break exponentially towards what the machine would warm to.</summary>
        public double CelsiusAt(double seconds)
        {
            int i = Array.BinarySearch(_breaks, Math.Max(0, seconds));
            i = i >= 0 ? i : ~i - 1;
            double passed = Math.Max(0, seconds) - _breaks[i];
            return _warmTo[i] + ((_celsius[i] - _warmTo[i]) * Math.Exp(-passed / _machine.HeatingSeconds));
        }

        /// <summary>Tells the inrush current at a time, over all starts from standstill so far.</summary>
        public double InrushAt(double seconds)
        {
            double sum = 0;
            foreach (double start in _starts)
            {
                if (seconds >= start)
                {
                    sum += _machine.InrushAmperes * Math.Exp((start - seconds) / _machine.InrushSeconds);
                }
            }

            return sum;
        }

        private double[] Breaks()
        {
            var breaks = new SortedSet<double>();
            AddProfile(breaks, _machine.SpeedRpm);
            AddProfile(breaks, _machine.Load);
            foreach (Fault fault in _faults)
            {
                breaks.Add(fault.StartSeconds);
                if (double.IsFinite(fault.EndSeconds))
                {
                    breaks.Add(fault.EndSeconds);
                }
            }

            return [.. breaks];
        }

        private static void AddProfile(SortedSet<double> breaks, Profile profile)
        {
            for (int i = 0; i < profile.Breaks.Count; i++)
            {
                double start = profile.Breaks[i];
                breaks.Add(start);
                bool ramps = profile.ConstantUntil(start) == start;
                for (int piece = 1; ramps && piece < PiecesPerRamp; piece++)
                {
                    // A ramp's heating follows in small steps.
                    breaks.Add(start + ((profile.Breaks[i + 1] - start) * piece / PiecesPerRamp));
                }
            }
        }

        private void FollowTemperature()
        {
            double celsius = _machine.StartCelsius ?? _machine.AmbientCelsius;
            for (int i = 0; i < _breaks.Length; i++)
            {
                double start = _breaks[i];
                double end = i + 1 < _breaks.Length ? _breaks[i + 1] : start;
                _warmTo[i] = WarmsTo((start + end) / 2);
                _celsius[i] = celsius;
                celsius = _warmTo[i] + ((celsius - _warmTo[i]) * Math.Exp((start - end) / _machine.HeatingSeconds));
            }
        }

        private double WarmsTo(double seconds)
        {
            MachineMoment moment = At(seconds);
            double celsius = _machine.AmbientCelsius + (_machine.HeatingCelsius * moment.Load * moment.Rpm / ReferenceRpm);
            foreach (Fault fault in _faults)
            {
                celsius += fault.Kind.Name == "overheat" && fault.IsActive(seconds) ? fault.Value : 0;
            }

            return celsius;
        }
    }
}
