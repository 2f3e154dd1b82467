using Sensors.Drivers;
#if NETNANO1_0
using AutoResetEvent = System.Threading.AutoResetEvent;
#else
using AutoResetEvent = NanoFramework.Pc.Device.AutoResetEvent; // waits in the virtual board's time
#endif

namespace Sensors.Node
{
    /// <summary>Keeps the node on the network and its readings flowing. Runs on the link's own thread, because joining,
    /// connecting and closing block for seconds.</summary>
    /// <remarks>
    /// One call of <see cref="Step"/> does the next thing there is to do: join, get the time, connect, tell birth and meta,
    /// send what waits, then what the journal has kept. Acknowledgements come on other threads and only note themselves down. A message that is
    /// given up or not answered, or a closed session, ends in the same place: close, put everything in flight in line again, wait, connect.
    /// </remarks>
    public sealed class LinkWorker
    {
        /// <summary>The most readings in flight. Few, so that an outage repeats few and the device's memory holds them.</summary>
        public const int Window = 8;

        /// <summary>A session in which a message waits so long for the broker's word is given up, in milliseconds: the link is half open.</summary>
        public const int AnswerMilliseconds = 15000;

        private const int IdleMilliseconds = 1000;
        private const int QuietMilliseconds = 20;
        private const int StatusMilliseconds = 60000;
        private const int ConnectsPerJoin = 2; // so many in vain: the association may be dead, whatever it says
        private const int StableMilliseconds = 30000; // a session that lived longer than two keep-alives is stable

        private readonly Clock _clock;
        private readonly Network _network;
        private readonly MqttLink _link;
        private readonly Settings _settings;
        private readonly Outbox _outbox;
        private readonly NodeMessages _messages;
        private readonly NodeHealth _health;
        private readonly Quiet _quiet;
        private readonly Supervisor _supervisor;
        private readonly Backoff _backoff;
        private readonly TimeKeeper _time;
        private readonly Backlog _backlog;
        private readonly EdgeAcks _acks;
        private readonly EdgeAckReader _ackReader = new EdgeAckReader();
        private readonly AckInbox _inbox = new AckInbox();
        private readonly Sender _sender;
        private readonly LostSender _lostSender;
        private readonly BacklogSender _backlogSender;
        private readonly Gap _lost = new Gap();
        private readonly Listener _listener;
        private readonly AutoResetEvent _wake = new AutoResetEvent(false);
        private NodeCommands _commands;
        private CaptureSender _captures;
        private int _reply; // bytes of an answer that the link has not taken yet

        private bool _up;
        private long _upSince;
        private long _nextTry;
        private long _nextStatus;
        private int _metaSent = -1;
        private int _failedJoins;
        private int _failedConnects;
        private int _broker;
        private long _answeredAt;

        /// <summary>Makes the worker; nothing is sent before the first <see cref="Step"/>.</summary>
        /// <param name="parts">The board's parts.</param>
        /// <param name="settings">Who the node is and where it publishes.</param>
        /// <param name="outbox">Records to send.</param>
        /// <param name="backlog">What the journal has kept, to be sent after them.</param>
        /// <param name="acks">Takes what the edge says.</param>
        /// <param name="messages">Encodes what is sent.</param>
        /// <param name="time">Gets the node its UTC.</param>
        /// <param name="health">Takes the link's counters.</param>
        /// <param name="quiet">Silence while a block is drained.</param>
        /// <param name="supervisor">Is told that the link lives.</param>
        public LinkWorker(
            NodeParts parts,
            Settings settings,
            Outbox outbox,
            Backlog backlog,
            EdgeAcks acks,
            NodeMessages messages,
            TimeKeeper time,
            NodeHealth health,
            Quiet quiet,
            Supervisor supervisor)
        {
            _clock = parts.Clock;
            _network = parts.Network;
            _link = parts.Link;
            _settings = settings;
            _outbox = outbox;
            _messages = messages;
            _health = health;
            _quiet = quiet;
            _supervisor = supervisor;
            _backoff = new Backoff(parts.Random);
            _time = time;
            _backlog = backlog;
            _acks = acks;
            _sender = new Sender(_link, messages);
            _lostSender = new LostSender(_link, messages);
            _backlogSender = new BacklogSender(_link, messages);
            _listener = new Listener(outbox, backlog, _inbox, _clock, _wake, parts.Restart);
            _link.Listener = _listener;
        }

