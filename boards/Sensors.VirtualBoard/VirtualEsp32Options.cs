using System;
using NanoFramework.Pc;

namespace Sensors.VirtualBoard
{
    /// <summary>How a virtual board is set up.</summary>
    public sealed class VirtualEsp32Options
    {
        /// <summary>Gets the board's name, for messages and thread names.</summary>
        public string Name { get; init; } = "board";

        /// <summary>Gets the number everything random on the board comes from.</summary>
        public ulong Seed { get; init; } = 1;

        /// <summary>Gets virtual seconds per real second, more than 0; null runs as fast as the PC can.</summary>
        public double? Pace { get; init; }

        /// <summary>Gets what to pace by; null for the PC's clock.</summary>
        public RealTime? RealTime { get; init; }

        /// <summary>Gets the target name the board reports.</summary>
        public string TargetName { get; init; } = "ESP32_REV3";

        /// <summary>Gets the size of the internal volume in bytes, a multiple of 4096.</summary>
        public int VolumeBytes { get; init; } = PcVolume.DefaultCapacity;

        /// <summary>Gets the folder of the PC that keeps the volume's files; null for memory alone.</summary>
        public string? VolumeFolder { get; init; }

        /// <summary>Gets the true time of day, UTC, at which the board's time starts; time servers tell it, the board does not know it.</summary>
        public DateTime StartUtc { get; init; } = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

        /// <summary>Gets how much too fast the board's crystal runs, in parts per million; -1000 to 1000.</summary>
        public double CrystalErrorPpm { get; init; }

        /// <summary>Gets what managed code and the driver cost on top of the wire, per bus transaction, in microseconds; 0 or more.</summary>
        public double TransactionOverheadMicroseconds { get; init; } = 60;

        /// <summary>Gets how long a transfer waits for a bus held low, in milliseconds.</summary>
        public int I2cTimeoutMilliseconds { get; init; } = 1000;

        /// <summary>Gets the time from power or reset to the firmware's Main, in milliseconds.</summary>
        public int BootMilliseconds { get; init; } = 300;
    }
}
