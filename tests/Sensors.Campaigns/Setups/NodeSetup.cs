using System;
using Sensors.VirtualBoard;

namespace Sensors.Campaigns
{
    /// <summary>What a point measures, and so how its readings are judged.</summary>
    public enum Quantity
    {
        /// <summary>Acceleration, three axes.</summary>
        Vibration,

        /// <summary>Temperature.</summary>
        Temperature,

        /// <summary>Direct current.</summary>
        Current,

        /// <summary>Alternating current.</summary>
        AlternatingCurrent,
    }

    /// <summary>One chip on one wire, as the node has it.</summary>
    /// <param name="Name">Chip and wire, such as <c>TMP117 I2C</c>.</param>
    /// <param name="Quantity">What it measures.</param>
    /// <param name="IsSpi">Whether it is on SPI.</param>
    /// <param name="Declaration">What stands behind <c>sensor=</c> in the node's settings; its first word is the point.</param>
    /// <param name="Wire">Makes the virtual chip on a board, free of noise, and gives it what it measures.</param>
    /// <param name="FullScaleG">For vibration, the range the node sets, in g.</param>
    public sealed record NodeSetup(
        string Name, Quantity Quantity, bool IsSpi, string Declaration, Func<CampaignBoard, KnownProcess, VirtualChip> Wire, double FullScaleG = 16);
}
