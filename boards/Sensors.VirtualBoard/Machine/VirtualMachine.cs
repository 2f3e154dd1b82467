using System;
using System.Collections.Generic;

namespace Sensors.VirtualBoard
{
    /// <summary>A rotating machine in closed form: what it shakes, warms and draws follows from time, profiles, faults and a seed.</summary>
    /// <remarks>
    /// <para>With ω = 2π·rpm/60, all in m/s² (amplitudes):</para>
    /// <list type="bullet">
    /// <item>unbalance: a = u·ω²/M at the speed, cosine on the first, sine on the second radial axis, a part of it axial (u in kg·m);</item>
    /// <item>misalignment: a = x·(2ω)² at twice the speed, x times (0.5 + 0.5·load); all of it axial, half of it on each radial axis; a fault
    /// brings lines at the speed and three times that, too;</item>
    /// <item>looseness (fault): a strike in every turn, every second one weaker: x·ω² at 1/2, 1, 1 1/2, ... 10 times the speed, falling with the order
    /// as the contact's length lets it, halves as the strikes alternate; all of it on the second radial axis, half of it on the first;</item>
    /// <item>bearing (faults): a defect strikes at the outer race's, the inner race's or twice the ball's spin frequency, with slip from the seed; each
    /// strike lets every one of <see cref="MachineOptions.Resonances"/> ring with a·rpm/1500 times the gain of the direction; in and out of the load zone
    /// the inner race's go with the shaft, the ball's with the cage;</item>
    /// <item>hum, and electrical (fault): velocity given in mm/s at twice the mains frequency, its strength going with the poles' slip;</item>
    /// <item>process noise: white up to <see cref="MachineOptions.NoiseHertz"/>, density times rpm/1500, on every axis.</item>
    /// </list>
    /// <para>
    /// The shaft's angle is the integral of the speed, so no line jumps when the speed does. Amplitudes wander where the machine's options
    /// say so. A chip's low-pass acts on every line and resonance by its gain at that frequency.
    /// </para>
    /// <para>
    /// Temperature: first order towards ambient + heating·load·rpm/1500. Current: 0 at standstill, else no-load plus what the load takes, with
    /// ripple, and an inrush that dies away after a start from standstill; the supply falls with the current.
    /// </para>
    /// </remarks>
    public sealed class VirtualMachine : ITemperatureSource, ICurrentSource
    {
        private const double CommutatorSegments = 24;

        private readonly List<Fault> _faults = [];
        private readonly ulong[] _wander = new ulong[5];
        private volatile MachineCourse _course;

