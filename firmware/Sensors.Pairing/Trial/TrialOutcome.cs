using Sensors.Node;

namespace Sensors.Pairing
{
    /// <summary>How one attempt goes: what is told to who asks, while it runs and when it is over. From any thread.</summary>
    internal sealed class TrialOutcome
    {
        private const int MostStages = 6;
        private const int MostBytes = 4096;

        private readonly object _gate = new object();
        private readonly Clock _clock;
        private readonly long _begun;
        private TrialState _state = TrialState.Trying;
        private Way _now = new Way();
        private Way _furthest;
        private long _ended;

        internal TrialOutcome(int attempt, Clock clock)
        {
            Attempt = attempt;
            _clock = clock;
            _begun = clock.Milliseconds;
        }

        internal int Attempt { get; }

        internal TrialState State
        {
            get { lock (_gate) { return _state; } }
        }

        /// <summary>Gets how long it has taken, in milliseconds.</summary>
        internal long Milliseconds
        {
            get { lock (_gate) { return (_ended == 0 ? _clock.Milliseconds : _ended) - _begun; } }
        }

        /// <summary>Gives the name of a state.</summary>
        internal static string NameOf(TrialState state)
        {
            switch (state)
            {
                case TrialState.Trying: return "trying";
                case TrialState.Committed: return "committed";
                case TrialState.RolledBack: return "rolled-back";
                default: return "none";
            }
        }

        /// <summary>Begins with a network: what was passed before was another way.</summary>
        internal void Begin(string ssid)
        {
            lock (_gate)
            {
                _now = new Way { Ssid = ssid };
            }
        }

        /// <summary>Begins with a broker of the network that was joined.</summary>
        internal void Begin(string address, string broker)
        {
            lock (_gate)
            {
                Way way = new Way { Ssid = _now.Ssid, Address = address, Broker = broker };
                way.Passed(_now.Stages[0], _now.Times[0]);
                _now = way;
            }
        }

        internal void Enter(string stage)
        {
            lock (_gate)
            {
                _now.Stage = stage;
                _now.Entered = _clock.Milliseconds;
            }
        }

        internal void Pass()
        {
            lock (_gate)
            {
                _now.Passed(_now.Stage, _clock.Milliseconds - _now.Entered);
            }
        }

        /// <summary>Notes that this way led to nothing.</summary>
        internal void Fail(string cause, string text)
        {
            lock (_gate)
            {
                _now.Stage = Causes.StageOf(cause);
                _now.Cause = cause;
                _now.Text = text;
                _now.Passed(_now.Stage, _clock.Milliseconds - _now.Entered);
                if (_furthest == null || Causes.RankOf(_now.Stage) > Causes.RankOf(_furthest.Stage))
                {
                    _furthest = _now;
                }
            }
        }

        /// <summary>Notes that it is over.</summary>
        internal byte[] End(bool committed)
        {
            lock (_gate)
            {
                _state = committed ? TrialState.Committed : TrialState.RolledBack;
                _ended = _clock.Milliseconds;
                if (committed)
                {
                    _now.Stage = null;
                }
                else
                {
                    _now = _furthest;
                }
            }

            return ToJson();
        }

        /// <summary>Gives the answer to who asks.</summary>
        internal byte[] ToJson()
        {
            lock (_gate)
            {
                ApiJson json = Answer(Attempt, _state);
                json.Text("stage", _now.Stage);
                json.Text("cause", _now.Cause);
                json.Text("text", _now.Text);
                json.Number("ms", Milliseconds);
                json.OpenArray("stages");
                for (int i = 0; i < _now.Count; i++)
                {
                    json.OpenObject();
                    json.Text("stage", _now.Stages[i]);
                    json.Number("ms", _now.Times[i]);
                    json.CloseObject();
                }

                json.CloseArray();
                json.Text("ssid", _now.Ssid);
                json.Text("address", _now.Address);
                json.Text("broker", _now.Broker);
                json.Text("clock", WireNames.Of(_clock.State));
                return json.End();
            }
        }

        /// <summary>Gives the answer where nothing is known but how it stands.</summary>
        internal static byte[] ToJson(int attempt, TrialState state, string cause, string text)
        {
            ApiJson json = Answer(attempt, state);
            json.Text("stage", cause == null ? null : Causes.StageOf(cause));
            json.Text("cause", cause);
            json.Text("text", text);
            return json.End();
        }

        private static ApiJson Answer(int attempt, TrialState state)
        {
            ApiJson json = ApiJson.Good(MostBytes);
            json.Number("attempt", attempt);
            json.Text("state", NameOf(state));
            return json;
        }

        // One network and one broker.
        private sealed class Way
        {
            internal string[] Stages { get; } = new string[MostStages];

            internal long[] Times { get; } = new long[MostStages];

            internal int Count { get; private set; }

            internal string Stage { get; set; }

            internal long Entered { get; set; }

            internal string Cause { get; set; }

            internal string Text { get; set; }

            internal string Ssid { get; set; }

            internal string Address { get; set; }

            internal string Broker { get; set; }

            internal void Passed(string stage, long milliseconds)
            {
                if (Count < MostStages)
                {
                    Stages[Count] = stage;
                    Times[Count++] = milliseconds;
                }
            }
        }
    }
}
