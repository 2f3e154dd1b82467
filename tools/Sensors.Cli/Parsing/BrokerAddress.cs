using System;
using System.Globalization;

namespace Sensors.Cli.Parsing
{
    /// <summary>Where a broker listens.</summary>
    /// <param name="Host">Name or address.</param>
    /// <param name="Port">1 to 65535.</param>
    public sealed record BrokerAddress(string Host, int Port)
    {
        /// <summary>The port of MQTT without TLS.</summary>
        public const int DefaultPort = 1883;

        /// <summary>Reads <c>host</c>, <c>host:port</c> or <c>[address]:port</c>.</summary>
        /// <param name="text">The text.</param>
        /// <returns>The address.</returns>
        /// <exception cref="FormatException">It is none; the message says why.</exception>
        public static BrokerAddress Parse(string text)
        {
            ArgumentNullException.ThrowIfNull(text);
            if (text.Contains("//", StringComparison.Ordinal))
            {
                throw new FormatException($"'{text}' is a URL; write host:port.");
            }

            string host = text;
            string? port = null;
            int bracket = text.StartsWith('[') ? text.IndexOf(']') : -1;
            int colon = text.LastIndexOf(':');
            if (bracket > 0)
            {
                host = text[1..bracket];
                port = colon > bracket ? text[(colon + 1)..] : null;
            }
            else if (colon >= 0)
            {
                host = text[..colon];
                port = text[(colon + 1)..];
            }

            if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            {
                throw new FormatException($"'{text}' is not host:port.");
            }

            if (port is null)
            {
                return new BrokerAddress(host, DefaultPort);
            }

            return int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= 1 and <= 65535
                ? new BrokerAddress(host, number)
                : throw new FormatException($"'{port}' is not a port from 1 to 65535.");
        }

        /// <inheritdoc/>
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':') ? $"[{Host}]" : Host)}:{Port}");
    }
}
