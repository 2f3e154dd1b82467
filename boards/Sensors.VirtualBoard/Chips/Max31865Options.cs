namespace Sensors.VirtualBoard
{
    /// <summary>What is soldered around one MAX31865, and how it differs from the ideal part.</summary>
    public sealed class Max31865Options
    {
        /// <summary>Gets the reference resistor in ohms: 430 on PT100 boards, 4300 on PT1000 boards; the data sheet suggests 400 and 4000.</summary>
        public double ReferenceOhms { get; init; } = 430;

        /// <summary>Gets the probe's resistance at 0 °C: 100 for a PT100, 1000 for a PT1000.</summary>
        public double ProbeOhms { get; init; } = 100;

        /// <summary>Gets how the probe is wired and the board's jumpers are set: 2, 3 or 4 wires.</summary>
        public int Wires { get; init; } = 4;

        /// <summary>Gets the resistance of each wire to the probe, in ohms.</summary>
        public double WireOhms { get; init; }

        /// <summary>Gets the time constant of the filter at the inputs, in microseconds: 100 nF for a PT100 give about 50.</summary>
        public double FilterMicroseconds { get; init; } = 50;

        /// <summary>Gets the noise of one conversion in digits, standard deviation. Assumed: the data sheet's figure was not seen.</summary>
        public double NoiseLsb { get; init; } = 0.3;

        /// <summary>Gets how much faster than typical the part converts, in parts per million.</summary>
        public double RateErrorPpm { get; init; }
    }
}
