using System;
using Sensors.Node;

namespace Sensors.Identification
{
    /// <summary>What the label of a machine says: which place it is, and which node watches it.</summary>
    public sealed record MachineLabel
    {
        /// <summary>Gets the identifier: the content of the QR code, unless there is a <see cref="Domain"/>.</summary>
        public required Identifier Identifier { get; init; }

        /// <summary>Gets the node's name, such as <c>sensors-3F2A1C</c>; null leaves it out.</summary>
        public string? Node { get; init; }

        /// <summary>Gets what people call the machine; null leaves it out.</summary>
        public string? Machine { get; init; }

        /// <summary>Gets the day of pairing; null leaves it out.</summary>
        public DateOnly? Date { get; init; }

        /// <summary>Gets the domain of the links, such as <c>id.example.cn</c>; null for the bare identifier.</summary>
        public string? Domain { get; init; }

        /// <summary>Gets what the QR code holds: the identifier, or a link in the manner of IEC 61406: <c>https://domain/identifier</c>.</summary>
        /// <exception cref="LabelException">The domain is none.</exception>
        public string Content => Domain is null ? Identifier.Text : $"https://{Host(Domain)}/{Identifier.Text}";

        private static string Host(string domain) =>
            domain.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(domain) == UriHostNameType.Dns
                ? domain.ToLowerInvariant()
                : throw new LabelException($"'{domain}' is no domain: write it as id.example.cn.");
    }
}
