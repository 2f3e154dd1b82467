using System;

namespace Sensors.VirtualBoard
{
    /// <summary>What a machine shakes with at one moment: lines at multiples of the speed, and noise, in m/s².</summary>
    /// <remarks>Every line is a·cos(order·θ) + b·sin(order·θ) on each of three directions, θ being the shaft's angle.</remarks>
    internal sealed class MachineLines
    {
        public const int Count = 8;
        public const int FirstRadial = 0, SecondRadial = 1, AxialDirection = 2;

        private const int Half = 0, One = 1, Two = 2, Three = 3, Four = 4, Race = 5;
        private const double ReferenceRpm = 1500;
        private const double KilogramMetresPerGramMillimetre = 1e-6;
        private const double MetresPerMicrometre = 1e-6;

        private readonly double[] _order = new double[Count];
        private readonly double[] _cosine = new double[3 * Count];
        private readonly double[] _sine = new double[3 * Count];

        /// <summary>Gets the standard deviation of the process noise behind the filter, the same in every direction.</summary>
        public double Noise { get; private set; }

        /// <summary>Gets whether there are lines of the bearing.</summary>
        public bool HasRace { get; private set; }

        public double Cosine(int direction, int line) => _cosine[(direction * Count) + line];

        public double Sine(int direction, int line) => _sine[(direction * Count) + line];

        /// <summary>Computes the lines of a moment as a filter lets them through.</summary>
        public void Compute(MachineOptions machine, in MachineMoment moment, double cornerHertz)
        {
            Array.Clear(_cosine);
            Array.Clear(_sine);
            double omega = 2 * Math.PI * moment.Rpm / 60;
            double underLoad = 0.5 + (0.5 * moment.Load);
            SetOrders(machine.OuterRaceOrder);

            // a = m·e·ω² / M: the force of the unbalance turns with the shaft, so the radial directions see it in quadrature.
            double unbalance = machine.UnbalanceGramMillimetres * KilogramMetresPerGramMillimetre * moment.UnbalanceFactor
                * omega * omega / machine.MassKilograms;
            Set(FirstRadial, One, unbalance, 0);
            Set(SecondRadial, One, 0, unbalance);

            // A movement x·cos(2θ) is an acceleration of x·(2ω)²; axial mostly, half of it radial.
            double misalignment = ((machine.MisalignmentMicrometres * underLoad) + moment.MisalignmentMicrometres)
                * MetresPerMicrometre * 4 * omega * omega;
            Set(AxialDirection, Two, misalignment, 0);
            Set(FirstRadial, Two, misalignment / 2, 0);
            Set(SecondRadial, Two, 0, misalignment / 2);

            double looseness = moment.LoosenessMicrometres * MetresPerMicrometre * omega * omega;
            foreach (int line in (ReadOnlySpan<int>)[Half, Three, Four])
            {
                Set(FirstRadial, line, looseness / 2, 0);
                Set(SecondRadial, line, looseness, 0);
            }

            double race = moment.Bearing * moment.Rpm / ReferenceRpm;
            HasRace = race != 0;
            for (int harmonic = 0; harmonic < Count - Race; harmonic++)
            {
                double part = race / (1 << harmonic);
                Set(FirstRadial, Race + harmonic, part, 0);
                Set(SecondRadial, Race + harmonic, part, 0);
                Set(AxialDirection, Race + harmonic, part / 2, 0);
            }

            double bandwidth = LowPass.NoiseBandwidthHertz(machine.NoiseHertz, cornerHertz);
            Noise = machine.NoiseDensity * moment.Rpm / ReferenceRpm * Math.Sqrt(bandwidth);
            ApplyFilter(moment.Rpm / 60, cornerHertz);
        }

        /// <summary>Tells the RMS of everything in one direction: root of half the sum of squared amplitudes plus the noise's variance.</summary>
        public double Rms(int direction)
        {
            double sum = 0;
            for (int i = direction * Count; i < (direction + 1) * Count; i++)
            {
                sum += ((_cosine[i] * _cosine[i]) + (_sine[i] * _sine[i])) / 2;
            }

            return Math.Sqrt(sum + (Noise * Noise));
        }

        private void SetOrders(double race)
        {
            _order[Half] = 0.5;
            for (int line = One; line <= Four; line++)
            {
                _order[line] = line;
            }

            for (int line = Race; line < Count; line++)
            {
                _order[line] = race * (line - Race + 1);
            }
        }

        private void Set(int direction, int line, double cosine, double sine)
        {
            _cosine[(direction * Count) + line] = cosine;
            _sine[(direction * Count) + line] = sine;
        }

        private void ApplyFilter(double shaftHertz, double cornerHertz)
        {
            for (int line = 0; line < Count; line++)
            {
                double gain = LowPass.Gain(_order[line] * shaftHertz, cornerHertz);
                for (int direction = 0; direction < 3; direction++)
                {
                    _cosine[(direction * Count) + line] *= gain;
                    _sine[(direction * Count) + line] *= gain;
                }
            }
        }
    }
}
