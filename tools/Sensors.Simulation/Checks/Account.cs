using System;
using System.Buffers.Text;
using System.Collections.Generic;
using Sensors.Edge;
using Sensors.Node;

namespace Sensors.Simulation
{
    /// <summary>What every node gave out, and what became of it. Written by the source and the store, independently of the node's own books.</summary>
    internal sealed class Account(Action<string> violation)
    {
        /// <summary>The value of an alarm of which only its number is known.</summary>
        public const int Unknown = int.MinValue;

        private const int RoundingMs = 1;

        private readonly Dictionary<long, BootRecord> _boots = [];

        /// <summary>Gets every start of every board, in order.</summary>
        public List<BootRecord> Boots { get; } = [];

        /// <summary>Gets what nodes said of numbers that will not come, as it was stored.</summary>
        public List<(GapMessage Gap, long Time)> Gaps { get; } = [];

        /// <summary>Gets how many readings and alarms were given out.</summary>
        public long Given { get; private set; }

        /// <summary>Gets how many of them are stored.</summary>
        public long StoredCount { get; private set; }

        /// <summary>Gets how many messages came again.</summary>
        public long Duplicates { get; private set; }

        /// <summary>Gets the largest delay from source to store while all was well, in microseconds.</summary>
        public long LargestLiveDelay { get; private set; }

        /// <summary>Gets a number that differs as soon as anything stored differs.</summary>
        public ulong Fingerprint { get; private set; } = 14695981039346656037;

        /// <summary>Gets or sets since when all is well; <see cref="long.MaxValue"/> while something is not.</summary>
        public long CalmSince { get; set; }

        /// <summary>Gets or sets what tells since when the collector listens; <see cref="long.MaxValue"/> while it does not.</summary>
        public Func<long> EdgeUpSince { get; set; } = () => 0;

        /// <summary>Gets or sets the longest delay that is borne while all is well; 0 for any.</summary>
        public long LiveLimit { get; set; }

        /// <summary>Gets when somebody told a wrong time.</summary>
        public Spans WrongTimes { get; } = new();

        public void Begin(BootRecord boot)
        {
            Boots.Add(boot);
            if (!_boots.TryAdd(boot.Epoch, boot))
            {
                violation($"epoch {boot.Epoch} was begun twice: by {_boots[boot.Epoch].Name} and by {boot.Name}");
            }
        }

        /// <summary>Enters a reading or an alarm that a node numbered.</summary>
        public void Give(BootRecord boot, long sequence, GivenReading given)
        {
            if (!boot.Given.TryAdd(sequence, given))
            {
                violation($"{boot.Name} gave out number {sequence} of epoch {boot.Epoch} twice");
            }

            Given++;
        }

        /// <summary>Gives the part of a reading's message that was measured: all from its values on.</summary>
        public static ReadOnlySpan<byte> MeasuredOf(ReadOnlySpan<byte> message) => message[Math.Max(0, message.IndexOf("\"values\":"u8))..];

        /// <summary>Enters what was stored.</summary>
        public void Stored(StoreEntry entry, StoreOutcome outcome, long now)
        {
            if (entry.Kind == StoreKind.Gap)
            {
                Gaps.Add((entry.Gap!, now));
                Mix(entry);
                return;
            }

            if (entry.Kind == StoreKind.Refused)
            {
                violation($"a message was refused: {entry.Refused!.Topic}: {entry.Refused.Reason}");
                return;
            }

            if (entry.Kind is not (StoreKind.Reading or StoreKind.Alarm))
            {
                return;
            }

            string what = $"{entry.Id} epoch {entry.Epoch} number {entry.Sequence}";
            if (!_boots.TryGetValue(entry.Epoch, out BootRecord? boot) || !boot.Given.TryGetValue(entry.Sequence, out GivenReading? given))
            {
                violation($"{what} was stored and never read");
                return;
            }

            if (outcome == StoreOutcome.Duplicate)
            {
                Duplicates++;
                if (given.StoredAt < 0)
                {
                    violation($"{what} was called a duplicate and is not there");
                }

                return;
            }

            if (given.StoredAt >= 0)
            {
                violation($"{what} was stored twice");
            }

            given.StoredAt = now;
            StoredCount++;
            Mix(entry);
            Check(entry, boot, given, what, now);
        }

        private void Check(StoreEntry entry, BootRecord boot, GivenReading given, string what, long now)
        {
            if (!string.Equals(entry.Id, boot.Id, StringComparison.OrdinalIgnoreCase) || entry.Point != given.Point
                || (entry.Kind == StoreKind.Alarm) != given.IsAlarm)
            {
                violation($"{what} was stored as a {entry.Kind} of {entry.Id} {entry.Point}; it was one of {boot.Id} {given.Point}");
            }

            if (given.Measured is { } measured ? !MeasuredOf(entry.Payload.Span).SequenceEqual(measured)
                : given.Value != Unknown && ValueOf(entry.Payload.Span, given.IsAlarm) != given.Value)
            {
                violation($"{what} bears another value than {(given.Measured is null ? given.Value : System.Text.Encoding.UTF8.GetString(given.Measured))}: {System.Text.Encoding.UTF8.GetString(entry.Payload.Span)}");
            }

            CheckTime(entry, boot, given, what, now);
            if (LiveLimit > 0 && given.Time >= CalmSince && given.Time >= EdgeUpSince() && boot.IsUpSince(given.Time))
            {
                long delay = now - given.DoneAt;
                LargestLiveDelay = Math.Max(LargestLiveDelay, delay);
                if (delay > LiveLimit)
                {
                    violation($"{what} took {delay / EventQueue.Millisecond} ms to the store while all was well");
                }
            }
        }

