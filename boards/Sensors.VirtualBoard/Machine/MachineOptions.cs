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

        /// <summary>Gets the axial movement from misalignment at twice the speed, amplitude in µm at full load.</summary>
        public double MisalignmentMicrometres { get; init; } = 0.5;

        /// <summary>Gets the outer race's defect frequency as a multiple of the speed; 3.5848 is a 6205 bearing's.</summary>
        public double OuterRaceOrder { get; init; } = 3.5848;

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

        /// <summary>Gets the ripple of a rectified 50 Hz supply, 100 Hz, as a fraction of the current (amplitude).</summary>
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
