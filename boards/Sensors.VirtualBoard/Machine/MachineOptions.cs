using System.Collections.Generic;

namespace Sensors.VirtualBoard
{
    /// <summary>A machine: how it is driven, how good it is, how it is mounted and warmed. Defaults: a small motor with fan, healthy.</summary>
    public sealed class MachineOptions
    {
        /// <summary>Gets the speed in revolutions per minute over time.</summary>
        public Profile SpeedRpm { get; init; } = Profile.Constant(1500);

        /// <summary>Gets the load over time; 0 is none, 1 full.</summary>
        public Profile Load { get; init; } = Profile.Constant(0.5);

        /// <summary>Gets the residual unbalance in g·mm.</summary>
        public double UnbalanceGramMillimetres { get; init; } = 200;

        /// <summary>Gets the mass the unbalance moves, in kg, more than 0.</summary>
        public double MassKilograms { get; init; } = 10;

        /// <summary>Gets how much more the second radial direction gives way to the unbalance than the first; feet are stiffer one way than the other.</summary>
        public double UnbalanceSecondRadial { get; init; } = 1;

        /// <summary>Gets what the axial direction gets of the unbalance, as a part of the first radial one's: some on an overhung rotor.</summary>
        public double UnbalanceAxial { get; init; }

        /// <summary>Gets the axial movement from misalignment at twice the speed, amplitude in µm at full load.</summary>
        public double MisalignmentMicrometres { get; init; } = 0.5;

        /// <summary>Gets the velocity at the speed that a fault of alignment brings, as a part of that at twice the speed.</summary>
        public double MisalignmentFirst { get; init; } = 0.4;

        /// <summary>Gets the velocity at three times the speed that a fault of alignment brings, as a part of that at twice the speed.</summary>
        public double MisalignmentThird { get; init; } = 0.25;

        /// <summary>Gets what of the axial movement from misalignment the radial directions get.</summary>
        public double MisalignmentRadial { get; init; } = 0.5;

        /// <summary>Gets for how much of a turn a loose part is in contact when it strikes; the less, the higher the orders.</summary>
        public double LoosenessContact { get; init; } = 0.2;

        /// <summary>Gets how much weaker every second strike of a loose part is, 0 to 1; what makes half orders.</summary>
        public double LoosenessAlternation { get; init; } = 0.6;

        /// <summary>Gets the bearing.</summary>
        public RollingBearing Bearing { get; init; } = new();

        /// <summary>Gets what rings when the bearing strikes, and how it comes to the accelerometer.</summary>
        public IReadOnlyList<Resonance> Resonances { get; init; } =
            [new Resonance(1400, 0.04, 0.5, 0.6, 0.3), new Resonance(3600, 0.025, 0.8, 1, 0.5)];

        /// <summary>Gets how much lines and strikes wander about their means, standard deviation in percent.</summary>
        public double WanderPercent { get; init; }

        /// <summary>Gets the time in which they do, in seconds, more than 0.</summary>
        public double WanderSeconds { get; init; } = 30;

        /// <summary>Gets the density of the process noise at 1500 rpm in m/s² per root hertz; it grows with the speed.</summary>
        public double NoiseDensity { get; init; } = 0.004;

        /// <summary>Gets where the process noise ends, in hertz.</summary>
        public double NoiseHertz { get; init; } = 5000;

        /// <summary>Gets the ambient temperature in degrees Celsius.</summary>
        public double AmbientCelsius { get; init; } = 22;

        /// <summary>Gets the temperature at time 0 in degrees Celsius; null for ambient.</summary>
        public double? StartCelsius { get; init; }

        /// <summary>Gets how much the machine warms over ambient in the end at full load and 1500 rpm, in degrees Celsius.</summary>
        public double HeatingCelsius { get; init; } = 40;

        /// <summary>Gets the time in which 63 % of a change of temperature happen, in seconds, more than 0.</summary>
        public double HeatingSeconds { get; init; } = 600;

        /// <summary>Gets the motor's current without load, in amperes.</summary>
        public double NoLoadAmperes { get; init; } = 0.6;

        /// <summary>Gets the motor's current at full load, in amperes.</summary>
        public double FullLoadAmperes { get; init; } = 3.2;

        /// <summary>Gets the ripple of the commutator, 24 times the speed, as a fraction of the current (amplitude).</summary>
        public double CommutatorRipple { get; init; } = 0.05;

        /// <summary>Gets the mains frequency in hertz.</summary>
        public double MainsHertz { get; init; } = 50;

        /// <summary>Gets how fast the rotor's slip carries it past the stator's poles, in hertz: the distance of the sidebands of an electrical fault.</summary>
        public double PolePassHertz { get; init; } = 1.5;

        /// <summary>Gets the hum of a healthy motor at twice the mains frequency, velocity RMS in mm/s.</summary>
        public double HumMillimetresPerSecond { get; init; }

        /// <summary>Gets the third harmonic of a motor's current from the mains, as a part of the fundamental.</summary>
        public double ThirdHarmonic { get; init; } = 0.007;

        /// <summary>Gets the fifth harmonic of a motor's current from the mains, as a part of the fundamental.</summary>
        public double FifthHarmonic { get; init; } = 0.036;

        /// <summary>Gets the seventh harmonic of a motor's current from the mains, as a part of the fundamental.</summary>
        public double SeventhHarmonic { get; init; } = 0.012;

        /// <summary>Gets the sidebands of a healthy motor's current, the speed away from the fundamental, as a part of it; 0.00136 is -57.3 dB.</summary>
        public double Sidebands { get; init; } = 0.00136;

        /// <summary>Gets the ripple of a rectified supply, at twice the mains frequency, as a fraction of the current (amplitude).</summary>
        public double MainsRipple { get; init; }

        /// <summary>Gets the extra current at a start from standstill, in amperes.</summary>
        public double InrushAmperes { get; init; } = 4;

        /// <summary>Gets the time in which the inrush falls to 37 %, in seconds, more than 0.</summary>
        public double InrushSeconds { get; init; } = 0.15;

        /// <summary>Gets the supply without load, in volts.</summary>
        public double SupplyVolts { get; init; } = 24;

        /// <summary>Gets the resistance of supply and cable, in ohms.</summary>
        public double SupplyOhms { get; init; } = 0.2;
    }
}
