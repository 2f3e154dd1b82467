using System;
using System.Collections.Generic;
using System.Linq;
using Sensors.Edge;
using Sensors.Node;

namespace Sensors.Simulation
{
    /// <summary>Holds what came of a simulation against what must hold, once everything works again.</summary>
    internal sealed class Judge(DeliverySimulation world)
    {
        private const long PowerCutCosts = 60 * EventQueue.Second;
        private const long Slack = 2 * EventQueue.Second; // a task that waits its turn
        private const long FirstTry = 2 * EventQueue.Second;
        private const long LongestPause = 60 * EventQueue.Second;
        private const long Joining = 8 * EventQueue.Second;  // after tries in vain the node joins the network anew, and asks for the time
        private const long Stable = 35 * EventQueue.Second;  // a session that lived less is no reason to begin again with short pauses

        private const string Corrupt = "corrupt";
        private const long RefusalLasts = EventQueue.Minute; // a volume that refused is not asked again at once

        private readonly Dictionary<string, long> _lost = [];

        /// <summary>Gets how many readings are lost, by reason.</summary>
        public IReadOnlyDictionary<string, long> Lost => _lost;

        public void Check()
        {
            CheckDrained();
            foreach (BootRecord boot in world.Account.Boots)
            {
                CheckReadings(boot);
                CheckReconnecting(boot);
            }

            CheckCovered();
            CheckLedger();
            CheckStore();
        }

        private void CheckDrained()
        {
            foreach (SimPlace place in world.Places)
            {
                if (place.Node is not { } node)
                {
                    world.Violate($"{place.Id} has not come back");
                }
                else if (!node.IsDrained)
                {
                    world.Violate($"{node.Boot.Name} has not delivered everything: {node.Rest}");
                }
            }
        }

        private void CheckReadings(BootRecord boot)
        {
            foreach ((long sequence, GivenReading given) in boot.Given)
            {
                if (given.StoredAt < 0)
                {
                    CheckLost(boot, sequence, given);
                }
            }
        }

        private void CheckLost(BootRecord boot, long sequence, GivenReading given)
        {
            string what = $"{(given.IsAlarm ? "alarm" : "reading")} {boot.Id} {given.Point} epoch {boot.Epoch} number {sequence}, "
                + $"taken {DeliverySimulation.TimeText(given.Time)} on board {boot.Board.Number}";
            string? told = null;
            string? wrong = null;
            foreach ((GapMessage gap, _) in world.Account.Gaps)
            {
                string reason = gap.Epoch == boot.Epoch ? gap.Reason : GapMessage.NewVolume;
                // Of a segment whose head is damaged the journal knows the epoch, but not the identifier.
                bool isHis = IsSame(gap.Id, boot.Id) || (gap.Reason == Corrupt && gap.Epoch == boot.Epoch);
                if (!isHis || !Covers(gap, boot, sequence))
                {
                    continue;
                }

                told = reason;
                wrong = WhyNot(reason, boot, sequence, given);
                if (wrong is null)
                {
                    _lost[told] = _lost.GetValueOrDefault(told) + 1;
                    return;
                }
            }

            string? unsaid = WhyUnsaid(boot, given);
            if ((told is null or GapMessage.NewVolume) && unsaid is not null)
            {
                _lost[unsaid] = _lost.GetValueOrDefault(unsaid) + 1;
                return;
            }

            world.Violate(told is null
                ? $"{what} is lost, and nobody says so; its start ended {boot.End} {(boot.EndedAt == long.MaxValue ? string.Empty : DeliverySimulation.TimeText(boot.EndedAt))}, journaled up to {boot.JournalHigh}"
                : $"{what} is lost as {told}, but {wrong}");
        }

        // Why nobody is left who could say that a reading is lost; null when somebody is.
        private string? WhyUnsaid(BootRecord boot, GivenReading? given)
        {
            long since = given?.Time ?? boot.StartedAt;
            BootRecord last = world.Account.Boots.FindLast(each => IsSame(each.Id, boot.Id))!;
            if (boot.Board.HasForgotten(boot.Id, since) || last.Board.HasForgotten(boot.Id, last.StartedAt))
            {
                return "forgotten with another identifier's volume"; // its own, or that of the board which had to speak for it
            }

            if (world.Account.Gaps.Exists(each => each.Gap.Reason == Corrupt && !IsSame(each.Gap.Id, boot.Id) && (each.Gap.Epoch == boot.Epoch || SpokeFor(each.Gap, boot))))
            {
                return "corrupt, and told under another identifier";
            }

            if (boot.End == BootEnd.PowerCut && boot.Board.IsUntold(boot.Epoch))
            {
                return "of a start that only a damaged file knew";
            }

            // The volume took not even the epoch, and then the power went.
            return !boot.IsDurable && boot.End == BootEnd.PowerCut && boot.Board.Volume.Refusals.Touches(boot.StartedAt - RefusalLasts, boot.EndedAt)
                ? "of a start that no volume knew" : null;
        }

        private bool HasCome(long incarnation, long since) => world.Account.Boots.Exists(boot => boot.Epoch >> 20 == incarnation && boot.StartedAt > since);

        private static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

        // A fresh board says of all others under its identifier that it does not hold what they have not delivered: with its first number, or by telling
        // that just this one is lost.
        private static bool IsStatement(GapMessage gap) => gap.Reason == GapMessage.NewVolume || ((gap.Epoch & 0xFFFFF) == 1 && gap.Ranges[0].From == 1);

        // Whether what is lost is the statement that a later volume made under this identifier.
        private bool SpokeFor(GapMessage gap, BootRecord boot) =>
            gap.Ranges[0].From == 1 && world.Account.Boots.Exists(each => each.Epoch == gap.Epoch && each.StartedAt > boot.StartedAt && IsSame(each.Id, boot.Id));

