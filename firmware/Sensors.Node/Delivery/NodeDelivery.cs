using System;

namespace Sensors.Node
{
    /// <summary>The node without its sensors: what numbers records, keeps them, sends them and hears of their fate.</summary>
    /// <remarks>
    /// Two threads drive it. The loop calls <see cref="Outlet"/> and steps <see cref="Task"/>, which does all work on the volume; the link's
    /// thread steps <see cref="Link"/>. <see cref="SensorNode"/> puts sensors before it; the simulation puts a source of numbered readings there.
    /// </remarks>
    public sealed class NodeDelivery
    {
        private const int OutboxSlots = 64;
        private const int OutboxBytes = 12288;  // 32 vibration readings with all features, or 150 others
        private const int LeastBlocks = 4;

        private readonly Topics _topics;
        private readonly EdgeAcks _acks;
        private readonly NodeControl _control;

        /// <summary>Reads the volume, closes the epoch before, and begins a new one.</summary>
        /// <param name="parts">The board's parts.</param>
        /// <param name="settings">Settings without an error.</param>
        /// <param name="points">The node's points.</param>
        /// <param name="faults">Keeps what is thrown.</param>
        /// <param name="health">Takes counters.</param>
        /// <param name="quiet">Silence while a block is drained.</param>
        /// <param name="supervisor">Is told that the link lives.</param>
        /// <remarks>Each step leaves a volume with which the next start does the same again, so power may go anywhere in between.</remarks>
        public NodeDelivery(
            NodeParts parts, Settings settings, Point[] points, FaultLog faults, NodeHealth health, Quiet quiet, Supervisor supervisor)
        {
            Faults = faults;
            Health = health;
            RestartCause = new LastWords(parts.Volume).Take();
            string identifier = settings.Id.Text;
            AckMode acknowledgement = settings.Link.Acknowledgement;
            _topics = new Topics(settings.Root, settings.Id, new string[0]);

            Incarnation = new Incarnation(parts.Volume, parts.Random);
            Journal = new Journal(parts.Volume, Budget(parts.Volume));
            Journal.Scan();
            TimeKeeper time = new TimeKeeper(parts, settings, health);
            time.Hold(Journal.LatestUtc, Clock.UnknownUncertainty);
            time.Hold(Incarnation.Utc, Clock.UnknownUncertainty);
            Incarnation.Begin(identifier, parts.Clock);
            EpochCloser closer = new EpochCloser(Journal, Incarnation, identifier, parts.Clock);
            closer.TryClose();

            Outbox = new Outbox(OutboxSlots, OutboxBytes, acknowledgement);
            Incarnation.Attach(Outbox);
            _acks = new EdgeAcks(Incarnation.Epoch);
            Backlog backlog = new Backlog(Outbox, _acks, acknowledgement);
            Task = new JournalTask(Outbox, Journal, backlog, Incarnation, parts.Clock, closer);
            Messages = new NodeMessages(parts, settings, this, time, points);
            Link = new LinkWorker(parts, settings, Outbox, backlog, _acks, Messages, time, health, quiet, supervisor);
            Outlet = new ReadingOutlet(Outbox, Incarnation, parts.Clock);
            Outlet.Attach(Task, Link);
            _control = new NodeControl(parts, time, new DeliveryReplay(this));
            Attach(new NodeCommand[0], null);
            if (Incarnation.IsFresh)
            {
                Gap gap = new Gap();
                gap.Begin(GapReason.NewVolume, 0);
                Outlet.State(gap);
            }
        }

        /// <summary>Gets what numbers the records.</summary>
        public Incarnation Incarnation { get; }

        /// <summary>Gets what waits in memory.</summary>
        public Outbox Outbox { get; }

        /// <summary>Gets what waits on the volume.</summary>
        public Journal Journal { get; }

        /// <summary>Gets where measuring jobs hand over.</summary>
        public ReadingOutlet Outlet { get; }

        /// <summary>Gets what works on the volume; the loop steps it with its other tasks.</summary>
        public JournalTask Task { get; }

        /// <summary>Gets the other jobs that commands need of the loop.</summary>
        public NodeTask[] OtherTasks
        {
            get { return _control.Tasks; }
        }

        /// <summary>Gets the link, to be run on a thread of its own.</summary>
        public LinkWorker Link { get; }

        /// <summary>Gets the encoders.</summary>
        public NodeMessages Messages { get; }

        /// <summary>Gets the counters.</summary>
        public NodeHealth Health { get; }

        /// <summary>Gets what was thrown.</summary>
        public FaultLog Faults { get; }

        /// <summary>Gets why the node restarted itself before this start; null when it did not.</summary>
        public string RestartCause { get; }

        /// <summary>Names what else takes commands, and what sends captures. Before the first step.</summary>
        /// <param name="commands">Commands beside those every node has.</param>
        /// <param name="captures">Sends captures; null for none.</param>
        public void Attach(NodeCommand[] commands, CaptureSender captures)
        {
            NodeCommand[] all = new NodeCommand[_control.Commands.Length + commands.Length];
            Array.Copy(_control.Commands, 0, all, 0, _control.Commands.Length);
            Array.Copy(commands, 0, all, _control.Commands.Length, commands.Length);
            Link.Attach(new NodeCommands(_topics.Command, _topics.Reply, all), captures);
        }

        /// <summary>Puts everything that is not acknowledged into the journal, before a restart on purpose: nothing is lost by it. On the loop's thread.</summary>
        /// <returns>False when the volume refused.</returns>
        public bool Flush()
        {
            return Task.Flush();
        }

        /// <summary>Sends again what was acknowledged already, as far as it is still in memory. What was not acknowledged comes anyway. On the link's thread.</summary>
        /// <param name="epoch">The epoch.</param>
        /// <param name="from">First number.</param>
        /// <param name="to">Last number.</param>
        /// <param name="gone">How many of these numbers were acknowledged and are held no longer.</param>
        /// <returns>How many are sent again; -1 for an epoch that is over: what the journal still has of it comes anyway, nothing else can.</returns>
        public int Replay(long epoch, long from, long to, out long gone)
        {
            gone = 0;
            if (epoch != Incarnation.Epoch)
            {
                return -1;
            }

            long last = to < Incarnation.Sequence ? to : Incarnation.Sequence;
            int again = Outbox.Replay(from, last, out int here);
            EdgeAck ack = _acks.Of(epoch);
            long arrived = ack != null ? ack.CountWithin(epoch, from, last) : 0;
            gone = arrived > again + here ? arrived - again - here : 0;
            return again;
        }

        // The rest is for settings, places, baselines and certificates, and for what the file system needs.
        private static int Budget(Volume volume)
        {
            int blocks = volume.CapacityBytes / Volume.BlockBytes * 3 / 4;
            return (blocks < LeastBlocks ? LeastBlocks : blocks) * Volume.BlockBytes;
        }

        private sealed class DeliveryReplay : Replay
        {
            private readonly NodeDelivery _node;

            public DeliveryReplay(NodeDelivery node)
            {
                _node = node;
            }

            public override string Ask(long epoch, long from, long to, out int records)
            {
                records = _node.Replay(epoch, from, to, out _);
                return records >= 0 ? null : "that epoch is over: what the journal still has of it is sent anyway";
            }
        }
    }
}
