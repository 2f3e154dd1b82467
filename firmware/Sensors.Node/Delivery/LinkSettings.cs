namespace Sensors.Node
{
    /// <summary>Where a node publishes, and as whom.</summary>
    public sealed class LinkSettings
    {
        private string[] _hosts = new string[0];
        private int[] _ports = new int[0];

        /// <summary>Gets or sets the host name or IPv4 address of the broker in use.</summary>
        public string Host { get; set; }

        /// <summary>Gets or sets the port of the broker in use.</summary>
        public int Port { get; set; } = 1883;

        /// <summary>Gets how many brokers there are, in the order they are tried.</summary>
        public int Brokers
        {
            get { return _hosts.Length > 0 ? _hosts.Length : 1; }
        }

        /// <summary>Gets or sets the user, null for none.</summary>
        public string User { get; set; }

        /// <summary>Gets or sets the password, null for none.</summary>
        public string Password { get; set; }

        /// <summary>Gets or sets the MQTT client identifier.</summary>
        public string ClientId { get; set; }

        /// <summary>Gets or sets the keep-alive, in seconds: a silent link is noticed within twice this time.</summary>
        public int KeepAliveSeconds { get; set; } = 12;

        /// <summary>Gets or sets whether the settings are only tried: then the broker does not keep the will for those who come later, and each stage of
        /// connecting ends in time to tell people.</summary>
        public bool IsTrial { get; set; }

        /// <summary>Gets or sets who says that a reading has arrived.</summary>
        public AckMode Acknowledgement { get; set; }

        /// <summary>Gets or sets whether the link is TLS.</summary>
        public bool Secure { get; set; }

        /// <summary>Gets or sets the certificate that the broker's is checked against, PEM or DER; null for the device's own store.</summary>
        public byte[] CaCertificate { get; set; }

        /// <summary>Gets or sets the node's certificate, PEM or DER; null for none.</summary>
        public byte[] ClientCertificate { get; set; }

        /// <summary>Gets or sets the private key of <see cref="ClientCertificate"/>, PEM; null for none.</summary>
        public byte[] ClientKey { get; set; }

        /// <summary>Adds a broker to those that are tried; the first is used first.</summary>
        /// <param name="host">Host name or IPv4 address.</param>
        /// <param name="port">Port.</param>
        public void AddBroker(string host, int port)
        {
            string[] hosts = new string[_hosts.Length + 1];
            int[] ports = new int[hosts.Length];
            for (int i = 0; i < _hosts.Length; i++)
            {
                hosts[i] = _hosts[i];
                ports[i] = _ports[i];
            }

            hosts[_hosts.Length] = host;
            ports[_hosts.Length] = port;
            _hosts = hosts;
            _ports = ports;
            Use(0);
        }

        /// <summary>Chooses a broker.</summary>
        /// <param name="broker">0 and up; counted round.</param>
        public void Use(int broker)
        {
            if (_hosts.Length > 0)
            {
                Host = _hosts[broker % _hosts.Length];
                Port = _ports[broker % _hosts.Length];
            }
        }
    }
}
