using System;
using System.Linq;

namespace Sensors.VirtualBoard
{
    /// <summary>What a record holds.</summary>
    public enum SignalQuantity
    {
        /// <summary>Acceleration, kept in g.</summary>
        Acceleration,

        /// <summary>Temperature, kept in degrees Celsius.</summary>
        Temperature,

        /// <summary>Current, kept in amperes.</summary>
        Current,

        /// <summary>Voltage, kept in volts.</summary>
        Voltage,
    }

    /// <summary>A unit a record may come in.</summary>
    /// <param name="Name">As the user writes it.</param>
    /// <param name="Quantity">What it measures.</param>
    /// <param name="Factor">How much of the kept unit one of it is.</param>
    public sealed record SignalUnit(string Name, SignalQuantity Quantity, double Factor)
    {
        private const double StandardGravity = 9.80665;

        private static readonly SignalUnit[] All =
        [
            new("g", SignalQuantity.Acceleration, 1),
            new("mg", SignalQuantity.Acceleration, 0.001),
            new("m/s2", SignalQuantity.Acceleration, 1 / StandardGravity),
            new("degC", SignalQuantity.Temperature, 1),
            new("A", SignalQuantity.Current, 1),
            new("mA", SignalQuantity.Current, 0.001),
            new("V", SignalQuantity.Voltage, 1),
            new("mV", SignalQuantity.Voltage, 0.001),
        ];

        /// <summary>Reads a unit.</summary>
        /// <param name="name">g, mg, m/s2, degC, A, mA, V or mV.</param>
        /// <returns>The unit.</returns>
        /// <exception cref="RecordException">There is no such unit.</exception>
        public static SignalUnit Parse(string name) =>
            Array.Find(All, unit => unit.Name == name)
            ?? throw new RecordException($"'{name}' is no unit. Allowed: {string.Join(", ", All.Select(unit => unit.Name))}.");
    }
}
