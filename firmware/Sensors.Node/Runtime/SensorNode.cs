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
            PlaceMap places = new PlaceMap(parts.Volume, PointTable.Most);
            BlockMemory blocks = new BlockMemory(settings, parts.HasExternalMemory);
            NodeHealth health = new NodeHealth();
            SensorContext context = new SensorContext
            {
                Clock = parts.Clock,
                Finder = new SensorFinder(
                    parts.Ports, parts.Clock, places, settings.Sensors, settings.Found, parts.Bindings),
                Places = places,
                Health = health,
                Quiet = new Quiet(),
                Captures = new CaptureBuffer(parts.CaptureBlocks, blocks.CaptureValues),
                IntervalMilliseconds = settings.IntervalMilliseconds,
            };

            PointTable table = new PointTable(context, settings, blocks, new CurrentWindow());
            Points = table.Points;
            context.Baselines = new BaselineStore(parts.Volume, table.Monitors);
            Delivery = new NodeDelivery(parts, settings, table.Points, faults, health, context.Quiet, _supervisor);
            context.Outlet = Delivery.Outlet;
            context.Messages = Delivery.Messages;
            AttachCaptures(parts, settings, context);
            _scheduler = new Scheduler(parts.Clock, WithDelivery(table.Tasks), faults);

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
            Delivery.Attach(commands, sender);
        }

        private NodeTask[] WithDelivery(NodeTask[] tasks)
        {
            NodeTask[] others = Delivery.OtherTasks;
            NodeTask[] all = new NodeTask[tasks.Length + others.Length + 1];
            for (int i = 0; i < tasks.Length; i++)
            {
                all[i] = tasks[i];
            }

            for (int i = 0; i < others.Length; i++)
            {
                all[tasks.Length + i] = others[i];
            }

            all[all.Length - 1] = Delivery.Task;
            return all;
        }

        /// <summary>Gets the points: by kind, and of each kind those remembered, then those declared, then those found.</summary>
        public Point[] Points { get; }

        /// <summary>Gets what numbers, keeps and sends the readings.</summary>
        public NodeDelivery Delivery { get; }

        /// <summary>Gets what numbers the readings.</summary>
        public Incarnation Incarnation
        {
            get { return Delivery.Incarnation; }
        }

        /// <summary>Gets what is on its way.</summary>
        public Outbox Outbox
        {
            get { return Delivery.Outbox; }
        }

        /// <summary>Gets the raw blocks, and the capture that is made of them.</summary>
        public CaptureBuffer Captures { get; private set; }

        /// <summary>Gets the counters.</summary>
        public NodeHealth Health
        {
            get { return Delivery.Health; }
        }

        /// <summary>Gets what was thrown.</summary>
        public FaultLog Faults
        {
            get { return Delivery.Faults; }
        }

        /// <summary>Gets why the node restarted itself before this start; null when it did not.</summary>
        public string RestartCause
        {
            get { return Delivery.RestartCause; }
        }

        /// <summary>Gets the link, to be run on a thread of its own.</summary>
        public LinkWorker Link
        {
            get { return Delivery.Link; }
        }

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
