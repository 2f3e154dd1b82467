using System;
using System.Collections.Generic;
using System.Globalization;
using Sensors.Mqtt;

namespace Sensors.Edge
{
    /// <summary>Where a collector listens, and as whom.</summary>
    public sealed record CollectorServiceOptions
    {
        /// <summary>Gets the brokers; the next one is tried when one cannot be reached.</summary>
        public IReadOnlyList<BrokerEnd> Brokers { get; init; } = [new BrokerEnd("localhost", 1883)];

        /// <summary>Gets the client identifier under which brokers keep messages while the collector is away. One collector each.</summary>
        public string ClientId { get; init; } = "sensors-collector";

        /// <summary>Gets the first levels of every topic.</summary>
        public string Root { get; init; } = NodeTopic.DefaultRoot;

        /// <summary>Gets the user name, or null.</summary>
        public string? UserName { get; init; }

        /// <summary>Gets the password, or null; needs a user name.</summary>
        public ReadOnlyMemory<byte>? Password { get; init; }

        /// <summary>Gets the TLS settings; null connects without.</summary>
        public MqttTlsOptions? Tls { get; init; }

        /// <summary>Gets the keep-alive.</summary>
        public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(15);

        /// <summary>Gets the most messages of one transaction.</summary>
        public int LargestBatch { get; init; } = 10000;

        /// <summary>Gets by how many milliseconds this computer's clock may be wrong; nodes that ask for the time are told.</summary>
        public int ClockUncertainty { get; init; } = Collector.DefaultUncertainty;
    }

    /// <summary>A broker.</summary>
    /// <param name="Host">Name or address.</param>
    /// <param name="Port">TCP port.</param>
    public readonly record struct BrokerEnd(string Host, int Port)
    {
        /// <inheritdoc/>
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
    }
}
