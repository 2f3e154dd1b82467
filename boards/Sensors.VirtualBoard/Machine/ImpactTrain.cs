using System;
using System.Collections.Generic;

namespace Sensors.VirtualBoard
{
    /// <summary>The strikes of one bearing defect, and how the structure rings from them: what each of its resonances does at a time.</summary>
    /// <remarks>
    /// <para>
    /// Strike k comes when the shaft has turned (k + sigma * walk(k)) / order times, so every interval is a little longer or shorter and the
    /// differences add up, as cages slip. A strike of strength s rings as s * exp(-d t) * cos(w t + p), p = atan(d / w): so its integral is 0. What was
    /// struck comes back to where it was, and a strike leaves nothing at low frequencies; with a sine, a few g would read as mm/s.
    /// </para>
    /// <para>
    /// Between two strikes a resonance rings freely, so it is one complex number at the last strike, turned and damped since: the sum over
    /// the strikes that can still be heard, always the same ones in the same order. What is told is the same bits, whoever asks when.
    /// </para>
    /// </remarks>
    internal sealed class ImpactTrain
    {
        private const double HeardFor = 9;          // decay times: to 1/8000
        private const double StrengthSpread = 0.1;  // of strikes among themselves
        private const double SecondRace = 0.7;      // what an element's defect does on the inner race, further from the housing
        private const int Remembered = 64;
        private const int Averaged = 256;

        private readonly BearingPart _part;
        private readonly RollingBearing _bearing;
        private readonly Profile _speed;
        private readonly ulong _walk;
        private readonly ulong _strength;
        private readonly double _order;
        private readonly double _jitter;
        private readonly double _phase;
        private readonly double[] _decay;
        private readonly double[] _omega;
        private readonly double[] _phases;
        private readonly double _horizon;

        // The last strikes by their number modulo the length, and the resonances at the latest.
        private readonly double[] _times = new double[Remembered];
        private readonly double[] _strengths = new double[Remembered];
        private readonly double[] _real;
        private readonly double[] _imaginary;
        private long _strike = long.MinValue;
        private double _since;
        private double _until;

        public ImpactTrain(MachineOptions machine, BearingPart part, ulong seed)
        {
            _part = part;
            _bearing = machine.Bearing;
            _speed = machine.SpeedRpm;
            _order = Order(machine.Bearing, part);
            _jitter = machine.Bearing.JitterPercent / 100;
            _walk = NoiseDraw.DeriveSeed(seed, "slip of " + part);
            _strength = NoiseDraw.DeriveSeed(seed, "strikes of " + part);
            _phase = (NoiseDraw.DeriveSeed(seed, "place of " + part) >> 11) * (1.0 / (1L << 53));
            IReadOnlyList<Resonance> resonances = machine.Resonances;
            _decay = new double[resonances.Count];
            _omega = new double[resonances.Count];
            _phases = new double[resonances.Count];
            _real = new double[resonances.Count];
            _imaginary = new double[resonances.Count];
            for (int i = 0; i < resonances.Count; i++)
            {
                _decay[i] = Decay(resonances[i]);
                _omega[i] = Omega(resonances[i]);
                _phases[i] = Phase(resonances[i]);
                _horizon = Math.Max(_horizon, HeardFor / _decay[i]);
            }
        }

        /// <summary>Tells how often per turn of the shaft a part's defect strikes.</summary>
        public static double Order(RollingBearing bearing, BearingPart part) => part switch
        {
            BearingPart.OuterRace => bearing.OuterRaceOrder,
            BearingPart.InnerRace => bearing.InnerRaceOrder,
            _ => bearing.TwiceBallSpinOrder,
        };

        /// <summary>Tells the mean square of a defect of strength 1 in one direction, with each resonance's own gain.</summary>
        /// <remarks>
        /// Strikes per second times the mean square of their strength times the integral of one strike's squared ringing, in closed form. What
        /// a strike finds left of the one before is taken to be as often with it as against it.
        /// </remarks>
        public static double MeanSquare(MachineOptions machine, BearingPart part, double rpm, ReadOnlySpan<double> gains)
        {
            double integral = 0;
            for (int i = 0; i < gains.Length; i++)
            {
                for (int j = 0; j < gains.Length; j++)
                {
                    double decay = Decay(machine.Resonances[i]) + Decay(machine.Resonances[j]);
                    double apart = Omega(machine.Resonances[i]) - Omega(machine.Resonances[j]);
                    double together = Omega(machine.Resonances[i]) + Omega(machine.Resonances[j]);
                    double phase = Phase(machine.Resonances[i]);
                    double other = Phase(machine.Resonances[j]);
                    integral += gains[i] * gains[j] / 2 * (Integral(decay, apart, phase - other) + Integral(decay, together, phase + other));
                }
            }

            double strength = 0;
            for (int i = 0; i < Averaged; i++)
            {
                double load = part == BearingPart.OuterRace ? 1 : machine.Bearing.LoadAt((double)i / Averaged);
                strength += load * load / Averaged;
            }

            strength *= 1 + (StrengthSpread * StrengthSpread);
            strength *= part == BearingPart.Ball ? (1 + (SecondRace * SecondRace)) / 2 : 1;
            return Order(machine.Bearing, part) * rpm / 60 * strength * integral;
        }

