using Sensors.Node;

namespace Sensors.Simulation
{
    /// <summary>What a simulated node's loop does: a source of readings before the real delivery.</summary>
    internal abstract class SimWork
    {
        /// <summary>Gets what numbers, keeps and sends the readings.</summary>
        public abstract NodeDelivery Delivery { get; }

        /// <summary>Names the start that the readings belong to; before the first of them.</summary>
        public abstract void Begin(BootRecord boot);

        /// <summary>Does what is due.</summary>
        /// <returns>Milliseconds until there is more.</returns>
        public abstract int RunOnce();

        /// <summary>Ends the readings.</summary>
        public abstract void Stop();

        /// <summary>Has so many alarms come.</summary>
        public abstract void Alarm(int count);
    }

    /// <summary>A source of numbered readings.</summary>
    internal sealed class NumberedWork(NodeDelivery delivery, NumberedSource source, SimClock clock, FaultLog faults) : SimWork
    {
        private readonly Scheduler _scheduler = new(clock, [source, delivery.Task], faults);

        public override NodeDelivery Delivery => delivery;

        public override void Begin(BootRecord boot) => source.Begin(boot);

        public override int RunOnce() => _scheduler.RunOnce();

        public override void Stop() => source.IsStopped = true;

        public override void Alarm(int count) => source.Alarms += count;
    }
}
