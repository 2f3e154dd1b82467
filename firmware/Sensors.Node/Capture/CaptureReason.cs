namespace Sensors.Node
{
    /// <summary>Why a capture was taken. Numbers are sent: they never change.</summary>
    public enum CaptureReason
    {
        /// <summary>Somebody asked for it.</summary>
        Command = 1,

        /// <summary>An alarm began.</summary>
        Alarm = 2,
    }
}
