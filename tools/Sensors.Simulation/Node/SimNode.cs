using System;
using System.Text;
using Sensors.Boards;
using Sensors.Node;
using Sensors.VirtualBoard;

namespace Sensors.Simulation
{
    /// <summary>The real node from power-on to power-off, on one thread: the loop and the link's thread take turns on the virtual clock.</summary>
    internal sealed class SimNode
    {
        private const int MostTurns = 10_000; // of one thread at one moment: more is a loop that does not end
        private const long WakeLatency = 2 * EventQueue.Millisecond;

        private readonly EventQueue _queue;
        private readonly SimBoard _board;
        private readonly SimClock _clock;
        private readonly SimNetwork _network;
        private readonly SimLink _link;
        private readonly NodeParts _parts;
        private readonly NodeDelivery _delivery;
        private readonly SimWork _work;
        private readonly FaultLog _faults = new();
        private readonly SimTimer _loopTimer;
        private readonly SimTimer _linkTimer;
        private readonly Action<string> _violation;
        private readonly Action<BootEnd> _ended;
        private long _thinned;
        private long _linkBusyUntil;
        private long _loopBusyUntil;
        private bool _isOver;

        /// <summary>Starts a board.</summary>
        /// <exception cref="PowerCutException">The power went during the start.</exception>
        public SimNode(SimPlace place, SimBoard board, DeliverySimulation world, Action<BootEnd> ended)
        {
            EventQueue queue = world.Queue;
            _queue = queue;
            _board = board;
            _violation = world.Violate;
            _ended = ended;
            long started = queue.Now;
            _clock = new SimClock(queue, started, board.CrystalPpb);
            long held = board.Held.Utc == 0 ? 0 : board.Held.Utc + ((started - board.Held.At) / EventQueue.Millisecond);
            _network = new SimNetwork(_clock, board.Random.Fork(), place.Site, held);
            _link = new SimLink(queue, _clock, _network, board.Random.Fork(), place.Site, Told);
            _link.Trace = world.TraceOf(place.Id);
            board.Volume.WithoutNeed = text => _violation($"board {board.Number} made room where there was some: {text}");
            board.Volume.Trace = world.TraceOf($"board {board.Number}");
            _parts = new NodeParts
            {
                Board = "Simulated",
                Target = "ESP32_REV3",
                Version = "0.0.0",
                Clock = _clock,
                Volume = board.Volume,
                Network = _network,
                Link = _link,
                Random = new SimChance(board.Random.Fork()),
                BuildUtc = SimPlace.BuiltAt,
            };
            _loopTimer = new SimTimer(queue, RunLoop);
            _linkTimer = new SimTimer(queue, RunLink);
            Settings settings = place.MakeSettings();
            _work = place.HasChips ? MakeChips(place, settings, world) : MakeNumbers(place, settings, world);
            _delivery = _work.Delivery;
            Boot = new BootRecord(board, place.Id, _delivery.Incarnation.Epoch, started) { Connections = _link.Log, Outages = place.Site.Outages };
            world.Account.Begin(Boot);
            _work.Begin(Boot);
            _loopTimer.Set(_clock.TrueNow);
            _linkTimer.Set(_clock.TrueNow);
            _clock.Release();
        }

        /// <summary>Gets what is known of this start.</summary>
        public BootRecord Boot { get; }

        /// <summary>Gets whether nothing is left to deliver.</summary>
        public bool IsDrained => _delivery.Outbox.Count == 0 && _delivery.Journal.Records == 0;

        /// <summary>Gets what is left, for people.</summary>
        public string Rest => $"{_delivery.Outbox.Count} records in memory, {_delivery.Journal.Records} in {_delivery.Journal.Segments} segments";

        public NodeDelivery Delivery => _delivery;

        public ConnectLog Connections => _link.Log;

        /// <summary>Ends the source.</summary>
        public void StopSource() => _work.Stop();

        /// <summary>Has so many alarms come.</summary>
        public void Alarm(int count) => _work.Alarm(count);

