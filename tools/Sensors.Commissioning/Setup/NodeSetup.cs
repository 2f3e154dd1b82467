using System.Collections.Generic;
using System.Linq;

namespace Sensors.Commissioning
{
    /// <summary>What a node shall be told, as far as it is known: all of <c>docs/settings.md</c>. Null is not known, or left to the node's default.</summary>
    public sealed record NodeSetup
    {
        /// <summary>Gets the identifier of the place on the machine.</summary>
        public string? Id { get; init; }

        /// <summary>Gets the networks, tried in this order.</summary>
        public IReadOnlyList<WifiSetup>? Networks { get; init; }

        /// <summary>Gets the brokers, <c>host</c> or <c>host:port</c>, tried in this order.</summary>
        public IReadOnlyList<string>? Brokers { get; init; }

        /// <summary>Gets what TLS needs; <see cref="TlsSetup.Off"/> or null for a plain connection.</summary>
        public TlsSetup? Tls { get; init; }

        /// <summary>Gets what TLS needs; null for a plain connection.</summary>
        public TlsSetup? Secure => Tls is { IsOff: false } tls ? tls : null;

        /// <summary>Gets the user at the broker; empty for none although a default names one.</summary>
        public string? User { get; init; }

        /// <summary>Gets the password at the broker.</summary>
        public string? Password { get; init; }

        /// <summary>Gets the first levels of every topic.</summary>
        public string? Root { get; init; }

        /// <summary>Gets who says that a reading has arrived: <c>edge</c> or <c>broker</c>.</summary>
        public string? Acknowledgement { get; init; }

        /// <summary>Gets the milliseconds from one reading of a point to the next.</summary>
        public int? IntervalMilliseconds { get; init; }

        /// <summary>Gets the time server.</summary>
        public string? NtpServer { get; init; }

        /// <summary>Gets the points that must be there.</summary>
        public IReadOnlyList<string>? Points { get; init; }

        /// <summary>Gets the sensors that are declared, a line each: <c>temp2 MAX31865 spi1 wires=3</c>.</summary>
        public IReadOnlyList<string>? Sensors { get; init; }

        /// <summary>Gets what is known of points' machines, a line each: <c>vib1 rpm=1480 zones=class1</c>.</summary>
        public IReadOnlyList<string>? Machine { get; init; }

        /// <summary>Gets the alarms, a line each: <c>vib1 vel warning=2.8 danger=4.5</c>.</summary>
        public IReadOnlyList<string>? Alarms { get; init; }

        /// <summary>Gets the shunt of the current sensors in microohms.</summary>
        public int? ShuntMicroOhms { get; init; }

        /// <summary>Gets the pin of a light, <c>2</c> or <c>2,low</c>, where the board's file has none.</summary>
        public string? Led { get; init; }

        /// <summary>Gets whether the identifier may be online elsewhere, because this board takes another one's place.</summary>
        public bool? Replace { get; init; }

        /// <summary>Gets what people call the place.</summary>
        public string? Name { get; init; }

        /// <summary>Gets every secret in it: what must never be seen again.</summary>
        public IEnumerable<string> Secrets => (Networks ?? []).Select(network => network.Password).Append(Password).OfType<string>().Where(secret => secret.Length > 0);

        /// <summary>Takes from another setup what this one does not know.</summary>
        /// <param name="fallback">The other one.</param>
        /// <returns>Both together; where both know, this one counts.</returns>
        public NodeSetup Over(NodeSetup fallback)
        {
            System.ArgumentNullException.ThrowIfNull(fallback);
            return new NodeSetup
            {
                Id = Id ?? fallback.Id,
                Networks = Networks ?? fallback.Networks,
                Brokers = Brokers ?? fallback.Brokers,
                Tls = Tls ?? fallback.Tls,
                User = User ?? fallback.User,
                Password = User is null ? Password ?? fallback.Password : Password, // a password belongs to its user
                Root = Root ?? fallback.Root,
                Acknowledgement = Acknowledgement ?? fallback.Acknowledgement,
                IntervalMilliseconds = IntervalMilliseconds ?? fallback.IntervalMilliseconds,
                NtpServer = NtpServer ?? fallback.NtpServer,
                Points = Points ?? fallback.Points,
                Sensors = Sensors ?? fallback.Sensors,
                Machine = Machine ?? fallback.Machine,
                Alarms = Alarms ?? fallback.Alarms,
                ShuntMicroOhms = ShuntMicroOhms ?? fallback.ShuntMicroOhms,
                Led = Led ?? fallback.Led,
                Replace = Replace ?? fallback.Replace,
                Name = Name ?? fallback.Name,
            };
        }

        /// <summary>Tells nothing secret.</summary>
        /// <returns>The identifier.</returns>
        public override string ToString() => Id ?? "a node without an identifier";
    }
}
