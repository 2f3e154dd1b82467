namespace Sensors.Commissioning
{
    /// <summary>What a technician is asked. When a trial fails, its cause says which of them to ask again.</summary>
    public enum Question
    {
        /// <summary>Nothing that an answer could mend: try again, or look at the hardware.</summary>
        None = 0,

        /// <summary>The code on the node's label.</summary>
        Code = 1,

        /// <summary>Which Wi-Fi network.</summary>
        Network = 2,

        /// <summary>The network's password.</summary>
        WifiPassword = 3,

        /// <summary>A fixed address, or DHCP.</summary>
        Address = 4,

        /// <summary>Host and port of the broker.</summary>
        Broker = 5,

        /// <summary>Certificates.</summary>
        Tls = 6,

        /// <summary>User and password at the broker.</summary>
        Login = 7,

        /// <summary>The identifier of the place.</summary>
        Identifier = 8,

        /// <summary>The time server.</summary>
        TimeServer = 9,
    }
}