        private bool Covers(GapMessage gap, BootRecord boot, long sequence)
        {
            if (gap.Epoch != boot.Epoch)
            {
                return IsStatement(gap) && gap.Epoch >> 20 != boot.Epoch >> 20 && HasCome(gap.Epoch >> 20, boot.StartedAt);
            }

            foreach (SequenceRange range in gap.Ranges)
            {
                if (sequence >= range.From && sequence <= range.To)
                {
                    return true;
                }
            }

            return false;
        }

        // Why a reason does not fit what happened; null when it does.
        private static string? WhyNot(string reason, BootRecord boot, long sequence, GivenReading given)
        {
            SimBoard board = boot.Board;
            bool damaged = board.Volume.Damages.Touches(boot.StartedAt, long.MaxValue); // a file that is still added to, too
            switch (reason)
            {
                case "power-cut":
                    if (boot.End != BootEnd.PowerCut)
                    {
                        return $"its start ended by {boot.End}";
                    }

                    if (damaged)
                    {
                        return null; // what the journal had may be past recognition
                    }

                    if (sequence <= boot.JournalHigh)
                    {
                        return $"the journal had all up to {boot.JournalHigh}";
                    }

                    return given.Time < boot.EndedAt - PowerCutCosts - Slack && !board.Volume.Refusals.Touches(given.Time - RefusalLasts, boot.EndedAt)
                        ? $"it was {(boot.EndedAt - given.Time) / EventQueue.Second} s old when the power went"
                        : null;
                case "thinned":
                    if (given.IsAlarm)
                    {
                        return "alarms are never thinned";
                    }

                    return board.Thinnings.Touches(given.Time, long.MaxValue) ? null : "the board thinned nothing since";
                case "no-room":
                    return board.Volume.Refusals.Touches(given.Time - RefusalLasts, long.MaxValue) || damaged ? null : "the volume refused nothing since";
                case Corrupt:
                    return damaged || board.Volume.TornAppends.Touches(boot.StartedAt, long.MaxValue) ? null : "nothing was damaged since";
                case "new-volume":
                    if (board.HasLostEpochs(given.Time) && (damaged || sequence > boot.JournalHigh))
                    {
                        return null; // what its journal had it still has
                    }

                    return board.WasFormatted(given.Time) || board.Retired.Time != long.MaxValue
                        ? null : "the board kept its volume and its place";
                default:
                    return "that is no reason";
            }
        }

        private void CheckReconnecting(BootRecord boot)
        {
            if (boot.Connections is not { } log)
            {
                return;
            }

            ConnectLog.Entry before = default;
            long connected = 0;
            foreach (ConnectLog.Entry entry in log.Entries)
            {
                if (entry.Kind == ConnectLog.EntryKind.Connected)
                {
                    connected = entry.Time;
                }

                if (entry.Kind == ConnectLog.EntryKind.Tried && before.Time > 0 && !boot.Outages!.Touches(before.Time, entry.Time))
                {
                    long pause = entry.Time - before.Time;
                    bool isFirst = before.Kind == ConnectLog.EntryKind.Dropped && before.Time - connected > Stable;
                    if (pause > (isFirst ? FirstTry + Slack : LongestPause + Joining))
                    {
                        world.Violate($"{boot.Name} waited {pause / EventQueue.Millisecond} ms before it tried to connect, from {DeliverySimulation.TimeText(before.Time)}");
                    }
                }

                before = entry;
            }
        }

        // What the edge itself thinks is accounted for.
        private void CheckCovered()
        {
            foreach (BootRecord boot in world.Account.Boots)
            {
                if (WhyUnsaid(boot, null) is not null)
                {
                    continue;
                }

                long expected = 1;
                long last = boot.Given.Count == 0 ? 0 : boot.Given.Keys.Max();
                foreach (SequenceRange range in world.Store.Covered(boot.Id, boot.Epoch))
                {
                    if (range.From > expected)
                    {
                        break;
                    }

                    expected = Math.Max(expected, range.To + 1);
                }

                if (expected <= last)
                {
                    world.Violate($"the edge accounts for {boot.Name} epoch {boot.Epoch} up to {expected - 1} only, and {last} were given out");
                }
            }
        }

        private void CheckLedger()
        {
            LedgerReport report = LedgerReport.Of(world.Store.Archive);
            foreach (NodeAccount node in report.Nodes)
            {
                foreach (Edge.EpochAccount epoch in node.Epochs)
                {
                    if (epoch.Missing > 0 && !world.Account.Boots.Exists(boot => boot.Epoch == epoch.Epoch && WhyUnsaid(boot, null) is not null))
                    {
                        world.Violate($"the ledger misses {epoch.Missing} of {node.Id} epoch {epoch.Epoch}, from {epoch.MissingRanges[0]}");
                    }
                }
            }
        }

        // The store itself, row by row: each once, none beside.
        private void CheckStore()
        {
            long rows = 0;
            var seen = new HashSet<(long Epoch, long Sequence)>();
            foreach (StoreKind kind in new[] { StoreKind.Reading, StoreKind.Alarm })
            {
                foreach (StoredMessage message in world.Store.Archive.Messages(kind, new ArchiveFilter()))
                {
                    rows++;
                    if (!seen.Add((message.Epoch, message.Sequence)))
                    {
                        world.Violate($"{message.Id} epoch {message.Epoch} number {message.Sequence} is in the store twice");
                    }
                }
            }

            if (rows != world.Account.StoredCount)
            {
                world.Violate($"the store holds {rows} readings and alarms, and took {world.Account.StoredCount}");
            }
        }
    }
}
