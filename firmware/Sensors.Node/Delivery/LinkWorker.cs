using System.Threading;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Keeps the node on the network and its readings flowing. Runs on the link's own thread, because joining,
    /// connecting and closing block for seconds.</summary>
    /// <remarks>
    /// One call of <see cref="Step"/> does the next thing there is to do: join, get the time, connect, tell birth and meta,
    /// send what waits. Acknowledgements come on other threads and only note themselves down. A message that is given up,
    /// or a closed session, ends in the same place: close, put everything in flight in line again, wait, connect.
    /// </remarks>
    public sealed class LinkWorker
    {
        /// <summary>The most readings in flight. Few, so that an outage repeats few and the device's memory holds them.</summary>
        public const int Window = 8;

        private const int IdleMilliseconds = 1000;
        private const int QuietMilliseconds = 20;
        private const int TimeGraceMilliseconds = 3000; // first readings wait this long for a true time
        private const int TimePollMilliseconds = 100;
        private const int TimeAskAgainMilliseconds = 60000; // a server that was blocked may not be for ever
        private const int TimeAgainMilliseconds = 3600000;
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
        private readonly Sender _sender;
        private readonly Listener _listener;
        private readonly AutoResetEvent _wake = new AutoResetEvent(false);
        private NodeCommands _commands;
        private CaptureSender _captures;
        private int _reply; // bytes of an answer that the link has not taken yet

        private bool _timeAsked;
        private long _timeAskedAt;
        private long _timeCheckAt;
        private long _timeAskAgainAt;
        private bool _up;
        private long _upSince;
        private long _nextTry;
        private long _nextStatus;
        private int _metaSent = -1;
        private int _failedConnects;

        /// <summary>Makes the worker; nothing is sent before the first <see cref="Step"/>.</summary>
        /// <param name="parts">The board's parts.</param>
        /// <param name="settings">Who the node is and where it publishes.</param>
        /// <param name="outbox">Readings to send.</param>
        /// <param name="messages">Encodes what is sent.</param>
        /// <param name="health">Takes the link's counters.</param>
        /// <param name="quiet">Silence while a block is drained.</param>
        /// <param name="supervisor">Is told that the link lives.</param>
        public LinkWorker(
            NodeParts parts, Settings settings, Outbox outbox, NodeMessages messages, NodeHealth health, Quiet quiet, Supervisor supervisor)
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
            _sender = new Sender(_link, messages);
            _listener = new Listener(outbox, _wake);
            _link.Listener = _listener;
        }

        /// <summary>Names what takes commands and what sends captures. Before the first step.</summary>
        /// <param name="commands">Takes commands.</param>
        /// <param name="captures">Sends captures.</param>
        public void Attach(NodeCommands commands, CaptureSender captures)
        {
            _commands = commands;
            _captures = captures;
            _listener.Attach(commands, captures);
        }

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

            if (_up && (_listener.Broken || !_link.IsConnected))
            {
                GoDown(now, _listener.Broken ? "session closed or message given up" : "session lost");
            }

            if (!_up)
            {
                return ComeUp(now);
            }

            Send(now);
            return _commands == null ? IdleMilliseconds : SendRest(now);
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
                _timeAsked = false;
            }

            if (error == null && !HasTime())
            {
                return TimePollMilliseconds;
            }

            if (error == null)
            {
                _listener.Broken = false;
                error = _link.Connect(_settings.Link, _messages.StatusTopic, _messages.Will);
                if (error != null && ++_failedConnects % ConnectsPerJoin == 0)
                {
                    _network.Leave();
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

            _failedConnects = 0;
            _up = true;
            _upSince = _clock.Milliseconds;
            _nextStatus = _upSince;
            _metaSent = -1;
            _health.Connects++;
            return 0;
        }

        /// <summary>True when UTC is known, or when it has been waited for long enough: a blocked time server delays nothing else.</summary>
        private bool HasTime()
        {
            long now = _clock.Milliseconds;
            if (!_timeAsked)
            {
                AskTime(now);
                _timeAsked = true;
                _timeAskedAt = now;
                _timeCheckAt = now;
            }

            TakeTime(now);
            return _clock.State == ClockState.Synced || now - _timeAskedAt >= TimeGraceMilliseconds;
        }

        private void AskTime(long now)
        {
            _network.StartTime(_settings.NtpServer);
            _timeAskAgainAt = now + TimeAskAgainMilliseconds;
        }

        private void TakeTime(long now)
        {
            if (now < _timeCheckAt)
            {
                return;
            }

            long utc = _network.CheckTime();
            if (utc != 0)
            {
                _clock.SetUtc(utc, ClockState.Synced);
            }
            else if (now >= _timeAskAgainAt)
            {
                AskTime(now);
            }

            _timeCheckAt = now + (utc != 0 ? TimeAgainMilliseconds : TimePollMilliseconds);
        }

        private void Send(long now)
        {
            TakeTime(now);
            if (now - _upSince > StableMilliseconds)
            {
                _backoff.Reset();
            }

            if (!SendStatus(now) || !SendMeta())
            {
                return; // the link's queue is full: what is in it has to go first
            }

            while (!_quiet.Wanted && !_listener.Broken && _outbox.SendNext(_sender, Window))
            {
            }
        }

        // What no reading waits for: answers to commands, and a capture's chunks while no reading is on its way.
        private int SendRest(long now)
        {
            if (_quiet.Wanted)
            {
                return QuietMilliseconds;
            }

            if (!SendReplies(now) || _listener.Broken || _outbox.Count > 0)
            {
                return IdleMilliseconds; // an acknowledgement wakes
            }

            int wait = _captures.Step(now);
            return wait < IdleMilliseconds ? wait : IdleMilliseconds;
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

                if (_link.Publish(_commands.ReplyTopic, _commands.Buffer, _reply, retain: false) == 0)
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
            if (_captures != null)
            {
                _captures.Requeue();
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

        private sealed class Listener : MqttLinkListener
        {
            private readonly object _gate = new object();
            private readonly Outbox _outbox;
            private readonly AutoResetEvent _wake;
            private NodeCommands _commands;
            private CaptureSender _captures;
            private bool _broken;

            public Listener(Outbox outbox, AutoResetEvent wake)
            {
                _outbox = outbox;
                _wake = wake;
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

            public override void Acknowledged(int number, bool delivered)
            {
                _outbox.Acknowledge(number, delivered);
                if (_captures != null)
                {
                    _captures.Acknowledge(number, delivered);
                }

                if (!delivered)
                {
                    Broken = true; // three tries without an answer: the link is half open
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
                if (_commands != null && _commands.Note(topic, payload))
                {
                    _wake.Set();
                }
            }
        }
    }
}
