namespace Sensors.VirtualBoard
{
    /// <summary>Something that happened to a board.</summary>
    /// <param name="Kind">What.</param>
    /// <param name="Seconds">Virtual time.</param>
    /// <param name="Text">One line about it, for people.</param>
    public sealed record BoardEvent(BoardEventKind Kind, double Seconds, string Text);

    /// <summary>What can happen to a board.</summary>
    public enum BoardEventKind
    {
        /// <summary>The firmware's Main begins, after power, a restart or a power cut.</summary>
        Started,

        /// <summary>The board lost its power.</summary>
        PowerCut,

        /// <summary>The firmware restarted the board.</summary>
        Rebooted,

        /// <summary>Main returned: on a device nothing more happens until somebody resets it.</summary>
        FirmwareReturned,

        /// <summary>Main threw: on a device nothing is printed and nothing more happens until somebody resets it.</summary>
        FirmwareThrew,

        /// <summary>A thread of the firmware other than Main ended by an exception, unseen on a device.</summary>
        ThreadDied,

        /// <summary>The station is associated and has an address.</summary>
        WifiUp,

        /// <summary>The association ended.</summary>
        WifiLost,

        /// <summary>A fault of the plan began.</summary>
        FaultBegan,

        /// <summary>A fault of the plan ended.</summary>
        FaultEnded,
    }
}
