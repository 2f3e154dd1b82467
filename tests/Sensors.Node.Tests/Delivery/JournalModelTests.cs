using System;
using System.Collections.Generic;
using System.Linq;
using Sensors.Node.Tests.Fakes;
using Xunit;
using Xunit.Sdk;

namespace Sensors.Node.Tests.Delivery
{
    /// <summary>
    /// Random operations over a volume that refuses, tears and loses its power at any change: what was committed comes back once, or a gap record
    /// says why not, and nothing else comes back.
    /// </summary>
    public sealed class JournalModelTests
    {
        private const int Seeds = 150;

        [Fact]
        public void Nothing_that_was_committed_is_lost_without_a_word()
        {
            int first = int.Parse(Environment.GetEnvironmentVariable("JOURNAL_FIRST_SEED") ?? "1");
            int count = int.Parse(Environment.GetEnvironmentVariable("JOURNAL_SEEDS") ?? Seeds.ToString());
            for (int seed = first; seed < first + count; seed++)
            {
                try
                {
                    new JournalModel(seed).Run();
                }
                catch (Exception exception)
                {
                    throw new XunitException("seed " + seed + ": " + exception.Message + Environment.NewLine + exception.StackTrace);
                }
            }
        }
    }

    /// <summary>One run of random operations, and what must come of it.</summary>
    internal sealed class JournalModel
    {
        private readonly Random _random;
        private readonly MemoryVolume _volume = new();
        private readonly Dictionary<(long Epoch, long Number), byte[]> _committed = new();
        private readonly Dictionary<(long Epoch, long Number), byte[]> _tried = new(); // read, and perhaps written without the volume saying so
        private readonly HashSet<(long Epoch, long Number)> _delivered = new();
        private readonly HashSet<(long Epoch, long Number)> _passed = new();     // numbers that others have, so never journaled
        private readonly Dictionary<(long Epoch, long Number), List<GapReason>> _gaps = new();
        private readonly Dictionary<long, string> _identifiers = new();
        private readonly Dictionary<long, long> _used = new();
        private readonly Dictionary<long, byte[]> _last = new();
        private readonly List<byte[]> _pending = new();
        private readonly int _budget;
        private readonly bool _faulty;
        private readonly bool _tears;
        private readonly bool _spoils;
        private readonly int _points;
        private Journal _journal = null!;
        private long _epoch;
        private long _next;
        private long _durable;
        private bool _wasSpoilt;
        private bool _unclosed;

        public JournalModel(int seed)
        {
            _random = new Random(seed);
            _budget = _random.Next(4, 12) * Volume.BlockBytes;
            _faulty = _random.Next(3) != 0;
            _tears = _random.Next(4) == 0;
            _spoils = _random.Next(4) == 0;
            _points = _random.Next(1, 10);
            _epoch = Incarnation + 0;
        }

        private static long Incarnation => 123456789L << 20;




        public void Run()
        {
            Start();
            int operations = _random.Next(10, 400);
            for (int i = 0; i < operations; i++)
            {
                try
                {
                    Operate();
                }
                catch (PowerCutException)
                {
                    PowerCut();
                }
            }

            _volume.Plan = _ => Fate.Done;
            if (_random.Next(2) == 0)
            {
                PowerCut();
            }
            else
            {
                Commit();
            }

            while (Deliver())
            {
            }

            Check();
        }

        private void Operate()
        {
            switch (_random.Next(20))
            {
                case < 12:
                    Add(_random.Next(1, 9));
                    break;
                case < 15:
                    Commit();
                    break;
                case < 16:
                    if (_random.Next(3) == 0)
                    {
                        Deliver();
                    }

                    break;
                case < 17:
                    if (_random.Next(4) == 0)
                    {
                        Start();
                    }

                    break;
                case < 18:
                    Spoil();
                    break;
                default:
                    PlanFault();
                    break;
            }
        }

        // A start of the node, which may be cut itself.
        private void Start()
        {
            while (true)
            {
                try
                {
                    StartOnce();
                    return;
                }
                catch (PowerCutException)
                {
                    _volume.Plan = _ => Fate.Done;
                }
            }
        }

