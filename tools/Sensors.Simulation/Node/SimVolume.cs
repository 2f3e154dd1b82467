using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Sensors.Node;

namespace Sensors.Simulation
{
    /// <summary>The files of a board with LittleFS's rules, as far as the node can tell: what was closed is there whole, what was not is gone.</summary>
    /// <remarks>
    /// Blocks of 4 KiB; a file takes one at least, and its last block twice while it is written (copy on write). Two blocks are the file system's own.
    /// The power can go before a change, after the old file was deleted, after the new one was made and is empty, and after it was closed but before
    /// anybody learned of it. <see cref="Tears"/> is a worse file system than LittleFS: the end of what was appended may be missing, or garbage.
    /// </remarks>
    internal sealed class SimVolume(SimRandom random, EventQueue queue, int blocks) : Volume
    {
        private const int OwnBlocks = 2;
        private const int LeastFree = 3; // docs/journal.md: with fewer, segments are put together

        private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);
        private readonly HashSet<string> _spoiled = [];
        private int _cutAfter = -1;

        public override int CapacityBytes => blocks * BlockBytes;

        /// <summary>Gets or sets who is told of changes.</summary>
        public Action<string>? Trace { get; set; }

        /// <summary>Gets or sets whether a power cut leaves a part of what was being appended, and garbage.</summary>
        public bool Tears { get; set; }

        /// <summary>Gets or sets the blocks that files of somebody else take.</summary>
        public int ForeignBlocks { get; set; }

        /// <summary>Gets or sets whether every change fails.</summary>
        public bool Refuses { get; set; }

        /// <summary>Gets whether the power went inside a change. The board has to be started anew.</summary>
        public bool IsDead { get; private set; }

        /// <summary>Gets how many changes were made.</summary>
        public long Changes { get; private set; }

        /// <summary>Gets when it refused, as spans of time.</summary>
        public Spans Refusals { get; } = new();

        /// <summary>Gets when segments of the journal were last put together, which may thin them.</summary>
        public long MergedAt { get; private set; } = -1;

        /// <summary>Gets or sets who is told that segments were put together though there was room: how much.</summary>
        public Action<string>? WithoutNeed { get; set; }

        /// <summary>Gets when an append was torn: told as damage where nobody knows what was to come.</summary>
        public Spans TornAppends { get; } = new();

        /// <summary>Gets when a byte of the journal was damaged. A torn append is none: it costs what a power cut costs.</summary>
        public Spans Damages { get; } = new();

        /// <summary>Gets how many blocks are not taken.</summary>
        public int FreeBlocks => blocks - OwnBlocks - ForeignBlocks - _files.Values.Sum(file => BlocksOf(file.Length));

        /// <summary>Tells whether a file is a segment of the journal.</summary>
        public static bool IsJournal(string name) => name.StartsWith('j');

        /// <summary>Has the power go inside the change that comes after so many others.</summary>
        public void CutAfter(int changes) => _cutAfter = changes;

        /// <summary>Gives the board power again.</summary>
        public void Revive()
        {
            IsDead = false;
            _cutAfter = -1;
        }

        /// <summary>Kills what still runs on a board without power.</summary>
        public void Kill() => IsDead = true;

        /// <summary>Does what the platform does with a volume it cannot mount.</summary>
        public void Format() => _files.Clear();

        /// <summary>Gives the names of the files that are there.</summary>
        public IReadOnlyCollection<string> Names => _files.Keys;

        /// <summary>Gives the blocks of the files whose names a test says yes to.</summary>
        public int BlocksWhere(Func<string, bool> counts)
        {
            int sum = 0;
            foreach ((string name, byte[] content) in _files)
            {
                sum += counts(name) ? BlocksOf(content.Length) : 0;
            }

            return sum;
        }

        /// <summary>Gives what is in a file, if it is there and nobody has changed it behind the node's back.</summary>
        public byte[]? Sound(string name) => _spoiled.Contains(name) || !_files.TryGetValue(name, out byte[]? content) ? null : content;

        /// <summary>Takes a file away behind the node's back.</summary>
        public void Lose(string name) => _files.Remove(name);

        /// <summary>Changes bytes of a file behind the node's back.</summary>
        public void Damage(string name)
        {
            if (!_files.TryGetValue(name, out byte[]? content) || content.Length == 0)
            {
                return;
            }

            byte[] before = content;
            content = (byte[])content.Clone();
            int at = random.Next(content.Length);
            if (random.Chance(1, 2))
            {
                content[at] ^= (byte)(1 << random.Next(8));
            }
            else
            {
                int count = Math.Min((int)random.Spread(1, 1024), content.Length - at);
                byte filler = random.Chance(1, 2) ? (byte)0xFF : (byte)0;
                content.AsSpan(at, count).Fill(filler);
            }

            _files[name] = content;
            if (IsJournal(name))
            {
                Damages.Add(queue.Now);
            }
            else if (!content.AsSpan().SequenceEqual(before))
            {
                _spoiled.Add(name);
            }
        }

        public override byte[]? Read(string name)
        {
            DieIfDead();
            return _files.TryGetValue(name, out byte[]? content) ? (byte[])content.Clone() : null;
        }

        public override int Read(string name, byte[] buffer)
        {
            DieIfDead();
            if (!_files.TryGetValue(name, out byte[]? content))
            {
                return -1;
            }

            content.AsSpan(0, Math.Min(content.Length, buffer.Length)).CopyTo(buffer);
            return content.Length;
        }