        /// <summary>Makes a machine.</summary>
        /// <param name="options">What it is like; null for a small healthy motor at 1500 rpm.</param>
        /// <param name="seed">The number its noise comes from.</param>
        /// <exception cref="ArgumentOutOfRangeException">Mass or a time constant is not more than 0.</exception>
        public VirtualMachine(MachineOptions? options = null, ulong seed = 1)
        {
            Options = options ?? new MachineOptions();
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Options.MassKilograms);
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Options.HeatingSeconds);
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Options.InrushSeconds);
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Options.WanderSeconds);
            Seed = seed;
            for (int i = 0; i < _wander.Length; i++)
            {
                _wander[i] = NoiseDraw.DeriveSeed(seed, "wander " + i);
            }

            _course = new MachineCourse(Options, _faults);
            Vibration = VibrationAt(new Mounting());
        }

        /// <summary>Gets what the machine is like.</summary>
        public MachineOptions Options { get; }

        /// <summary>Gets what an accelerometer in the default mounting feels: Y along the shaft, Z up.</summary>
        public IVibrationSource Vibration { get; }

        /// <summary>Gets what a thermometer on the machine touches.</summary>
        public ITemperatureSource Temperature => this;

        /// <summary>Gets what a shunt in the motor's supply carries.</summary>
        public ICurrentSource Current => this;

        internal MachineCourse Course => _course;

        internal ulong Seed { get; }

        /// <summary>Makes what another accelerometer on the machine feels, with process noise of its own.</summary>
        /// <param name="mounting">How it is mounted.</param>
        /// <param name="place">A name for the place; places of one name feel the same noise.</param>
        /// <returns>A source for one chip.</returns>
        public IVibrationSource VibrationAt(Mounting mounting, string place = "vib1")
        {
            ArgumentNullException.ThrowIfNull(mounting);
            return new MachineVibration(this, mounting, NoiseDraw.DeriveSeed(Seed, "process noise at " + place));
        }

        /// <summary>Lays a plan's faults of the machine over its course; those of others are passed over.</summary>
        /// <param name="plan">Faults; their times are virtual.</param>
        public void Apply(IEnumerable<Fault> plan)
        {
            ArgumentNullException.ThrowIfNull(plan);
            lock (_faults)
            {
                _faults.AddRange(plan);
                _course = new MachineCourse(Options, _faults);
            }
        }

        /// <summary>Tells the RMS of an axis' alternating acceleration at constant speed and load, in closed form, without the chip's noise.</summary>
        /// <remarks>
        /// sqrt(Σ (aᵢ·|H(fᵢ)|)² / 2 + strikes + density²·(rpm/1500)²·bandwidth), over the lines above; |H| and bandwidth as <see cref="LowPass"/> states.
        /// Strikes count with the energy of their own ringing; what they add to or take from the ringing of the one before is left out,
        /// and so is wandering.
        /// </remarks>
        /// <param name="axis">The axis.</param>
        /// <param name="rpm">Speed, 0 or more.</param>
        /// <param name="load">Load, 0 to 1.</param>
        /// <param name="cornerHertz">Corner of the accelerometer's low-pass, half its output rate; infinity for what the machine itself does.</param>
        /// <param name="seconds">Time whose faults count; before all of them by default.</param>
        /// <param name="mounting">How the accelerometer is mounted; null for the default.</param>
        /// <returns>m/s².</returns>
        public double ExpectedRms(
            SensorAxis axis,
            double rpm,
            double load,
            double cornerHertz = double.PositiveInfinity,
            double seconds = double.NegativeInfinity,
            Mounting? mounting = null)
        {
            mounting ??= new Mounting();
            var lines = new MachineLines(Options);
            lines.Compute(_course.Disturb(rpm, load, seconds), cornerHertz);
            int direction = axis == mounting.Axial ? MachineLines.AxialDirection
                : axis == mounting.FirstRadial ? MachineLines.FirstRadial : MachineLines.SecondRadial;
            return lines.Rms(direction);
        }

        /// <summary>Tells the mean current at a constant speed and load, without inrush.</summary>
        /// <param name="rpm">Speed, 0 or more.</param>
        /// <param name="load">Load, 0 or more.</param>
        /// <returns>Amperes.</returns>
        public double ExpectedAmperes(double rpm, double load) =>
            rpm > 0 ? Options.NoLoadAmperes + ((Options.FullLoadAmperes - Options.NoLoadAmperes) * load) : 0;

        /// <inheritdoc/>
        public double CelsiusAt(double seconds) => _course.CelsiusAt(seconds);

        /// <inheritdoc/>
        public void At(double seconds, out double amperes, out double volts)
        {
            MachineCourse course = _course;
            MachineMoment moment = course.At(seconds);
            double turns = Options.SpeedRpm.IntegralTo(seconds) / 60;
            double ripple = (Options.CommutatorRipple * Math.Sin(2 * Math.PI * CommutatorSegments * turns))
                + (Options.MainsRipple * Math.Sin(4 * Math.PI * Options.MainsHertz * seconds));
            amperes = (ExpectedAmperes(moment.Rpm, moment.Load) * (1 + ripple)) + course.InrushAt(seconds);
            volts = Options.SupplyVolts - (amperes * Options.SupplyOhms);
        }

        /// <summary>Tells the hum at twice the mains frequency for an amplitude of 1, its strength going with the poles' slip.</summary>
        internal double HumAt(double seconds)
        {
            double mains = 2 * Options.MainsHertz * seconds;
            double poles = Options.PolePassHertz * seconds;
            return (1 + (MachineLines.HumModulation * Math.Cos(2 * Math.PI * (poles - Math.Floor(poles)))))
                * Math.Cos(2 * Math.PI * (mains - Math.Floor(mains)));
        }

        /// <summary>Tells the factors of wandering at a time.</summary>
        internal void WanderAt(double seconds, double[] factors)
        {
            for (int i = 0; i < factors.Length; i++)
            {
                factors[i] = Wander.At(_wander[i], seconds, Options.WanderPercent / 100, Options.WanderSeconds);
            }
        }
    }
}