        private void StartOnce()
        {
            _pending.Clear();
            _journal = new Journal(_volume, _budget);
            _journal.Scan();
            long previous = _epoch;
            if (previous != Incarnation)
            {
                long to = Math.Max(_used[previous], 1) + 10;
                long from = 1; // behind what the edge has all of
                while (_random.Next(100) != 0 && (_delivered.Contains((previous, from)) || _passed.Contains((previous, from))))
                {
                    from++;
                }

                bool closed = false;
                for (int i = 0; i < 5 && !closed; i++)
                {
                    closed = _journal.CloseEpoch(_identifiers[previous], previous, from, to);
                }

                _used[previous] = closed ? to : _used[previous];
                _unclosed |= !closed;
            }

            _epoch++;
            _next = 1;
            _durable = 0;
            _identifiers[_epoch] = _random.Next(10) == 0 ? "88.118.12345/MOVED-" + _epoch % 1000 : previous != Incarnation ? _identifiers[previous] : JournalBench.Id;
            _used[_epoch] = 0;
            _last.Clear();
            _journal.Begin(_identifiers[_epoch], _epoch, new TestClock());
        }

        private void PowerCut()
        {
            _volume.Plan = _ => Fate.Done;
            Start();
        }

        private void PlanFault()
        {
            if (!_faulty)
            {
                return;
            }

            int at = _volume.Changes + _random.Next(12);
            Fate[] fates = _tears
                ? [Fate.Refused, Fate.RefusedTorn, Fate.CutBefore, Fate.CutBetween, Fate.CutTorn, Fate.CutAfter]
                : [Fate.Refused, Fate.CutBefore, Fate.CutAfter];
            Fate fate = fates[_random.Next(fates.Length)];
            int lasting = fate is Fate.Refused or Fate.RefusedTorn ? _random.Next(1, 4) : 1;
            _volume.Plan = change => change >= at && change < at + lasting ? fate : Fate.Done;
        }

        private void Add(int count)
        {
            for (int i = 0; i < count; i++)
            {
                if (_random.Next(12) == 0)
                {
                    _passed.Add((_epoch, _next)); // was acknowledged without the journal
                    _next++;
                }

                long number = _next;
                byte[] record = _tried.TryGetValue((_epoch, number), out byte[]? made) ? made : Make(number);
                if (!_journal.Add(record))
                {
                    if (!Commit() || _next != number || !_journal.Add(record))
                    {
                        return;
                    }
                }

                _pending.Add(record);
                _tried[(_epoch, _next)] = record;
                _used[_epoch] = Math.Max(_used[_epoch], _next);
                _next++;
            }
        }

        private byte[] Make(long number)
        {
            int what = _random.Next(40);
            if (what == 0)
            {
                return JournalBench.Gap(GapReason.NoRoom, 1, (number, number));
            }

            int point = _random.Next(_points);
            if (what < 4)
            {
                byte[] alarm = new byte[_random.Next(10, 30)];
                _random.NextBytes(alarm);
                return JournalBench.Record(16, "p" + point, number, alarm);
            }

            if (!_last.TryGetValue(point, out byte[]? content) || _random.Next(20) == 0)
            {
                content = new byte[_random.Next(1 + (point * 40)) + 5];
                _random.NextBytes(content);
            }

            content = (byte[])content.Clone();
            for (int i = 0; i < content.Length; i += 1 + _random.Next(4))
            {
                content[i] += (byte)_random.Next(-3, 4);
            }

            _last[point] = content;
            return JournalBench.Record(1 + (point % 4), "p" + point, number, content);
        }

        private bool Commit()
        {
            if (!_journal.Commit())
            {
                // Not in the journal: the numbers are added again, as the node would.
                _next = _pending.Count > 0 ? FirstPending() : _next;
                var again = _pending.ToList();
                _pending.Clear();
                foreach (byte[] record in again)
                {
                    if (!_journal.Add(record))
                    {
                        break;
                    }

                    _pending.Add(record);
                }

                _next = _pending.Count > 0 ? JournalForm.NumberOf(_pending[^1], 0) + 1 : _next;
                if (!_journal.Commit())
                {
                    _next = _pending.Count > 0 ? FirstPending() : _next;
                    _pending.Clear();
                    return false;
                }
            }

            foreach (byte[] record in _pending)
            {
                long number = JournalForm.NumberOf(record, 0);
                _committed[(_epoch, number)] = record;
                _durable = number;
            }

            Assert.Equal(_durable, _journal.High);
            _pending.Clear();
            return true;
        }

