using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>The node: finds its sensors, measures, and keeps what it measured on its way to the edge.</summary>
    /// <remarks>
    /// Two threads drive it: one calls <see cref="RunOnce"/>, the other <see cref="Link"/>. Everything is made in the
    /// constructor; a block, a reading and a message allocate nothing afterwards, the MQTT package's own copy aside.
    /// </remarks>
    public sealed class SensorNode
    {
        private const int OutboxSlots = 64;
        private const int OutboxBytes = 12288; // 32 vibration readings with all features, or 150 others
        private const int LongestWait = 1000; // milliseconds: an interval may be longer than the supervisor's patience, or a watchdog chip's

        private readonly Clock _clock;
        private readonly Scheduler _scheduler;
        private readonly Supervisor _supervisor = new Supervisor();

        /// <summary>Puts a node together and looks for its sensors.</summary>
        /// <param name="parts">The board and its platform.</param>
        /// <param name="settings">Settings without an error.</param>
        /// <param name="faults">Keeps what is thrown.</param>
        public SensorNode(NodeParts parts, Settings settings, FaultLog faults)
        {
            _clock = parts.Clock;
            Faults = faults;
            RestartCause = new LastWords(parts.Volume).Take();
            long held = parts.Network.HeldTime();
            if (held != 0)
            {
                parts.Clock.SetUtc(held, ClockState.Holdover);
            }

            Incarnation = new Incarnation(parts.Volume, parts.Random);
            Outbox = new Outbox(OutboxSlots, OutboxBytes);
            Health = new NodeHealth();
            ReadingOutlet outlet = new ReadingOutlet(Outbox, Incarnation);
            PlaceMap places = new PlaceMap(parts.Volume, PointTable.Most);
            BlockMemory blocks = new BlockMemory(settings, parts.HasExternalMemory);
            SensorContext context = new SensorContext
            {
                Clock = parts.Clock,
                Finder = new SensorFinder(
                    parts.Ports, parts.Clock, places, settings.Sensors, settings.Found, parts.Bindings),
                Places = places,
                Outlet = outlet,
                Health = Health,
                Quiet = new Quiet(),
                Captures = new CaptureBuffer(parts.CaptureBlocks, blocks.CaptureValues),
                IntervalMilliseconds = settings.IntervalMilliseconds,
            };

            PointTable table = new PointTable(context, settings, blocks, new CurrentWindow());
            Points = table.Points;
            context.Baselines = new BaselineStore(parts.Volume, table.Monitors);
            context.Messages = new NodeMessages(parts, settings, this);
            Link = new LinkWorker(parts, settings, Outbox, context.Messages, Health, context.Quiet, _supervisor);
            AttachCaptures(parts, settings, context);
            outlet.Attach(Link);
            _scheduler = new Scheduler(parts.Clock, table.Tasks, faults);

            // Both threads count as alive from here: the board may have waited hours to be paired.
            long now = parts.Clock.Milliseconds;
            _supervisor.LoopBeat(now);
            _supervisor.LinkBeat(now);
        }

        private void AttachCaptures(NodeParts parts, Settings settings, SensorContext context)
        {
            Captures = context.Captures;
            Topics topics = new Topics(settings.Root, settings.Id, new string[0]);
            CaptureSender sender = new CaptureSender(Captures, parts.Clock, parts.Link, context.Quiet, Incarnation, topics.Capture);
            NodeCommand[] commands =
            {
                new CaptureCommand(Captures, Incarnation, Points),
                new ResendCommand(sender, Incarnation),
                new CancelCommand(Captures, Incarnation),
            };
            Link.Attach(new NodeCommands(topics.Command, topics.Reply, commands), sender);
        }

        /// <summary>Gets the points: by kind, and of each kind those remembered, then those declared, then those found.</summary>
        public Point[] Points { get; }

        /// <summary>Gets what numbers the readings.</summary>
        public Incarnation Incarnation { get; }

        /// <summary>Gets what is on its way.</summary>
        public Outbox Outbox { get; }

        /// <summary>Gets the raw blocks, and the capture that is made of them.</summary>
        public CaptureBuffer Captures { get; private set; }

        /// <summary>Gets the counters.</summary>
        public NodeHealth Health { get; }

        /// <summary>Gets what was thrown.</summary>
        public FaultLog Faults { get; }

        /// <summary>Gets why the node restarted itself before this start; null when it did not.</summary>
        public string RestartCause { get; }

        /// <summary>Gets the link, to be run on a thread of its own.</summary>
        public LinkWorker Link { get; }

        /// <summary>Does the work that is due.</summary>
        /// <returns>Milliseconds until there is more.</returns>
        [HotPath]
        public int RunOnce()
        {
            _supervisor.LoopBeat(_clock.Milliseconds);
            int wait = _scheduler.RunOnce();
            return wait < LongestWait ? wait : LongestWait;
        }

        /// <summary>Looks for a thread that no longer makes progress. From either thread.</summary>
        /// <returns>Null, or which one stalled: time to restart the board.</returns>
        [HotPath]
        public string Stalled()
        {
            return _supervisor.Stalled(_clock.Milliseconds);
        }
    }
}