        /// <summary>Tells what each resonance does at a time, for a defect of strength 1.</summary>
        /// <param name="seconds">Virtual time.</param>
        /// <param name="turns">Turns of the shaft until then.</param>
        /// <param name="rings">Receives a value for each resonance.</param>
        public void Ring(double seconds, double turns, Span<double> rings)
        {
            if (!(seconds >= _since && seconds < _until))
            {
                Follow(seconds, turns);
            }

            double passed = seconds - _since;
            for (int i = 0; i < rings.Length; i++)
            {
                if (_strike < 0)
                {
                    rings[i] = 0;
                    continue;
                }

                (double sine, double cosine) = Math.SinCos(_omega[i] * passed);
                rings[i] = Math.Exp(-_decay[i] * passed) * ((_real[i] * cosine) - (_imaginary[i] * sine));
            }
        }

        private static double Decay(Resonance resonance) => resonance.Damping * 2 * Math.PI * resonance.Hertz;

        private static double Omega(Resonance resonance) =>
            2 * Math.PI * resonance.Hertz * Math.Sqrt(1 - (resonance.Damping * resonance.Damping));

        // Makes the integral of exp(-d t) cos(w t + p) vanish.
        private static double Phase(Resonance resonance) => Math.Atan2(Decay(resonance), Omega(resonance));

        // Of exp(-decay t) cos(omega t + phase), from 0 on.
        private static double Integral(double decay, double omega, double phase) =>
            ((decay * Math.Cos(phase)) - (omega * Math.Sin(phase))) / ((decay * decay) + (omega * omega));

        private void Follow(double seconds, double turns)
        {
            long strike;
            if (_strike >= 0 && seconds >= _until && seconds < TimeOf(_strike + 2))
            {
                strike = _strike + 1;
                Remember(strike);
            }
            else
            {
                strike = StrikeBefore(turns * _order);
                for (long i = Math.Max(0, strike - Remembered + 1); i <= strike; i++)
                {
                    Remember(i);
                }
            }

            _strike = strike;
            _since = strike < 0 ? double.NegativeInfinity : _times[strike % Remembered];
            _until = TimeOf(strike + 1);
            if (strike >= 0)
            {
                Gather();
            }
        }

        private long StrikeBefore(double place)
        {
            long strike = (long)Math.Floor(place);
            strike = (long)Math.Floor(place - (_jitter * RandomWalk.At(_walk, Math.Max(0, strike))));
            while (strike >= 0 && PlaceOf(strike) > place)
            {
                strike--;
            }

            strike = Math.Max(-1, strike);
            while (PlaceOf(strike + 1) <= place)
            {
                strike++;
            }

            return strike;
        }

        private double PlaceOf(long strike) => strike + (_jitter * RandomWalk.At(_walk, strike));

        private double TimeOf(long strike) => _speed.TimeOf(60 * PlaceOf(strike) / _order);

        private void Remember(long strike)
        {
            double turns = PlaceOf(strike) / _order;
            double strength = Math.Max(0, 1 + (StrengthSpread * new NoiseDraw(_strength, strike).Next()));
            strength *= _part switch
            {
                BearingPart.OuterRace => 1,
                BearingPart.InnerRace => _bearing.LoadAt(turns + _phase),
                _ => _bearing.LoadAt((turns * _bearing.CageOrder) + _phase) * ((strike & 1) == 0 ? 1 : SecondRace),
            };
            _times[strike % Remembered] = _speed.TimeOf(60 * turns);
            _strengths[strike % Remembered] = strength;
        }

        private void Gather()
        {
            long first = _strike;
            while (first > 0 && _strike - first < Remembered - 1 && _since - _times[(first - 1) % Remembered] < _horizon)
            {
                first--;
            }

            for (int i = 0; i < _real.Length; i++)
            {
                double real = 0;
                double imaginary = 0;
                for (long strike = first; strike <= _strike; strike++)
                {
                    double passed = _since - _times[strike % Remembered];
                    double left = _strengths[strike % Remembered] * Math.Exp(-_decay[i] * passed);
                    (double sine, double cosine) = Math.SinCos((_omega[i] * passed) + _phases[i]);
                    real += left * cosine;
                    imaginary += left * sine;
                }

                _real[i] = real;
                _imaginary[i] = imaginary;
            }
        }
    }
}
