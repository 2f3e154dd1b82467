using System;
using System.Collections.Generic;
using System.Globalization;
using Sensors.VirtualBoard;

namespace Sensors.Campaigns
{
    /// <summary>What ails a machine, how badly a maintenance engineer would call developed, and how one says it to the virtual machine.</summary>
    /// <param name="Hint">The word the node has for it.</param>
    /// <param name="Unit">What its severity is in.</param>
    /// <param name="Least">The least severity that counts as developed.</param>
    /// <param name="Most">The most that is drawn.</param>
    /// <param name="IsBearing">Whether only a fast accelerometer can see it.</param>
    /// <param name="Fault">Gives the faults of a severity, at a machine running at a speed in rpm.</param>
    internal sealed record MachineState(
        string Hint, string Unit, double Least, double Most, bool IsBearing, Func<MachineOptions, double, double, IEnumerable<string>> Fault)
    {
        private const double MillimetresPerMetre = 1000;
        private const double StandardGravity = 9.80665;
        private const double ReferenceRpm = 1500; // that strikes are named for

        /// <summary>Gets the healthy state, then the faults.</summary>
        public static IReadOnlyList<MachineState> All { get; } =
        [
            new("healthy", "-", 0, 0, false, (_, _, _) => []),
            new("unbalance", "mm/s RMS at 1x, radial", 4, 12, false, (machine, rpm, v) => [Text("unbalance", v / UnbalanceVelocity(machine, rpm))]),
            new("misalignment", "mm/s RMS at 2x, axial", 3, 9, false, (_, rpm, v) => [Text("misalignment", Micrometres(v, 2 * rpm))]),
            new("looseness", "mm/s RMS at 1x, radial", 2.5, 7, false, (_, rpm, v) => [Text("looseness", Micrometres(v, rpm))]),
            new("outer-race", "g peak of a strike", 1, 10, true, (_, rpm, g) => [Text("outer-race", g * StandardGravity * ReferenceRpm / rpm)]),
            new("inner-race", "g peak of a strike", 1.5, 12, true, (_, rpm, g) => [Text("inner-race", g * StandardGravity * ReferenceRpm / rpm)]),
            new("electrical", "mm/s RMS at 2x mains", 3, 9, false, (_, _, v) => [Text("electrical", v)]),
        ];

        /// <summary>Tells the velocity of a machine's residual unbalance, in mm/s RMS.</summary>
        public static double UnbalanceVelocity(MachineOptions machine, double rpm) =>
            machine.UnbalanceGramMillimetres * 1e-6 / machine.MassKilograms * Omega(rpm) / Math.Sqrt(2) * MillimetresPerMetre;

        /// <summary>Tells the amplitude in um of a movement at so many cycles per minute, from its velocity in mm/s RMS.</summary>
        public static double Micrometres(double velocity, double rpm) => velocity * Math.Sqrt(2) / Omega(rpm) * 1000;

        /// <summary>Tells the angular velocity of a speed.</summary>
        public static double Omega(double rpm) => 2 * Math.PI * rpm / 60;

        private static string Text(string fault, double value) => string.Create(CultureInfo.InvariantCulture, $"{fault}={value:F6}@0s");
    }
}
