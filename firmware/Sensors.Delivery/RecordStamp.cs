using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>How a record's time is written: once UTC is synchronised for good, before that so that it can be put right.</summary>
    public static class RecordStamp
    {
        /// <summary>Writes the present time into a gap: as UTC when that is synchronised, otherwise since start, to be stamped when it is sent.</summary>
        /// <param name="gap">The gap.</param>
        /// <param name="clock">The node's time.</param>
        /// <param name="now">Milliseconds since start.</param>
        public static void Write(Gap gap, Clock clock, long now)
        {
            ClockState state = State(clock);
            gap.State = state;
            gap.Time = Time(clock, state, now);
            gap.Uncertainty = Code(clock, state, now);
        }

        /// <summary>Tells how the time of what is taken now is written.</summary>
        /// <param name="clock">The node's time.</param>
        /// <returns>Synced: as UTC, which stays as it is. Unset: since start, and UTC is put in when it is sent, by what is known then.</returns>
        [HotPath]
        public static ClockState State(Clock clock)
        {
            return clock.State == ClockState.Synced ? ClockState.Synced : ClockState.Unset;
        }

        /// <summary>Gives the time to write.</summary>
        /// <param name="clock">The node's time.</param>
        /// <param name="state">What <see cref="State"/> gave.</param>
        /// <param name="taken">Milliseconds since start.</param>
        /// <returns>Milliseconds: UTC since 1970 where synced, otherwise since start.</returns>
        [HotPath]
        public static long Time(Clock clock, ClockState state, long taken)
        {
            return state == ClockState.Synced ? clock.ToUtc(taken) : taken;
        }

        /// <summary>Gives the uncertainty to write.</summary>
        /// <param name="clock">The node's time.</param>
        /// <param name="state">What <see cref="State"/> gave.</param>
        /// <param name="taken">Milliseconds since start.</param>
        /// <returns>The code of <see cref="Uncertainty"/>; 0 where it is not known.</returns>
        [HotPath]
        public static int Code(Clock clock, ClockState state, long taken)
        {
            return state == ClockState.Synced ? Uncertainty.CodeOf(clock.UncertaintyAt(taken)) : 0;
        }
    }
}