        private void CheckTime(StoreEntry entry, BootRecord boot, GivenReading given, string what, long now)
        {
            if (entry.Clock == ClockQuality.Unset)
            {
                if (Math.Abs(entry.UtcMilliseconds - given.BoardMs) > RoundingMs)
                {
                    violation($"{what} was taken {given.BoardMs} ms after start and says {entry.UtcMilliseconds}");
                }

                return;
            }

            long error = entry.UtcMilliseconds - SimSite.UtcOf(given.TakenAt);
            if (entry.Clock == ClockQuality.Synced && !WrongTimes.Touches(boot.StartedAt, now))
            {
                if (entry.Uncertainty is not { } uncertainty)
                {
                    violation($"{what} has a synced time without uncertainty");
                }
                else if (Math.Abs(error) > uncertainty + RoundingMs)
                {
                    violation($"{what} is {error} ms off and says at most {uncertainty}");
                }
            }
            else if (entry.Clock == ClockQuality.Holdover && !WrongTimes.Any && error > HoldoverLead(given.BoardMs))
            {
                violation($"{what} was taken before its time: {error} ms");
            }
        }

        // Holdover begins at a time that has been, as well as it was known: the edge alone tells it to 5 s. From there only the crystal can lead.
        private static long HoldoverLead(long boardMs) => 20_000 + (boardMs * 2 * Clock.DriftPpm / 1_000_000);

        private static int ValueOf(ReadOnlySpan<byte> payload, bool isAlarm)
        {
            ReadOnlySpan<byte> name = isAlarm ? "\"value\":"u8 : "\"mean\":"u8;
            int at = payload.IndexOf(name);
            return at >= 0 && Utf8Parser.TryParse(payload[(at + name.Length)..], out int value, out _) ? value : -1;
        }

        private void Mix(StoreEntry entry)
        {
            Fingerprint = (Fingerprint ^ (ulong)entry.Epoch) * 1099511628211;
            Fingerprint = (Fingerprint ^ (ulong)entry.Sequence) * 1099511628211;
            Fingerprint = (Fingerprint ^ (ulong)entry.UtcMilliseconds) * 1099511628211;
        }
    }

    /// <summary>A reading or an alarm that was given out.</summary>
    internal sealed class GivenReading(string point, int value, bool isAlarm, long time, long boardMs)
    {
        public string Point => point;

        public int Value => value;

        public bool IsAlarm => isAlarm;

        /// <summary>Gets when, true time.</summary>
        public long Time { get; } = time;

        /// <summary>Gets when, by the board's clock.</summary>
        public long BoardMs => boardMs;

        /// <summary>Gets when it left the measuring job, which begins at <see cref="Time"/>.</summary>
        public long DoneAt { get; init; } = time;

        /// <summary>Gets when its last sample was taken, true time.</summary>
        public long TakenAt { get; init; } = time;

        /// <summary>Gets what was measured, as it is to be sent; null where <see cref="Value"/> is all.</summary>
        public byte[]? Measured { get; init; }

        /// <summary>Gets or sets when it was stored; -1 while it is not.</summary>
        public long StoredAt { get; set; } = -1;
    }

    /// <summary>How a start of a board ended.</summary>
    internal enum BootEnd
    {
        Running,
        PowerCut,
        Restart,
    }

    /// <summary>One start of a board: an epoch.</summary>
    internal sealed class BootRecord(SimBoard board, string id, long epoch, long startedAt)
    {
        public SimBoard Board => board;

        /// <summary>Gets the identifier readings were taken under.</summary>
        public string Id => id;

        public long Epoch => epoch;

        public long StartedAt => startedAt;

        public string Name => $"{id} on board {board.Number}";

        /// <summary>Gets what was given out, by number.</summary>
        public Dictionary<long, GivenReading> Given { get; } = [];

        /// <summary>Gets or sets the end.</summary>
        public BootEnd End { get; set; }

        public long EndedAt { get; set; } = long.MaxValue;

        /// <summary>Gets or sets the highest number the journal said it had taken care of.</summary>
        public long JournalHigh { get; set; }

        /// <summary>Gets or sets whether the volume knows of this start and its numbers.</summary>
        public bool IsDurable { get; set; }

        /// <summary>Gets or sets the node's connections.</summary>
        public ConnectLog? Connections { get; set; }

        /// <summary>Gets or sets when there was no radio.</summary>
        public Spans? Outages { get; set; }

        /// <summary>Tells whether the node had a session at a moment, and has had since.</summary>
        public bool IsUpSince(long time) => Connections is { UpSince: >= 0 } log && log.UpSince + (5 * EventQueue.Second) <= time;
    }
}
