using System.Text;
using Sensors.Node;

namespace Sensors.Pairing
{
    /// <summary>Tries settings from end to end: joins, finds the broker, logs in, and sees its own first message come back. Blocks for as long as that takes.</summary>
    /// <remarks>
    /// Networks are tried in their order, and at each its brokers in theirs; the first way that works counts, and of those that do not the one that got furthest
    /// is told. Nothing is written before all has worked.
    /// </remarks>
    internal sealed class Trial
    {
        /// <summary>Once so much time has gone, no further network or broker is begun with, in milliseconds.</summary>
        internal const int MostMilliseconds = 30000;

        /// <summary>How long the broker may take to tell a status it kept, in milliseconds. It tells it before the birth in any case.</summary>
        internal const int StatusMilliseconds = 500;

        /// <summary>How long the birth may take to come back, in milliseconds.</summary>
        internal const int BirthMilliseconds = 5000;

        private const int PollMilliseconds = 20;
        private const int NonceLength = 8;
        private const string Will = "{}"; // the package always sends one; it must not look like a birth

        private readonly PortalParts _parts;
        private readonly string _name;
        private readonly Candidate _candidate;
        private readonly bool _replaces;
        private readonly Clock _clock;
        private readonly TimeKeeper _time;
        private readonly Topics _topics;
        private readonly string _birthTopic;

        /// <summary>Makes a trial.</summary>
        /// <param name="parts">The board's parts.</param>
        /// <param name="name">The node's name.</param>
        /// <param name="candidate">The settings.</param>
        /// <param name="replaces">Whether the identifier may be another board's so far.</param>
        /// <param name="outcome">Takes how it goes.</param>
        internal Trial(PortalParts parts, string name, Candidate candidate, bool replaces, TrialOutcome outcome)
        {
            _parts = parts;
            _name = name;
            _candidate = candidate;
            _replaces = replaces;
            _clock = parts.Clock;
            Outcome = outcome;
            _topics = new Topics(candidate.Settings.Root, candidate.Settings.Id, new string[0]);
            _birthTopic = _topics.Node + "/birth";
            NodeParts time = new NodeParts { Clock = parts.Clock, Network = parts.Network, BuildUtc = parts.BuildUtc };
            _time = new TimeKeeper(time, candidate.Settings, new NodeHealth());
        }

        /// <summary>Gets how it goes.</summary>
        internal TrialOutcome Outcome { get; }

        /// <summary>Tries, and keeps what worked.</summary>
        /// <returns>True when the settings are in force.</returns>
        internal bool Run()
        {
            bool works = false;
            WifiSettings[] networks = _candidate.Settings.Networks;
            for (int i = 0; i < networks.Length && !works && !IsLate(i); i++)
            {
                works = TryNetwork(networks[i]);
            }

            _parts.Link.Close();
            if (works)
            {
                Outcome.Enter(Causes.Saving);
                works = _candidate.Commit(_parts.Volume, _parts.Store);
                if (!works)
                {
                    Outcome.Fail(Causes.Full, "there is no room for the settings and their certificates");
                }
            }

            if (!works)
            {
                _parts.Network.Leave(); // the access point gets its own channel back
            }

            return works;
        }

        private bool IsLate(int begun)
        {
            return begun > 0 && Outcome.Milliseconds >= MostMilliseconds;
        }

        private bool TryNetwork(WifiSettings network)
        {
            Outcome.Begin(network.Ssid);
            Outcome.Enter(Causes.Wifi);
            string error = _parts.Network.Join(network);
            if (error != null)
            {
                Fail(_parts.Network.Cause, Causes.WifiTimeout, error);
                return false;
            }

            Outcome.Pass();
            _time.Joined();
            LinkSettings link = _candidate.Settings.Link;
            bool works = false;
            for (int i = 0; i < link.Brokers && !works && !IsLate(i); i++)
            {
                link.Use(i);
                Outcome.Begin(_parts.Network.Address, link.Host + ":" + link.Port.ToString());
                works = TryBroker(link);
                _parts.Link.Close();
            }

            return works;
        }

        private bool TryBroker(LinkSettings link)
        {
            Outcome.Enter(Causes.Broker);
            while (!_time.HasTime(_clock.Milliseconds) && link.Secure)
            {
                _clock.Sleep(TimeKeeper.PollMilliseconds); // certificates are judged by it; for no longer than a blocked time server is worth
            }

            byte[] drawn = new byte[NonceLength];
            _parts.Random.Fill(drawn);
            string nonce = HexText.Of(drawn);
            TrialListener listener = new TrialListener(_topics.Status, _birthTopic, nonce, OwnEpoch());
            link.ClientId = _name; // not the identifier: whoever is online under it stays so
            link.IsTrial = true;
            _parts.Link.Listener = listener;
            string error = _parts.Link.Connect(link, _birthTopic, Will);
            if (error != null)
            {
                Fail(_parts.Link.Cause, Causes.Unreachable, error);
                return false;
            }

            Outcome.Pass();
            return IsIdentifierFree(listener) && IsBirthConfirmed(listener, nonce);
        }

        private bool IsIdentifierFree(TrialListener listener)
        {
            Outcome.Enter(Causes.Identifier);
            _parts.Link.Subscribe(_topics.Status);
            _parts.Link.Subscribe(_birthTopic);
            long end = _clock.Milliseconds + StatusMilliseconds;
            while (!listener.HasStatus && !listener.IsClosed && _clock.Milliseconds < end)
            {
                _clock.Sleep(PollMilliseconds);
            }

            if (IsTaken(listener))
            {
                return false;
            }

            Outcome.Pass();
            return true;
        }

        // The broker answers in the order it was asked: a status that was kept has come before the birth comes back.
        private bool IsBirthConfirmed(TrialListener listener, string nonce)
        {
            Outcome.Enter(Causes.Birth);
            byte[] birth = Birth(nonce);
            bool sent = false;
            long end = _clock.Milliseconds + BirthMilliseconds;
            while (!listener.IsBorn && !listener.IsClosed && _clock.Milliseconds < end)
            {
                sent = sent || _parts.Link.Publish(_birthTopic, birth, birth.Length, false) != 0;
                _clock.Sleep(PollMilliseconds);
            }

            if (IsTaken(listener))
            {
                return false;
            }

            if (!listener.IsBorn)
            {
                Outcome.Fail(Causes.NotConfirmed, listener.IsClosed ? "the broker ended the session" : "the first message did not come back in 5 s");
                return false;
            }

            Outcome.Pass();
            return true;
        }

        private bool IsTaken(TrialListener listener)
        {
            bool taken = listener.IsInUse && !_replaces;
            if (taken)
            {
                Outcome.Fail(Causes.InUse, "another node is online as " + _candidate.Settings.Id.Text);
            }

            return taken;
        }

        private byte[] Birth(string nonce)
        {
            ApiJson json = new ApiJson(512 + _candidate.Settings.Id.Text.Length);
            json.Text("id", _candidate.Settings.Id.Text);
            json.Text("node", _name);
            json.Text("firmware", _parts.Version);
            json.Number("attempt", Outcome.Attempt);
            json.Text("nonce", nonce);
            return json.End();
        }

        private long OwnEpoch()
        {
            return new Incarnation(_parts.Volume, _parts.Random).PreviousEpoch;
        }

        private void Fail(string cause, string usual, string text)
        {
            Outcome.Fail(Causes.StageOf(cause) == null ? usual : cause, text);
        }
    }
}