        /// <summary>Asks the node to restart, as a command does.</summary>
        public void AskRestart() => _parts.Restart.Ask("told to", _clock.Milliseconds);

        /// <summary>Takes the power away, between two steps.</summary>
        /// <param name="keepsTime">Whether the platform's clock goes on: a reset, not a loss of power.</param>
        public void Cut(bool keepsTime)
        {
            _board.Volume.Kill();
            End(BootEnd.PowerCut, keepsTime);
        }

        private NumberedWork MakeNumbers(SimPlace place, Settings settings, DeliverySimulation world)
        {
            Point[] points = place.MakePoints();
            var delivery = new NodeDelivery(_parts, settings, points, _faults, new NodeHealth(), new Quiet(), new Supervisor());
            delivery.Attach([], null);
            var source = new NumberedSource(delivery, points, _board.Random.Fork(), _clock, world.Account, world.NextNumber);
            return new NumberedWork(delivery, source, _clock, _faults);
        }

        private ChipWork MakeChips(SimPlace place, Settings settings, DeliverySimulation world)
        {
            VirtualEsp32 board = ChipWork.MakeBoard((ulong)_board.Random.Next(int.MaxValue), out Esp32DevKitC pins);
            _parts.Ports = pins;
            return new ChipWork(_parts, settings, _faults, _clock, world.Account, board, _violation);
        }

        private void End(BootEnd end, bool keepsTime)
        {
            if (_isOver)
            {
                return;
            }

            _isOver = true;
            Watch();
            (_work as IDisposable)?.Dispose();
            _link.Kill();
            _loopTimer.Cancel();
            _linkTimer.Cancel();
            _clock.Release();
            _board.Held = keepsTime ? (_network.HeldOrKnown, _clock.TrueNow) : default;
            Boot.End = end;
            Boot.EndedAt = _clock.TrueNow;
            _ended(end);
        }

        private void Told()
        {
            if (!_isOver)
            {
                _linkTimer.SetEarlier(Math.Max(_clock.TrueNow + WakeLatency, _linkBusyUntil));
            }
        }

        private void RunLoop()
        {
            int wait = 0;
            long numbers = _delivery.Incarnation.Sequence;
            for (int turn = 0; wait == 0; turn++)
            {
                if (turn == MostTurns)
                {
                    _violation($"{Boot.Name}: the loop does not rest");
                    wait = 1000;
                    break;
                }

                int faults = _faults.Count;
                wait = _work.RunOnce();
                if (_board.Volume.IsDead)
                {
                    End(BootEnd.PowerCut, keepsTime: false);
                    return;
                }

                if (_faults.Count != faults)
                {
                    _violation($"{Boot.Name}: a task threw {_faults.Last}");
                }
            }

            Watch();
            if (_parts.Restart.Due(_clock.Milliseconds) is not null)
            {
                Restart();
                return;
            }

            _loopBusyUntil = _clock.TrueNow;
            _loopTimer.Set(_clock.After(wait));
            _clock.Release();
            if (_delivery.Incarnation.Sequence != numbers)
            {
                Told(); // a reading wakes the link
            }
        }

        private void RunLink()
        {
            if (_queue.Now < _loopBusyUntil)
            {
                _linkTimer.Set(_loopBusyUntil); // chips want quiet
                return;
            }

            int wait = 0;
            for (int turn = 0; wait == 0; turn++)
            {
                if (turn == MostTurns)
                {
                    _violation($"{Boot.Name}: the link does not rest");
                    wait = 1000;
                    break;
                }

                try
                {
                    wait = _delivery.Link.Step();
                }
                catch (Exception e) when (e is not PowerCutException)
                {
                    _violation($"{Boot.Name}: the link threw {e}");
                    wait = 1000;
                }

                if (wait == 0 && _clock.Blocked > 0)
                {
                    wait = 1; // that took time
                }
            }

            _linkBusyUntil = _clock.TrueNow;
            _linkTimer.Set(_clock.After(wait));
            _clock.Release();
        }