        /// <summary>Names what takes commands and what sends captures. Before the first step.</summary>
        /// <param name="commands">Takes commands.</param>
        /// <param name="captures">Sends captures; null for none.</param>
        public void Attach(NodeCommands commands, CaptureSender captures)
        {
            _commands = commands;
            _captures = captures;
            _listener.Attach(commands, captures);
        }

        /// <summary>Gets how many acknowledgements of the edge were none.</summary>
        public int BadAcks { get; private set; }

        /// <summary>Does the next thing there is to do.</summary>
        /// <returns>Milliseconds until there may be more, or until <see cref="Wake"/>.</returns>
        public int Step()
        {
            long now = _clock.Milliseconds;
            _supervisor.LinkBeat(now);
            if (_quiet.Wanted)
            {
                return QuietMilliseconds;
            }

            if (_up)
            {
                string ended = Ended(now);
                if (ended != null)
                {
                    GoDown(now, ended);
                }
            }

            if (!_up)
            {
                return ComeUp(now);
            }

            return Send(now) ? SendRest(now) : IdleMilliseconds; // an acknowledgement wakes
        }

        /// <summary>Waits for work.</summary>
        /// <param name="milliseconds">The longest wait.</param>
        public void Wait(int milliseconds)
        {
            _wake.WaitOne(milliseconds, false);
        }

        /// <summary>Tells that there is something to send. From any thread.</summary>
        [HotPath]
        public void Wake()
        {
            _wake.Set();
        }

        private int ComeUp(long now)
        {
            if (now < _nextTry)
            {
                return (int)(_nextTry - now);
            }

            string error = null;
            if (!_network.IsUp)
            {
                error = _network.Join(_settings);
                _time.Joined();
                if (error != null && _settings.Networks.Length > 1 && ++_failedJoins % _settings.Networks.Length != 0)
                {
                    _health.LinkError = error;
                    return 0; // another network may be at hand
                }
            }

            if (error == null && !_time.HasTime(_clock.Milliseconds))
            {
                return TimeKeeper.PollMilliseconds;
            }

            if (error == null)
            {
                _listener.Broken = false;
                error = _link.Connect(_settings.Link, _messages.StatusTopic, _messages.Will);
                if (error != null)
                {
                    _settings.Link.Use(++_broker);
                    if (++_failedConnects % (ConnectsPerJoin * _settings.Link.Brokers) == 0)
                    {
                        _network.Leave();
                    }
                }
            }

            if (error != null)
            {
                GoDown(_clock.Milliseconds, error);
                return 0;
            }

            if (_commands != null)
            {
                _link.Subscribe(_commands.Topic);
            }

            if (_settings.Link.Acknowledgement == AckMode.Edge)
            {
                _link.Subscribe(_messages.AcknowledgementTopic);
            }

            _failedConnects = 0;
            _failedJoins = 0;
            _up = true;
            _upSince = _clock.Milliseconds;
            _answeredAt = _upSince;
            _backlogSender.Begin();
            _outbox.LinkUp = true;
            _backlog.Wanted = true;
            _nextStatus = _upSince;
            _metaSent = -1;
            _health.Connects++;
            return 0;
        }

        // What ended the session; null while nothing did.
        private string Ended(long now)
        {
            if (_listener.Broken)
            {
                return "session closed or message given up";
            }

            if (!_link.IsConnected)
            {
                return "session lost";
            }

            if (_listener.TakeAnswered() || _outbox.FlightCount + _backlog.FlightCount == 0)
            {
                _answeredAt = now;
            }

            return now - _answeredAt >= AnswerMilliseconds ? "no answer from the broker" : null;
        }