        private long FirstPending() => JournalForm.NumberOf(_pending[0], 0);

        private bool Deliver()
        {
            Commit(); // as the node does: what is added goes into the journal before anything is loaded
            var segment = new JournalSegment();
            if (!_journal.LoadOldest(segment))
            {
                Assert.Equal(0, _journal.Records);
                return false;
            }

            int some = _random.Next(3);
            for (int i = 0; i < some && segment.Next(); i++)
            {
            }

            if (_random.Next(4) == 0)
            {
                Add(_random.Next(30)); // while it is being sent
                Commit();
            }

            segment.Rewind();
            int count = 0;
            long lastNumber = 0;
            long lastEpoch = 0;
            while (segment.Next())
            {
                var entry = new Entry(segment);
                count++;
                Take(entry);
                if (entry.Gap == null)
                {
                    Assert.True(entry.Epoch != lastEpoch || entry.First > lastNumber, "out of order");
                    lastEpoch = entry.Epoch;
                    lastNumber = entry.First;
                }
            }

            Assert.Equal(segment.Count, count);
            _journal.DeleteOldest();
            return true;
        }

        private void Take(Entry entry)
        {
            Assert.True(_identifiers.TryGetValue(entry.Epoch, out string? identifier), "epoch " + entry.Epoch + " was never begun");
            if (!_wasSpoilt && !_tears)
            {
                Assert.Equal(identifier, entry.Identifier);
            }

            if (entry.Gap != null)
            {
                for (int i = 0; i < entry.Gap.Ranges; i++)
                {
                    for (long number = entry.Gap.From(i); number <= Math.Min(entry.Gap.To(i), _used[entry.Epoch] + 20); number++)
                    {
                        if (!_gaps.TryGetValue((entry.Epoch, number), out List<GapReason>? reasons))
                        {
                            _gaps[(entry.Epoch, number)] = reasons = new List<GapReason>();
                        }

                        reasons.Add(entry.Gap.Reason);
                    }
                }

                return;
            }

            (long Epoch, long First) key = (entry.Epoch, entry.First);
            Assert.True(_tried.ContainsKey(key), "never read: " + key);
            Assert.Equal(_tried[key], entry.Bytes);
            Assert.True(_delivered.Add(key) || _faulty, "twice: " + key);
            Assert.False(_gaps.ContainsKey(key) && !_faulty, "in a gap and here: " + key);
        }

        private void Spoil()
        {
            if (!_spoils || _volume.Files.Count == 0)
            {
                return;
            }

            _wasSpoilt = true;
            byte[] file = _volume.Files.Values.ElementAt(_random.Next(_volume.Files.Count));
            int count = _random.Next(3) == 0 ? _random.Next(1, 200) : 1;
            int at = _random.Next(file.Length);
            for (int i = at; i < Math.Min(file.Length, at + count); i++)
            {
                file[i] ^= (byte)_random.Next(1, 256);
            }
        }

        private void Check()
        {
            foreach (KeyValuePair<(long Epoch, long Number), byte[]> pair in _committed)
            {
                if (_delivered.Contains(pair.Key))
                {
                    continue;
                }

                if (_unclosed && _wasSpoilt)
                {
                    continue; // nobody could say how far that epoch went
                }

                if (GapRecord.IsGap(pair.Value, 0))
                {
                    Assert.True(_gaps.ContainsKey(pair.Key), "a gap record was lost: " + pair.Key);
                    continue;
                }

                Assert.True(_gaps.TryGetValue(pair.Key, out List<GapReason>? reasons), "lost: " + pair.Key);
                bool reading = pair.Value[1] < 16;
                Assert.True((reading && reasons!.Contains(GapReason.Thinned)) || _wasSpoilt || _tears,
                    "wrong reason: " + pair.Key + " " + string.Join(",", reasons));
            }
        }
    }
}
