using System;

namespace Sensors.VirtualBoard
{
    /// <summary>What a machine shakes with at one moment: lines at multiples of half the speed, hum, ringing and noise, in m/s².</summary>
    /// <remarks>Every line is a·cos(order·θ) + b·sin(order·θ) on each of three directions, θ being the shaft's angle.</remarks>
    internal sealed class MachineLines
    {
        public const int Count = 20; // the last is ten times the speed
        public const int Directions = 3;
        public const int FirstRadial = 0, SecondRadial = 1, AxialDirection = 2;
        public const int Parts = 3;
        public const double HumModulation = 0.5; // by the poles' slip: a sideband on each side, a quarter as high

        private const int One = 1, Two = 3, Three = 5; // lines are numbered from half the speed on
        private const double ReferenceRpm = 1500;
        private const double KilogramMetresPerGramMillimetre = 1e-6;
        private const double MetresPerMicrometre = 1e-6;
        private const double MetresPerMillimetre = 1e-3;

        private static readonly double[] HumGains = [0.6, 1, 0.2]; // a stator is pulled oval, mostly across its feet

        private readonly double[] _cosine = new double[Directions * Count];
        private readonly double[] _sine = new double[Directions * Count];
        private readonly double[] _hum = new double[Directions];
        private readonly double[] _rings;
        private readonly int _resonances;
        private readonly MachineOptions _machine;
        private MachineMoment _moment;

        public MachineLines(MachineOptions machine)
        {
            _machine = machine;
            _resonances = machine.Resonances.Count;
            _rings = new double[Parts * Directions * _resonances];
        }

        /// <summary>Gets the factors of wandering: of unbalance, misalignment, looseness, the bearing, hum.</summary>
        public double[] Wandering { get; } = [1, 1, 1, 1, 1];

        /// <summary>Gets how many lines there are, from half the speed on; those above are 0.</summary>
        public int Used { get; private set; }

        /// <summary>Gets the standard deviation of the process noise behind the filter, the same in every direction.</summary>
        public double Noise { get; private set; }

        /// <summary>Gets whether there is hum of the mains.</summary>
        public bool Hums { get; private set; }

        public double Cosine(int direction, int line) => _cosine[(direction * Count) + line];

        public double Sine(int direction, int line) => _sine[(direction * Count) + line];

        /// <summary>Tells the amplitude of the hum at twice the mains frequency.</summary>
        public double Hum(int direction) => _hum[direction];

        /// <summary>Tells whether a part of the bearing has a defect.</summary>
        public bool HasDefect(BearingPart part) => _moment.Defect(part) != 0 && _moment.Rpm > 0;

        /// <summary>Tells what a direction gets of each resonance's ringing from a part's defect.</summary>
        public ReadOnlySpan<double> Rings(BearingPart part, int direction) =>
            _rings.AsSpan((((int)part * Directions) + direction) * _resonances, _resonances);

        /// <summary>Computes the lines of a moment as a filter lets them through.</summary>
        public void Compute(in MachineMoment moment, double cornerHertz)
        {
            MachineOptions machine = _machine;
            _moment = moment;
            Array.Clear(_cosine);
            Array.Clear(_sine);
            Used = Two + 1;
            double omega = 2 * Math.PI * moment.Rpm / 60;
            double underLoad = 0.5 + (0.5 * moment.Load);

            // a = m·e·ω² / M: the force of the unbalance turns with the shaft, so the radial directions see it in quadrature.
            double unbalance = machine.UnbalanceGramMillimetres * KilogramMetresPerGramMillimetre * moment.UnbalanceFactor * Wandering[0]
                * omega * omega / machine.MassKilograms;
            Add(FirstRadial, One, unbalance, 0);
            Add(SecondRadial, One, 0, unbalance * machine.UnbalanceSecondRadial);
            Add(AxialDirection, One, unbalance * machine.UnbalanceAxial, 0);

            // A movement x·cos(2θ) is an acceleration of x·(2ω)².
            double movement = (machine.MisalignmentMicrometres * underLoad) + moment.MisalignmentMicrometres;
            AddMisaligned(Two, movement * Wandering[1] * MetresPerMicrometre * 4 * omega * omega);
            if (moment.MisalignmentMicrometres != 0)
            {
                // The velocity at 1x and 3x as parts of that at 2x: an acceleration is that times the frequency.
                double velocity = moment.MisalignmentMicrometres * Wandering[1] * MetresPerMicrometre * 2 * omega;
                AddMisaligned(One, machine.MisalignmentFirst * velocity * omega);
                AddMisaligned(Three, machine.MisalignmentThird * velocity * 3 * omega);
            }

            if (moment.LoosenessMicrometres != 0)
            {
                AddRattle(moment.LoosenessMicrometres * Wandering[2] * MetresPerMicrometre * omega * omega);
            }

            ComputeHum(cornerHertz);
            ComputeRings(cornerHertz);
            double bandwidth = LowPass.NoiseBandwidthHertz(machine.NoiseHertz, cornerHertz);
            Noise = machine.NoiseDensity * moment.Rpm / ReferenceRpm * Math.Sqrt(bandwidth);
            ApplyFilter(moment.Rpm / 60, cornerHertz);
        }