        // False when something has to go first: the link's queue is full.
        private bool Send(long now)
        {
            _time.Step(now);
            if (now - _upSince > StableMilliseconds)
            {
                _backoff.Reset();
            }

            TakeAcks();
            _outbox.Resend(now);
            if (!SendStatus(now) || !SendMeta())
            {
                return false;
            }

            while (!_quiet.Wanted && !_listener.Broken && _outbox.SendNext(_sender, Window - _backlog.FlightCount, now))
            {
            }

            if (!_quiet.Wanted && !_listener.Broken)
            {
                _outbox.SendLost(_lostSender, _lost, now);
            }

            return true;
        }

        private void TakeAcks()
        {
            byte[] message = _inbox.Take();
            while (message != null)
            {
                if (_ackReader.TryRead(message))
                {
                    EdgeAck ack = _ackReader.Ack;
                    _acks.Note(ack);
                    if (ack.Epoch == _acks.Present)
                    {
                        _outbox.Settle(ack);
                    }

                    _backlog.Settle(ack);
                }
                else
                {
                    BadAcks++;
                }

                message = _inbox.Take();
            }
        }

        // What no reading waits for: answers to commands, a capture's chunks while no reading is on its way, and what the journal has kept.
        private int SendRest(long now)
        {
            if (_quiet.Wanted)
            {
                return QuietMilliseconds;
            }

            if (_listener.Broken || (_commands != null && !SendReplies(now)))
            {
                return IdleMilliseconds;
            }

            int wait = IdleMilliseconds;
            if (!_outbox.IsWaiting)
            {
                wait = Shorter(wait, _backlog.SendNext(_backlogSender, BacklogWindow(), now));
            }

            if (_captures != null && !_outbox.IsBusy)
            {
                wait = Shorter(wait, _captures.Step(now));
            }

            return wait;
        }

        private int BacklogWindow()
        {
            int free = Window - _outbox.FlightCount;
            return free < Backlog.Window ? free : Backlog.Window;
        }

        private static int Shorter(int one, int other)
        {
            return one < other ? one : other;
        }

        private bool SendReplies(long now)
        {
            while (true)
            {
                if (_reply == 0)
                {
                    _reply = _commands.Next(now);
                }

                if (_reply == 0)
                {
                    return true;
                }

                if (!_listener.Answer(_link, _commands, _reply))
                {
                    return false;
                }

                _reply = 0;
            }
        }

        private bool SendStatus(long now)
        {
            if (now < _nextStatus)
            {
                return true;
            }

            int count = _messages.Status();
            if (_link.Publish(_messages.StatusTopic, _messages.Buffer, count, retain: true) == 0)
            {
                return false;
            }

            _nextStatus = now + StatusMilliseconds;
            return true;
        }

        private bool SendMeta()
        {
            int revision = _messages.MetaRevision;
            if (_metaSent == revision)
            {
                return true;
            }

            byte[] meta = _messages.Meta(out int count);
            if (_link.Publish(_messages.MetaTopic, meta, count, retain: true) == 0)
            {
                return false;
            }

            _metaSent = revision;
            return true;
        }

        private void GoDown(long now, string why)
        {
            _link.Close();
            _outbox.Requeue();
            _backlog.Requeue();
            if (_reply == 0)
            {
                _listener.EndAnswer(); // what was on its way is lost with the session
            }

            if (_captures != null)
            {
                _captures.Requeue();
            }

            if (_up && now - _upSince > StableMilliseconds)
            {
                _backoff.Reset(); // it ended before the next step could say so
            }

            _up = false;
            _health.LinkError = why;
            _nextTry = now + _backoff.Next();
        }

        private sealed class Sender : RecordSender
        {
            private readonly MqttLink _link;
            private readonly NodeMessages _messages;

            public Sender(MqttLink link, NodeMessages messages)
            {
                _link = link;
                _messages = messages;
            }

            [HotPath]
            public override int Send(byte[] bytes, int at, int length)
            {
                int count = _messages.Encode(bytes, at, length);
                return count <= 0 ? Unreadable : _link.Publish(_messages.Topic, _messages.Buffer, count, retain: false);
            }
        }

