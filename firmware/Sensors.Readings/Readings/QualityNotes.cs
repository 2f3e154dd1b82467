namespace Sensors.Node
{
    /// <summary>What limits the values of a reading, as bits of <see cref="Quality.Notes"/>. Numbers are stored: they never change.</summary>
    public static class QualityNotes
    {
        /// <summary>Nothing does.</summary>
        public const int None = 0;

        /// <summary>Much of the energy is close to half the sampling rate: what lies above it may be folded into the values.</summary>
        public const int AliasingRisk = 1;

        /// <summary>The measured rate is more than 5 % off the one the chip was set to, or could not be measured.</summary>
        public const int RateError = 2;

        /// <summary>Samples are missing inside the window: there is no spectrum, nor what follows from one.</summary>
        public const int Gap = 4;

        /// <summary>The window is too short for velocity and displacement: less than 0.5 s, or than 5 periods of the band's lower edge.</summary>
        public const int VelocityWindow = 8;

        /// <summary>The rate is too low for the velocity band's upper edge.</summary>
        public const int VelocityRate = 16;

        /// <summary>The window is too short for the envelope's lines: less than 0.5 s.</summary>
        public const int EnvelopeWindow = 32;

        /// <summary>The rate is too low for the envelope's band.</summary>
        public const int EnvelopeRate = 64;

        /// <summary>The window is too short to part the orders of the shaft.</summary>
        public const int OrdersWindow = 128;

        /// <summary>The window is too short for any spectrum.</summary>
        public const int SpectrumWindow = 256;

        /// <summary>The machine stands still: nothing that follows from its speed is told.</summary>
        public const int Standstill = 512;

        /// <summary>The rate or the window does not reach to the current's harmonics or sidebands.</summary>
        public const int CurrentWindow = 1024;

        /// <summary>How many notes there are.</summary>
        public const int Count = 11;
    }

    /// <summary>How a sensor's last self-test went.</summary>
    public enum SelfTestState
    {
        /// <summary>There is none, or it was not run.</summary>
        None = 0,

        /// <summary>The sensor moved as it should.</summary>
        Passed = 1,

        /// <summary>It did not.</summary>
        Failed = 2,
    }
}
