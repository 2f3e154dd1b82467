namespace Sensors.Cli.VirtualNodes
{
    /// <summary>What a virtual node needs for TLS, as it lies on a real node's volume: PEM.</summary>
    public sealed record NodeTls
    {
        /// <summary>Gets the certificate that the broker's is checked against.</summary>
        public required byte[] Authority { get; init; }

        /// <summary>Gets the node's certificate; null for none.</summary>
        public byte[]? Certificate { get; init; }

        /// <summary>Gets its private key; null for none.</summary>
        public byte[]? Key { get; init; }
    }
}
