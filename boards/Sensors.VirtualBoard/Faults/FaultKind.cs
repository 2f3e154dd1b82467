using System;
using System.Collections.Generic;

namespace Sensors.VirtualBoard
{
    /// <summary>Who a fault happens to.</summary>
    public enum FaultTarget
    {
        /// <summary>The machine.</summary>
        Machine,

        /// <summary>One chip, named in the fault.</summary>
        Chip,

        /// <summary>The board: its power, its radio, the time server behind it.</summary>
        Board,

        /// <summary>The broker; whoever owns it carries the fault out.</summary>
        Broker,
    }

    /// <summary>A kind of fault a plan can name.</summary>
    /// <param name="Name">The word in the plan.</param>
    /// <param name="Target">Who it happens to.</param>
    /// <param name="ValueName">What its value means, with the unit; empty when it takes none.</param>
    /// <param name="Minimum">Smallest value allowed.</param>
    /// <param name="Maximum">Largest value allowed.</param>
    /// <param name="DefaultValue">The value when the plan gives none; NaN when it must.</param>
    /// <param name="Help">One line for people.</param>
    public sealed record FaultKind(
        string Name,
        FaultTarget Target,
        string ValueName,
        double Minimum,
        double Maximum,
        double DefaultValue,
        string Help)
    {
        /// <summary>Gets every kind there is, in the order help shows them.</summary>
        public static IReadOnlyList<FaultKind> All { get; } =
        [
            new("unbalance", FaultTarget.Machine, "factor", 0, 100, 4, "multiplies the rotor's residual unbalance"),
            new("misalignment", FaultTarget.Machine, "um", 0, 500, 10, "adds an axial movement at twice the speed, in um, and less at 1x and 3x"),
            new("looseness", FaultTarget.Machine, "um", 0, 500, 20, "lets a part strike in every turn: lines at 1/2, 1, 1 1/2, ... 10 times the speed"),
            new("bearing", FaultTarget.Machine, "m/s2", 0, 500, 5, "the same as outer-race"),
            new("outer-race", FaultTarget.Machine, "m/s2", 0, 500, 5, "lets every ball strike a defect of the outer race, so hard at 1500 rpm"),
            new("inner-race", FaultTarget.Machine, "m/s2", 0, 500, 5, "the same of the inner race, which carries load once a turn"),
            new("ball", FaultTarget.Machine, "m/s2", 0, 500, 5, "the same of a ball, which strikes both races and goes round with the cage"),
            new("electrical", FaultTarget.Machine, "mm/s", 0, 50, 3, "adds hum at twice the mains frequency, and sidebands to the motor's current"),
            new("overheat", FaultTarget.Machine, "degC", 0, 200, 30, "heats the machine by this much in the end, more slowly than at once"),
            new("overload", FaultTarget.Machine, "load", 0, 2, 0.5, "adds to the load, 1 is full load"),
            new("nack", FaultTarget.Chip, "", 0, 0, 0, "lets the chip not answer"),
            new("hold", FaultTarget.Chip, "", 0, 0, 0, "lets the chip hold its I2C bus, so that every transfer on it times out"),
            new("stuck", FaultTarget.Chip, "", 0, 0, 0, "lets every measurement repeat the last one"),
            new("identity", FaultTarget.Chip, "register", 0, 65535, -1, "lets the chip tell another identity; without a value that of a relative"),
            new("brownout", FaultTarget.Chip, "", 0, 0, 0, "puts every register of the chip back to its reset value, once"),
            new("rate", FaultTarget.Chip, "percent", -50, 50, double.NaN, "lets the chip's own clock run faster by this much"),
            new("miso", FaultTarget.Chip, "byte", 0, 255, 0, "fixes the chip's SPI output, 0 low, 255 high"),
            new("selftest", FaultTarget.Chip, "axes", 1, 7, 7, "lets the self-test move nothing; 1 for X, 2 for Y, 4 for Z, added up"),
            new("wifi", FaultTarget.Board, "", 0, 0, 0, "silences every access point"),
            new("time", FaultTarget.Board, "", 0, 0, 0, "blocks the time server"),
            new("power", FaultTarget.Board, "", 0, 0, 0, "cuts the board's power; without a duration for 1 s"),
            new("broker", FaultTarget.Broker, "", 0, 0, 0, "stops the broker"),
        ];

        /// <summary>Finds a kind by its word.</summary>
        /// <param name="name">The word, in lower case.</param>
        /// <returns>The kind; null when there is none of that name.</returns>
        public static FaultKind? Find(string name)
        {
            foreach (FaultKind kind in All)
            {
                if (string.Equals(kind.Name, name, StringComparison.Ordinal))
                {
                    return kind;
                }
            }

            return null;
        }
    }
}