        /// <summary>Tells the RMS of everything in one direction: root of half the sum of squared amplitudes plus what rings, hums and the noise's variance.</summary>
        public double Rms(int direction)
        {
            double sum = _hum[direction] * _hum[direction] * (1 + (HumModulation * HumModulation / 2)) / 2;
            for (int i = direction * Count; i < (direction + 1) * Count; i++)
            {
                sum += ((_cosine[i] * _cosine[i]) + (_sine[i] * _sine[i])) / 2;
            }

            foreach (BearingPart part in (ReadOnlySpan<BearingPart>)[BearingPart.OuterRace, BearingPart.InnerRace, BearingPart.Ball])
            {
                sum += HasDefect(part) ? ImpactTrain.MeanSquare(_machine, part, _moment.Rpm, Rings(part, direction)) : 0;
            }

            return Math.Sqrt(sum + (Noise * Noise));
        }

        // The transform of a raised cosine, 1 at 0 and 0 at twice the width's reciprocal.
        private static double PulseAt(double order, double width)
        {
            double x = order * width;
            double flank = 1 - (x * x);
            return Math.Abs(flank) < 1e-9 ? 0.5 : x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x) / flank;
        }

        private void AddMisaligned(int line, double axial)
        {
            double radial = axial * _machine.MisalignmentRadial;
            Add(AxialDirection, line, axial, 0);
            Add(FirstRadial, line, radial, 0);
            Add(SecondRadial, line, 0, radial);
        }

        // What is loose strikes once a turn, for a part of the turn, and every second time less hard: all orders, and halves between them.
        private void AddRattle(double strike)
        {
            double halves = _machine.LoosenessAlternation / (2 - _machine.LoosenessAlternation);
            for (int line = 0; line < Count; line++)
            {
                double order = (line + 1) / 2.0;
                double part = strike * PulseAt(order, _machine.LoosenessContact) * (line % 2 == 0 ? halves : 1);
                Add(FirstRadial, line, part / 2, 0);
                Add(SecondRadial, line, part, 0);
                Add(AxialDirection, line, part / 4, 0);
            }
        }

        private void ComputeHum(double cornerHertz)
        {
            double hertz = 2 * _machine.MainsHertz;
            double velocity = (_machine.HumMillimetresPerSecond + _moment.Electrical) * Wandering[4];
            double amplitude = Math.Sqrt(2) * velocity * MetresPerMillimetre * 2 * Math.PI * hertz * LowPass.Gain(hertz, cornerHertz);
            Hums = amplitude != 0 && _moment.Rpm > 0;
            for (int direction = 0; direction < Directions; direction++)
            {
                _hum[direction] = Hums ? amplitude * HumGains[direction] : 0;
            }
        }

        private void ComputeRings(double cornerHertz)
        {
            for (int part = 0; part < Parts; part++)
            {
                double strength = _moment.Defect((BearingPart)part) * Wandering[3] * _moment.Rpm / ReferenceRpm;
                for (int direction = 0; direction < Directions; direction++)
                {
                    for (int i = 0; i < _resonances; i++)
                    {
                        Resonance resonance = _machine.Resonances[i];
                        _rings[(((part * Directions) + direction) * _resonances) + i] =
                            strength * resonance.Gain(direction) * LowPass.Gain(resonance.Hertz, cornerHertz);
                    }
                }
            }
        }

        private void Add(int direction, int line, double cosine, double sine)
        {
            _cosine[(direction * Count) + line] += cosine;
            _sine[(direction * Count) + line] += sine;
            Used = Math.Max(Used, line + 1);
        }

        private void ApplyFilter(double shaftHertz, double cornerHertz)
        {
            for (int line = 0; line < Used; line++)
            {
                double gain = LowPass.Gain((line + 1) / 2.0 * shaftHertz, cornerHertz);
                for (int direction = 0; direction < Directions; direction++)
                {
                    _cosine[(direction * Count) + line] *= gain;
                    _sine[(direction * Count) + line] *= gain;
                }
            }
        }
    }
}
