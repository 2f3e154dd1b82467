using System;
using System.Collections.Generic;
using Sensors.Node;

namespace Sensors.Pairing.Tests.Fakes
{
    /// <summary>A network that joins what the test says, takes its time, and writes down what was asked of it.</summary>
    internal sealed class AirNetwork(TestTime clock) : Network
    {
        private bool _up;
        private string? _cause;
        private string? _ssid;

        /// <summary>Gets why each network cannot be joined; one that is not here is joined.</summary>
        public Dictionary<string, string?> Causes { get; } = [];

        public List<string> Asked { get; } = [];

        public WifiSighting[] Sightings { get; set; } = [];

        /// <summary>Gets or sets how long a join takes.</summary>
        public int JoinMilliseconds { get; set; } = 2100;

        /// <summary>Gets or sets the time servers' UTC; 0 while they are blocked.</summary>
        public long Utc { get; set; } = 1_795_000_000_000;

        public int Forgotten { get; private set; }

        public override bool IsUp => _up;

        public override string? Cause => _cause;

        public override string? Address => _up ? "192.168.1.77" : null;

        public override string? JoinedSsid => _up ? _ssid : null;

        public override string? Join(Settings settings) => throw new NotSupportedException("a trial says which network");

        public override string? Join(WifiSettings network)
        {
            Asked.Add("join " + network.Ssid);
            clock.Sleep(JoinMilliseconds);
            _ssid = network.Ssid;
            _up = !Causes.TryGetValue(network.Ssid, out _cause);
            return _up ? null : "Wi-Fi " + network.Ssid + ": it did not work";
        }

        public override WifiSighting[] Scan()
        {
            Asked.Add("scan");
            return Sightings;
        }

        public override void Leave()
        {
            Asked.Add("leave");
            _up = false;
        }

        public override void StartTime(string server) => Asked.Add("time " + server);

        public override long CheckTime() => Utc;

        public override long HeldTime() => 0;

        public override void Forget() => Forgotten++;
    }
}
