using System;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Raw blocks in memory: the last ones measured, and those of a capture until it has been sent.</summary>
    /// <remarks>
    /// <para>All memory is made in the constructor. Points share it: whatever is measured overwrites the oldest block. A capture freezes
    /// the blocks of its point before the trigger, and adds the one that triggered and those after it.</para>
    /// <para>There is one capture at a time. A trigger that finds one under way is counted and told, see <see cref="TakeMissed"/>. A capture that
    /// has been sent is held for <see cref="HoldMilliseconds"/> more, for whoever missed a part of it; the next trigger ends that.</para>
    /// <para>The loop offers blocks, the link's thread does the rest.</para>
    /// </remarks>
    public sealed class CaptureBuffer
    {
        /// <summary>How many blocks a node keeps on a board without external memory: the one before, and the one that triggers.</summary>
        public const int InternalBlocks = 2;

        /// <summary>How many blocks a node keeps on a board with external memory.</summary>
        public const int ExternalBlocks = 8;

        /// <summary>The most blocks.</summary>
        public const int MostBlocks = 64;

        /// <summary>How long a capture waits for its next block, in milliseconds: the sensor has failed.</summary>
        public const int BlockMilliseconds = 30000;

        /// <summary>How long a capture is held after its last chunk was acknowledged or asked for, in milliseconds.</summary>
        public const int HoldMilliseconds = 60000;

        /// <summary>How soon a job looks whether a capture wants a block, in milliseconds.</summary>
        public const int LookMilliseconds = 1000;

        private const int Idle = 0;
        private const int Collecting = 1;
        private const int Sending = 2;
        private const int Held = 3;

        private readonly object _gate = new object();
        private readonly CaptureBlock[] _blocks;
        private readonly CaptureBlock[] _taken; // those of the capture, in the order they were measured
        private readonly Point[] _alarmed = new Point[PointTable.Most]; // where an alarm stands
        private readonly CaptureInfo _info = new CaptureInfo();
        private int _state;
        private int _wanted;  // blocks that are still to come
        private long _until;  // end of the wait for a block, or of the hold
        private long _order;
        private int _missed;
        private int _missedUntold;
        private Point _missedPoint;
        private int _failed;  // number of a capture no block came for

        /// <summary>Makes the memory.</summary>
        /// <param name="blocks">How many blocks are kept, 0 to <see cref="MostBlocks"/>; with none there are no captures.</param>
        /// <param name="values">Values of a block, all axes together; of a longer one the newest samples are kept.</param>
        public CaptureBuffer(int blocks, int values)
        {
            _blocks = new CaptureBlock[blocks];
            _taken = new CaptureBlock[blocks];
            for (int i = 0; i < blocks; i++)
            {
                _blocks[i] = new CaptureBlock(values);
            }

            AlarmAfter = blocks > 0 ? (blocks - 1) / 2 : 0;
            AlarmBefore = blocks > 0 ? blocks - 1 - AlarmAfter : 0;
        }

        /// <summary>Gets how many blocks are kept: the most of a capture.</summary>
        public int Blocks
        {
            get { return _blocks.Length; }
        }

        /// <summary>Gets or sets how many blocks before an alarm are captured, as far as there are so many. By default half the memory.</summary>
        public int AlarmBefore { get; set; }

        /// <summary>Gets or sets how many blocks after an alarm are captured; with those before and the block itself at most <see cref="Blocks"/>.</summary>
        public int AlarmAfter { get; set; }

        /// <summary>Gets the number of the latest capture, from 1 in each epoch; 0 before the first.</summary>
        public int Number
        {
            get { lock (_gate) { return _info.Number; } }
        }

        /// <summary>Gets what the node does about the latest capture, for people: why it takes no other.</summary>
        public string Doing
        {
            get { lock (_gate) { return _state == Collecting ? "taken" : _state == Sending ? "sent" : _state == Held ? "held" : "over"; } }
        }

        /// <summary>Gets the number of the capture whose chunks can be made; 0 when there is none.</summary>
        internal int Ready
        {
            get { lock (_gate) { return _state >= Sending ? _info.Number : 0; } }
        }

        /// <summary>Keeps a block. From the loop, after the block has been drained and never while one is.</summary>
        /// <param name="point">Where it was taken.</param>
        /// <param name="counts">The samples as the chip counts them, from index 0; copied.</param>
        /// <param name="samples">Samples per axis; nothing is kept of a block without any.</param>
        /// <param name="axes">3 for x, y and z in turn, 1 for one axis.</param>
        /// <param name="axis">Which axis where there is one: 0 to 2.</param>
        /// <param name="weight">Acceleration per count, in m/s².</param>
        /// <param name="rate">Measured rate in Hz; NaN when it could not be measured.</param>
        /// <param name="lost">Samples lost in the block.</param>
        /// <param name="takenMilliseconds">When the last sample was taken, in milliseconds since start.</param>
        /// <param name="alarm">Whether an alarm stands at the point: the first block of an alarm triggers.</param>
        [HotPath]
        public void Offer(
            Point point, short[] counts, int samples, int axes, int axis, float weight, float rate, int lost, long takenMilliseconds, bool alarm)
        {
            if (_blocks.Length == 0 || samples <= 0)
            {
                return;
            }

            lock (_gate)
            {
                if (Begins(point, alarm))
                {
                    StartOnAlarm(point, takenMilliseconds);
                }

                CaptureBlock block = Oldest();
                if (block == null)
                {
                    return; // all belong to the capture that is being sent
                }

                Fill(block, counts, samples, axes);
                block.Point = point;
                block.Axes = axes;
                block.Axis = axes == 1 ? axis : 0;
                block.Weight = weight;
                block.Rate = rate;
                block.Lost = lost;
                block.Taken = takenMilliseconds;
                block.Order = ++_order;
                if (_state == Collecting && point == _info.Point)
                {
                    Add(block);
                    _until = takenMilliseconds + BlockMilliseconds;
                    if (--_wanted == 0)
                    {
                        Close();
                    }
                }
            }
        }

        /// <summary>Tells whether a capture waits for a block of a point: it should be measured now, due or not.</summary>
        /// <param name="point">The point.</param>
        /// <returns>True when it does.</returns>
        [HotPath]
        public bool Wants(Point point)
        {
            lock (_gate)
            {
                return _state == Collecting && _info.Point == point;
            }
        }

        /// <summary>Shortens a job's rest, so that it notices soon when <see cref="Wants"/> turns true.</summary>
        /// <param name="point">The job's point.</param>
        /// <param name="wait">Milliseconds until the job has work of its own.</param>
        /// <returns>Milliseconds: 0 when a block is wanted, else at most <see cref="LookMilliseconds"/> where there is memory for captures.</returns>
        [HotPath]
        public int Rest(Point point, int wait)
        {
            return Wants(point) ? 0 : wait > LookMilliseconds && _blocks.Length > 0 ? LookMilliseconds : wait;
        }

        /// <summary>Begins a capture that somebody asked for; the next block of the point is the one that triggers.</summary>
        /// <param name="point">The point.</param>
        /// <param name="before">Blocks before it, as far as there are so many.</param>
        /// <param name="after">Blocks after it; all together at most <see cref="Blocks"/>.</param>
        /// <param name="now">Milliseconds since start.</param>
        /// <returns>False when a capture is under way already: the trigger is counted as missed.</returns>
        public bool TryStart(Point point, int before, int after, long now)
        {
            lock (_gate)
            {
                if (_state == Collecting || _state == Sending)
                {
                    _missed++;
                    return false;
                }

                Begin(point, CaptureReason.Command, before, after, now);
                return true;
            }
        }

        /// <summary>Gives a capture up, wherever it stands.</summary>
        /// <param name="number">Its number.</param>
        /// <returns>False when there is no such capture any more.</returns>
        public bool Cancel(int number)
        {
            lock (_gate)
            {
                if (_state == Idle || _info.Number != number)
                {
                    return false;
                }

                Release();
                return true;
            }
        }

        /// <summary>Ends what has waited for too long: a capture for its next block, a hold.</summary>
        /// <param name="now">Milliseconds since start.</param>
        public void Watch(long now)
        {
            lock (_gate)
            {
                if (_state == Held && now >= _until)
                {
                    Release();
                }
                else if (_state == Collecting && now >= _until)
                {
                    if (_info.Blocks > _info.Trigger)
                    {
                        Close(); // with what there is
                    }
                    else
                    {
                        _failed = _info.Number;
                        Release();
                    }
                }
            }
        }

        /// <summary>Takes the count of alarms that found a capture under way.</summary>
        /// <param name="point">The point of the latest.</param>
        /// <returns>How many since this was last asked.</returns>
        public int TakeMissed(out Point point)
        {
            lock (_gate)
            {
                point = _missedPoint;
                int missed = _missedUntold;
                _missedUntold = 0;
                return missed;
            }
        }

        /// <summary>Takes the number of a capture that failed, because no block came.</summary>
        /// <param name="point">Its point.</param>
        /// <returns>The number, once; 0 when there is none.</returns>
        public int TakeFailed(out Point point)
        {
            lock (_gate)
            {
                point = _info.Point;
                int failed = _failed;
                _failed = 0;
                return failed;
            }
        }

        /// <summary>Tells how many chunks a capture has.</summary>
        /// <param name="number">The capture.</param>
        /// <returns>How many; 0 when it is not <see cref="Ready"/>.</returns>
        internal int ChunksOf(int number)
        {
            lock (_gate)
            {
                return _state >= Sending && _info.Number == number ? _info.Chunks : 0;
            }
        }

        /// <summary>Says that all chunks were acknowledged, or that some are asked for again.</summary>
        /// <param name="number">The capture.</param>
        /// <param name="now">Milliseconds since start.</param>
        internal void Hold(int number, long now)
        {
            lock (_gate)
            {
                if (_state >= Sending && _info.Number == number)
                {
                    _state = Held;
                    _until = now + HoldMilliseconds;
                }
            }
        }

        /// <summary>Begins to encode a chunk.</summary>
        /// <param name="number">The capture.</param>
        /// <param name="index">The chunk, from 0.</param>
        /// <param name="chunk">Is given the chunk's header and samples.</param>
        /// <param name="epoch">The node's incarnation.</param>
        /// <param name="clock">Tells when the block was taken.</param>
        /// <returns>False when the capture is not ready, or has no such chunk.</returns>
        internal bool TryBegin(int number, int index, CaptureChunk chunk, long epoch, Clock clock)
        {
            lock (_gate)
            {
                if (_state < Sending || _info.Number != number)
                {
                    return false;
                }

                int rest = index;
                for (int i = 0; i < _info.Blocks; i++)
                {
                    CaptureBlock block = _taken[i];
                    if (rest < block.Chunks)
                    {
                        chunk.Begin(epoch, _info, index, i, block, rest * (CaptureChunk.Values / block.Axes), clock.ToUtc(block.Taken), clock.State);
                        return true;
                    }

                    rest -= block.Chunks;
                }

                return false;
            }
        }

        // Whether an alarm begins with this block.
        [HotPath]
        private bool Begins(Point point, bool alarm)
        {
            Point[] alarmed = _alarmed;
            int free = -1;
            for (int i = 0; i < alarmed.Length; i++)
            {
                if (alarmed[i] == point)
                {
                    if (!alarm)
                    {
                        alarmed[i] = null;
                    }

                    return false;
                }

                if (alarmed[i] == null)
                {
                    free = i;
                }
            }

            if (alarm && free >= 0)
            {
                alarmed[free] = point;
            }

            return alarm;
        }

        [HotPath]
        private void StartOnAlarm(Point point, long now)
        {
            if (_state == Collecting && _info.Point == point)
            {
                return; // this very block belongs to it
            }

            if (_state == Collecting || _state == Sending)
            {
                _missed++;
                _missedUntold++;
                _missedPoint = point;
                return;
            }

            Begin(point, CaptureReason.Alarm, AlarmBefore, AlarmAfter, now);
        }

        [HotPath]
        private void Begin(Point point, CaptureReason reason, int before, int after, long now)
        {
            Release();
            CaptureInfo info = _info;
            info.Number++;
            info.Point = point;
            info.Reason = reason;
            info.Missed = _missed;
            info.Blocks = 0;
            _missed = 0;
            int most = _blocks.Length - 1; // beside the block that triggers
            before = before < most ? before : most;
            _wanted = 1 + (after < most - before ? after : most - before);
            _until = now + BlockMilliseconds;
            _state = Collecting;
            CaptureBlock next = Newest(point, long.MaxValue);
            int skipped = 0;
            while (next != null && skipped < before)
            {
                skipped++;
                next = Newest(point, next.Order);
            }

            // next is now the first block that is too old; those behind it are taken in their order.
            long order = next == null ? 0 : next.Order;
            for (int i = 0; i < skipped; i++)
            {
                CaptureBlock block = After(point, order);
                order = block.Order;
                Add(block);
            }

            info.Trigger = info.Blocks;
        }

        [HotPath]
        private void Add(CaptureBlock block)
        {
            block.Frozen = true;
            _taken[_info.Blocks++] = block;
        }

        [HotPath]
        private void Close()
        {
            int chunks = 0;
            for (int i = 0; i < _info.Blocks; i++)
            {
                chunks += _taken[i].Chunks;
            }

            _info.Chunks = chunks;
            _state = Sending;
        }

        // What it held becomes history again.
        [HotPath]
        private void Release()
        {
            for (int i = 0; i < _blocks.Length; i++)
            {
                _blocks[i].Frozen = false;
            }

            _state = Idle;
        }

        // Where the next block goes: null when all are frozen.
        [HotPath]
        private CaptureBlock Oldest()
        {
            CaptureBlock oldest = null;
            for (int i = 0; i < _blocks.Length; i++)
            {
                CaptureBlock block = _blocks[i];
                if (!block.Frozen && (oldest == null || block.Order < oldest.Order))
                {
                    oldest = block;
                }
            }

            return oldest;
        }

        [HotPath]
        private CaptureBlock Newest(Point point, long before)
        {
            CaptureBlock newest = null;
            for (int i = 0; i < _blocks.Length; i++)
            {
                CaptureBlock block = _blocks[i];
                if (block.Point == point && block.Order < before && (newest == null || block.Order > newest.Order))
                {
                    newest = block;
                }
            }

            return newest;
        }

        [HotPath]
        private CaptureBlock After(Point point, long order)
        {
            CaptureBlock first = null;
            for (int i = 0; i < _blocks.Length; i++)
            {
                CaptureBlock block = _blocks[i];
                if (block.Point == point && block.Order > order && (first == null || block.Order < first.Order))
                {
                    first = block;
                }
            }

            return first;
        }

        [HotPath]
        private static void Fill(CaptureBlock block, short[] counts, int samples, int axes)
        {
            int most = block.Counts.Length / axes;
            int kept = samples < most ? samples : most;
            Array.Copy(counts, (samples - kept) * axes, block.Counts, 0, kept * axes);
            block.Samples = kept;
        }
    }

    /// <summary>What is known of a capture as a whole.</summary>
    internal sealed class CaptureInfo
    {
        /// <summary>Its number, from 1 in each epoch.</summary>
        internal int Number;

        /// <summary>Where it was taken.</summary>
        internal Point Point;

        /// <summary>Why it was taken.</summary>
        internal CaptureReason Reason;

        /// <summary>How many blocks it has.</summary>
        internal int Blocks;

        /// <summary>Which of them triggered, from 0.</summary>
        internal int Trigger;

        /// <summary>How many messages it takes.</summary>
        internal int Chunks;

        /// <summary>Triggers missed since the capture before.</summary>
        internal int Missed;
    }
}
