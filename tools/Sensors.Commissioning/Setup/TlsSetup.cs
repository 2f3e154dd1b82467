namespace Sensors.Commissioning
{
    /// <summary>What a node needs to reach its broker by TLS, PEM as in the files.</summary>
    public sealed record TlsSetup
    {
        /// <summary>A plain connection, said on purpose.</summary>
        public static readonly TlsSetup Off = new() { IsOff = true };

        /// <summary>Gets whether there shall be no TLS, whatever a default says.</summary>
        public bool IsOff { get; private init; }

        /// <summary>Gets the certificate that the broker's is checked against; null for the board's own store.</summary>
        public byte[]? Authority { get; init; }

        /// <summary>Gets the node's own certificate; null for none.</summary>
        public byte[]? Certificate { get; init; }

        /// <summary>Gets the private key of <see cref="Certificate"/>; null for none.</summary>
        public byte[]? Key { get; init; }

        /// <summary>Tells nothing of what is inside.</summary>
        /// <returns>Which files there are.</returns>
        public override string ToString() => IsOff ? "off"
            : (Authority is null ? "the board's own authorities" : "own authority") + (Certificate is null ? string.Empty : ", certificate of the node");
    }
}
