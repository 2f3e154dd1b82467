using System;

namespace Sensors.VirtualBoard
{
    /// <summary>Alternating current whose RMS follows another source's current: a motor's supply line.</summary>
    /// <remarks>
    /// A machine's own line also has the motor's harmonics, the sidebands that turn with the shaft (the mains frequency plus and minus the
    /// speed), and those of an electrical fault, which turn with the poles' slip. Sidebands grow with misalignment and unbalance as measured on
    /// a real motor: about -57 dB below the fundamental when it is well aligned, -48 dB half a millimetre off. Half a millimetre in the
    /// coupling is taken to move the shaft by 10 um.
    /// </remarks>
    public sealed class MainsCurrent : ICurrentSource
    {
        private const double SidebandPerMicrometre = 3.75e-4;       // of misalignment: with the healthy floor -48 dB at 10 um
        private const double SidebandPerExcentricity = 2.5e-5;      // per um that the centre of mass runs further out than usual
        private const double PolePassPerMillimetrePerSecond = 3e-3; // of an electrical fault: -40 dB at 3 mm/s
        private const double ThirdPerMillimetrePerSecond = 5e-3;    // phases no longer alike

        private readonly ICurrentSource? _rms;
        private readonly VirtualMachine? _machine;

        /// <summary>Makes a pure sine.</summary>
        /// <param name="rms">Its amperes are taken as the RMS.</param>
        public MainsCurrent(ICurrentSource rms) => _rms = rms;

        /// <summary>Makes the line of a machine's motor, at the machine's mains frequency.</summary>
        /// <param name="machine">Its current without ripple is taken as the RMS of the fundamental.</param>
        public MainsCurrent(VirtualMachine machine)
        {
            ArgumentNullException.ThrowIfNull(machine);
            _machine = machine;
            Hertz = machine.Options.MainsHertz;
        }

        /// <summary>Gets the mains frequency in hertz.</summary>
        public double Hertz { get; init; } = 50;

        /// <inheritdoc/>
        public void At(double seconds, out double amperes, out double volts)
        {
            double cycles = Hertz * seconds;
            cycles -= Math.Floor(cycles);
            double sine = Math.Sqrt(2) * Math.Sin(2 * Math.PI * cycles);
            if (_machine == null)
            {
                _rms!.At(seconds, out double rms, out double supply);
                amperes = rms * sine;
                volts = supply * sine;
                return;
            }

            MachineMoment moment = _machine.Course.At(seconds);
            double fundamental = _machine.ExpectedAmperes(moment.Rpm, moment.Load) + _machine.Course.InrushAt(seconds);
            amperes = fundamental * Wave(_machine.Options, moment, cycles, seconds);
            volts = (_machine.Options.SupplyVolts - (fundamental * _machine.Options.SupplyOhms)) * sine;
        }

        /// <summary>Tells the sidebands the speed away from a machine's fundamental, as a part of it.</summary>
        internal static double SidebandsOf(MachineOptions options, in MachineMoment moment)
        {
            double misaligned = SidebandPerMicrometre * moment.MisalignmentMicrometres;
            double excentricity = options.UnbalanceGramMillimetres / options.MassKilograms * (moment.UnbalanceFactor - 1);
            double unbalanced = SidebandPerExcentricity * Math.Max(0, excentricity);
            return Math.Sqrt((options.Sidebands * options.Sidebands) + (misaligned * misaligned) + (unbalanced * unbalanced));
        }

        // One period of the fundamental, RMS 1, with all that turns with something else.
        private double Wave(MachineOptions options, in MachineMoment moment, double cycles, double seconds)
        {
            double turns = options.SpeedRpm.IntegralTo(seconds) / 60;
            double poles = options.PolePassHertz * seconds;

            // Strength going with the shaft by 2 m is a sideband of m on each side.
            double strength = 1 + (2 * SidebandsOf(options, moment) * Math.Cos(2 * Math.PI * (turns - Math.Floor(turns))))
                + (2 * PolePassPerMillimetrePerSecond * moment.Electrical * Math.Cos(2 * Math.PI * (poles - Math.Floor(poles))));
            double angle = 2 * Math.PI * cycles;
            double third = options.ThirdHarmonic + (ThirdPerMillimetrePerSecond * moment.Electrical);
            return Math.Sqrt(2) * ((strength * Math.Sin(angle)) + (third * Math.Sin(3 * angle))
                + (options.FifthHarmonic * Math.Sin((5 * angle) + Math.PI)) + (options.SeventhHarmonic * Math.Sin(7 * angle)));
        }
    }
}