        public override void Write(string name, byte[] bytes)
        {
            DieIfDead();
            bool cut = CutsNow();
            int stage = cut ? random.Next(4) : 3;
            if (cut && stage == 0)
            {
                Die();
            }

            if (Refuses && random.Chance(1, 2))
            {
                Refuse(name); // before anything was changed
            }

            _files.Remove(name);
            if (cut && stage == 1)
            {
                Die();
            }

            if (Refuses || FreeBlocks < 1)
            {
                Refuse(name);
            }

            _files[name] = [];
            _spoiled.Remove(name);
            if (cut && stage == 2)
            {
                Die();
            }

            if (FreeBlocks + 1 < BlocksOf(bytes.Length))
            {
                Refuse(name);
            }

            _files[name] = (byte[])bytes.Clone();
            Changes++;
            Trace?.Invoke($"wrote {name}, {bytes.Length} bytes");
            if (cut)
            {
                Die();
            }
        }

        public override void Append(string name, byte[] bytes, int start, int count)
        {
            DieIfDead();
            bool cut = CutsNow();
            int stage = cut ? random.Next(Tears ? 4 : 3) : 2;
            if (cut && stage == 0)
            {
                Die();
            }

            if (Refuses && random.Chance(1, 2))
            {
                Refuse(name);
            }

            bool merges = IsJournal(name) && name.Contains('-');
            if (!_files.TryGetValue(name, out byte[]? old))
            {
                if (merges)
                {
                    CheckNeed(name);
                }

                if (FreeBlocks < 1)
                {
                    Refuse(name);
                }

                old = [];
                _files[name] = old;
            }

            if (cut && stage == 1)
            {
                Die();
            }

            MergedAt = merges ? queue.Now : MergedAt;
            int more = BlocksOf(old.Length + count) - BlocksOf(old.Length);
            bool copies = old.Length % BlockBytes != 0; // its last block is written to another place first
            if (Refuses || FreeBlocks < more + (copies ? 1 : 0))
            {
                // A part of it may have been closed into the file all the same.
                int part = random.Chance(1, 3) ? random.Next(Math.Min(count, RoomIn(old.Length)) + 1) : 0;
                _files[name] = [.. old, .. bytes.AsSpan(start, part)];
                if (part > 0)
                {
                    TornAppends.Add(queue.Now);
                }

                Refuse(name);
            }

            if (stage == 3)
            {
                Tear(name, old, bytes.AsSpan(start, count));
                Die();
            }

            var grown = new byte[old.Length + count];
            old.CopyTo(grown, 0);
            Array.Copy(bytes, start, grown, old.Length, count);
            _files[name] = grown;
            Changes++;
            Trace?.Invoke($"appended to {name} {count} bytes: {grown.Length}");
            if (cut)
            {
                Die();
            }
        }

        public override void Delete(string name)
        {
            DieIfDead();
            if (!_files.ContainsKey(name))
            {
                return;
            }

            bool cut = CutsNow();
            if (cut && random.Chance(1, 2))
            {
                Die();
            }

            if (Refuses)
            {
                Refuse(name);
            }

            _files.Remove(name);
            Changes++;
            Trace?.Invoke($"deleted {name}");
            if (cut)
            {
                Die();
            }
        }

        public override string[] List()
        {
            DieIfDead();
            string[] names = [.. _files.Keys];
            for (int i = names.Length - 1; i > 0; i--)
            {
                int other = random.Next(i + 1); // in no order
                (names[i], names[other]) = (names[other], names[i]);
            }

            return names;
        }

        private static int BlocksOf(int bytes) => Math.Max(1, (bytes + BlockBytes - 1) / BlockBytes);

        private static int RoomIn(int length) => length == 0 ? BlockBytes : (BlockBytes - (length % BlockBytes)) % BlockBytes;

        // Three quarters of the volume are the journal's, one block of them to put segments together in. Readings give way when another segment
        // would not fit into that, or the volume itself runs out; of the rest the node does not know.
        private void CheckNeed(string name)
        {
            int segments = _files.Keys.Count(IsJournal);
            int free = FreeBlocks + ForeignBlocks;
            if (segments < (blocks * 3 / 4) - 1 && free >= LeastFree)
            {
                WithoutNeed?.Invoke($"{name} was put together with {segments} segments on a volume of {blocks} blocks, and {free} free");
            }
        }

        private void Tear(string name, byte[] old, ReadOnlySpan<byte> added)
        {
            int whole = random.Next(added.Length + 1);
            int garbage = random.Next(added.Length - whole + 1);
            var torn = new byte[old.Length + whole + garbage];
            old.CopyTo(torn, 0);
            added[..whole].CopyTo(torn.AsSpan(old.Length));
            Span<byte> tail = torn.AsSpan(old.Length + whole);
            switch (random.Next(3))
            {
                case 0:
                    random.Fill(tail);
                    break;
                case 1:
                    tail.Fill(0xFF); // erased flash
                    break;
            }

            _files[name] = torn;
            TornAppends.Add(queue.Now);
        }

        private bool CutsNow() => _cutAfter >= 0 && _cutAfter-- == 0;

        private void DieIfDead()
        {
            if (IsDead)
            {
                throw new PowerCutException();
            }
        }

        private void Die()
        {
            IsDead = true;
            throw new PowerCutException();
        }

        private void Refuse(string name)
        {
            Refusals.Add(queue.Now);
            Trace?.Invoke($"refused to change {name}");
            throw new VolumeException(name, new IOException("refused"));
        }
    }
}
