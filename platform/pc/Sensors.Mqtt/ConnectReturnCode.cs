namespace Sensors.Mqtt
{
    /// <summary>Return code of CONNACK (MQTT 3.1.1 §3.2.2.3, Table 3.1). Values are those on the wire.</summary>
    public enum ConnectReturnCode : byte
    {
        /// <summary>Connection accepted.</summary>
        Accepted = 0,

        /// <summary>The server does not support the level of the MQTT protocol requested.</summary>
        UnacceptableProtocolVersion = 1,

        /// <summary>The client identifier is correct UTF-8 but not allowed by the server.</summary>
        IdentifierRejected = 2,

        /// <summary>The connection has been made but the MQTT service is unavailable.</summary>
        ServerUnavailable = 3,

        /// <summary>The data in the user name or password is malformed or wrong.</summary>
        BadUserNameOrPassword = 4,

        /// <summary>The client is not authorised to connect.</summary>
        NotAuthorized = 5,
    }
}