        private sealed class LostSender : GapSender
        {
            private readonly MqttLink _link;
            private readonly NodeMessages _messages;

            public LostSender(MqttLink link, NodeMessages messages)
            {
                _link = link;
                _messages = messages;
            }

            [HotPath]
            public override int Send(Gap gap)
            {
                int count = _messages.Encode(gap);
                return count <= 0 ? 0 : _link.Publish(_messages.Topic, _messages.Buffer, count, retain: false);
            }
        }

        private sealed class BacklogSender : EntrySender
        {
            private readonly MqttLink _link;
            private readonly NodeMessages _messages;
            private string _subscribed; // whose acknowledgements come, beside the node's own

            public BacklogSender(MqttLink link, NodeMessages messages)
            {
                _link = link;
                _messages = messages;
            }

            public void Begin()
            {
                _subscribed = _messages.AcknowledgementTopic;
            }

            public override int Send(JournalSegment segment)
            {
                string topic = _messages.AcknowledgementTopicOf(segment.Identifier);
                if (topic != _messages.AcknowledgementTopic && topic != _subscribed)
                {
                    _link.Subscribe(topic); // before its first message, so that no answer is missed
                    _subscribed = topic;
                }

                int count = _messages.Encode(segment);
                return count <= 0 ? 0 : _link.Publish(_messages.Topic, _messages.Buffer, count, retain: false);
            }
        }

        private sealed class Listener : MqttLinkListener
        {
            private readonly object _gate = new object();
            private readonly Outbox _outbox;
            private readonly Backlog _backlog;
            private readonly AckInbox _inbox;
            private readonly Clock _clock;
            private readonly AutoResetEvent _wake;
            private readonly Restart _restart;
            private int _answer; // number of the last answer
            private NodeCommands _commands;
            private CaptureSender _captures;
            private bool _broken;
            private bool _answered;

            public Listener(Outbox outbox, Backlog backlog, AckInbox inbox, Clock clock, AutoResetEvent wake, Restart restart)
            {
                _outbox = outbox;
                _backlog = backlog;
                _inbox = inbox;
                _clock = clock;
                _wake = wake;
                _restart = restart;
            }

            public void Attach(NodeCommands commands, CaptureSender captures)
            {
                _commands = commands;
                _captures = captures;
            }

            public bool Broken
            {
                [HotPath]
                get { lock (_gate) { return _broken; } }
                set { lock (_gate) { _broken = value; } }
            }

            /// <summary>Tells whether the broker has said anything since this was asked last.</summary>
            public bool TakeAnswered()
            {
                lock (_gate)
                {
                    bool answered = _answered;
                    _answered = false;
                    return answered;
                }
            }

            /// <summary>Sends an answer; a restart that it tells of waits until the broker has it.</summary>
            public bool Answer(MqttLink link, NodeCommands commands, int count)
            {
                lock (_gate)
                {
                    _restart.Answering = true;
                    _answer = link.Publish(commands.ReplyTopic, commands.Buffer, count, retain: false);
                    return _answer != 0;
                }
            }

            /// <summary>Says that no answer is on its way any more.</summary>
            public void EndAnswer()
            {
                lock (_gate)
                {
                    _answer = 0;
                    _restart.Answering = false;
                }
            }

            public override void Acknowledged(int number, bool delivered)
            {
                _outbox.Acknowledge(number, delivered, _clock.Milliseconds);
                _backlog.Acknowledge(number, delivered);
                if (_captures != null)
                {
                    _captures.Acknowledge(number, delivered);
                }

                if (!delivered)
                {
                    Broken = true; // three tries without an answer: the link is half open
                }

                lock (_gate)
                {
                    _answered = true;
                    if (number == _answer)
                    {
                        EndAnswer();
                    }
                }

                _wake.Set();
            }

            public override void Closed()
            {
                Broken = true;
                _wake.Set();
            }

            public override void Received(string topic, byte[] payload)
            {
                if (_inbox.Note(topic, payload) || (_commands != null && _commands.Note(topic, payload)))
                {
                    _wake.Set();
                }
            }
        }
    }
}