        private void Watch()
        {
            Journal journal = _delivery.Journal;
            Boot.IsDurable = _delivery.Incarnation.IsDurable;
            if (journal.Epoch == Boot.Epoch) // a power cut may have come while it closed an earlier one
            {
                Boot.JournalHigh = Math.Max(Boot.JournalHigh, journal.High);
            }

            if (journal.Thinned != _thinned)
            {
                _thinned = journal.Thinned;
                _board.Thinnings.Add(_clock.TrueNow);
            }
        }

        private void Restart()
        {
            bool flushed;
            try
            {
                flushed = _delivery.Flush();
            }
            catch (PowerCutException)
            {
                End(BootEnd.PowerCut, keepsTime: false);
                return;
            }

            Watch();
            if (!flushed && !_board.Volume.Refusals.Touches(Boot.StartedAt, _clock.TrueNow))
            {
                _violation($"{Boot.Name}: the journal did not take what was left before a restart, and the volume took everything");
            }

            End(_board.Volume.IsDead || !flushed ? BootEnd.PowerCut : BootEnd.Restart, keepsTime: !_board.Volume.IsDead);
        }
    }

    /// <summary>A place on a machine: an identifier, a site, and the board that is mounted there.</summary>
    internal sealed class SimPlace(string id, SimSite site, PlaceOptions options)
    {
        /// <summary>The first of the broker's two addresses.</summary>
        public const string FirstHost = "edge-1";

        /// <summary>When the firmware was built: a month before the simulation begins.</summary>
        public const long BuiltAt = SimSite.UtcAtBegin - (30L * 86_400_000);

        /// <summary>From when on the broker's certificate is valid: a board that believes in 1970 cannot connect.</summary>
        public const long CertificateNotBefore = SimSite.UtcAtBegin - (60L * 86_400_000);

        private const string SecondHost = "edge-2";

        /// <summary>Gets or sets the identifier.</summary>
        public string Id { get; set; } = id;

        public SimSite Site => site;

        /// <summary>Gets whether chips are wired there, and the node is whole; otherwise a source of numbers stands for them.</summary>
        public bool HasChips { get; init; }

        /// <summary>Gets or sets the board.</summary>
        public SimBoard? Board { get; set; }

        /// <summary>Gets or sets what runs on it; null while it has no power.</summary>
        public SimNode? Node { get; set; }

        /// <summary>Gets or sets whether somebody is at work on it: it gets its power back when they are done.</summary>
        public int Busy { get; set; }

        public Settings MakeSettings()
        {
            Settings settings = Settings.Parse(Encoding.UTF8.GetBytes(
                $"id={Id}\nwifi_ssid=hall\nbroker_host={FirstHost}\ninterval_ms={(HasChips ? ChipWork.Interval : NumberedSource.Interval)}\n{(HasChips ? "points=" + ChipWork.Points + "\n" : string.Empty)}"));
            if (settings.Error != null)
            {
                throw new InvalidOperationException(settings.Error);
            }

            settings.Link.Secure = options.IsSecure;
            settings.Link.Acknowledgement = options.Acknowledgement;
            if (options.HasTwoAddresses)
            {
                settings.Link.AddBroker(FirstHost, 1883);
                settings.Link.AddBroker(SecondHost, 1883);
            }

            return settings;
        }

        public Point[] MakePoints()
        {
            var points = new Point[options.Points];
            for (int i = 0; i < points.Length; i++)
            {
                points[i] = i % 2 == 0
                    ? PointKinds.Make("temp" + ((i / 2) + 1), PointKinds.Temperature)
                    : PointKinds.Make("cur" + ((i / 2) + 1), PointKinds.Current);
            }

            return points;
        }
    }

    /// <summary>What is the same for all nodes of a seed.</summary>
    /// <param name="Points">Points of a node.</param>
    /// <param name="IsSecure">Whether the link is TLS.</param>
    /// <param name="HasTwoAddresses">Whether the broker has two addresses.</param>
    /// <param name="Acknowledgement">Who acknowledges.</param>
    internal sealed record PlaceOptions(int Points, bool IsSecure, bool HasTwoAddresses, AckMode Acknowledgement);
}
