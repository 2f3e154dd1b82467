namespace Sensors.Cli.Errors
{
    /// <summary>What the command's exit code says. The numbers never change their meaning.</summary>
    public static class ExitCode
    {
        /// <summary>Done, and nothing to object to.</summary>
        public const int Ok = 0;

        /// <summary>The command did its work, and what it found is bad: an invalid identifier, a gap, no reading.</summary>
        public const int Finding = 1;

        /// <summary>The command line cannot be carried out as it was written.</summary>
        public const int Usage = 2;

        /// <summary>Something outside failed: a broker, a file, a port.</summary>
        public const int Environment = 3;

        /// <summary>The command itself failed: a defect of sensorctl or of the firmware it ran.</summary>
        public const int Defect = 4;

        /// <summary>Stopped by Ctrl-C, tidily. 128 + 2, as shells count.</summary>
        public const int Interrupted = 130;
    }
}
