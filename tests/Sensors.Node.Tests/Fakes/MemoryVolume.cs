using System;
using System.Collections.Generic;
using System.Linq;

namespace Sensors.Node.Tests.Fakes
{
    /// <summary>What becomes of one change of a volume.</summary>
    internal enum Fate
    {
        /// <summary>It is done.</summary>
        Done,

        /// <summary>The volume refuses it and keeps what it had.</summary>
        Refused,

        /// <summary>The volume refuses it when a part of what was to be added is there.</summary>
        RefusedTorn,

        /// <summary>The power is cut before anything changed.</summary>
        CutBefore,

        /// <summary>The power is cut with the old file gone and the new one not there.</summary>
        CutBetween,

        /// <summary>The power is cut and leaves garbage.</summary>
        CutTorn,

        /// <summary>The power is cut once all is done, before the node is told.</summary>
        CutAfter,
    }

    /// <summary>The power was cut: nothing of the node lives on.</summary>
    internal sealed class PowerCutException : Exception
    {
    }

    /// <summary>Files in memory. Each change, a write or a delete, asks <see cref="Plan"/> what becomes of it.</summary>
    internal sealed class MemoryVolume : Volume
    {
        private readonly Random _garbage = new Random(1);

        public Dictionary<string, byte[]> Files { get; } = new Dictionary<string, byte[]>();

        public List<string> Written { get; } = new List<string>();

        public int Changes { get; private set; }

        public Func<int, Fate> Plan { get; set; } = _ => Fate.Done;

        /// <summary>Gets or sets whether what is written goes nowhere; then nothing is allocated.</summary>
        public bool Discards { get; set; }

        public override byte[]? Read(string name) => Files.TryGetValue(name, out byte[]? bytes) ? (byte[])bytes.Clone() : null;

        public override void Write(string name, byte[] bytes)
        {
            Fate fate = Next(name);
            if (Discards)
            {
                return;
            }

            Files.Remove(name);
            if (fate == Fate.CutBetween)
            {
                throw new PowerCutException();
            }

            Files[name] = fate == Fate.CutTorn ? Torn(bytes) : (byte[])bytes.Clone();
            Written.Add(name);
            if (fate != Fate.Done)
            {
                throw new PowerCutException();
            }
        }

        public override int Read(string name, byte[] buffer)
        {
            if (!Files.TryGetValue(name, out byte[]? bytes))
            {
                return -1;
            }

            bytes.AsSpan(0, Math.Min(bytes.Length, buffer.Length)).CopyTo(buffer);
            return bytes.Length;
        }

        public override void Append(string name, byte[] bytes, int start, int count)
        {
            Fate fate = Next(name, adds: true);
            if (Discards)
            {
                return;
            }

            byte[] old = Files.TryGetValue(name, out byte[]? there) ? there : [];
            byte[] added = bytes[start..(start + count)];
            if (fate == Fate.RefusedTorn)
            {
                Files[name] = [.. old, .. added[.._garbage.Next(added.Length + 1)]];
                throw new VolumeException(name, new InvalidOperationException("volume full"));
            }

            if (fate != Fate.CutBetween)
            {
                Files[name] = [.. old, .. fate == Fate.CutTorn ? Torn(added) : added];
                Written.Add(name);
            }

            if (fate != Fate.Done)
            {
                throw new PowerCutException();
            }
        }

        public override int CapacityBytes => Capacity;

        public int Capacity { get; set; } = 256 * 1024;

        public override void Delete(string name)
        {
            Fate fate = Next(name);
            Files.Remove(name);
            if (fate != Fate.Done)
            {
                throw new PowerCutException();
            }
        }

        public override string[] List() => Files.Keys.ToArray();

        private Fate Next(string name, bool adds = false)
        {
            Fate fate = Plan(Changes++);
            if (fate == Fate.Refused || (fate == Fate.RefusedTorn && !adds))
            {
                throw new VolumeException(name, new InvalidOperationException("volume full"));
            }

            return fate == Fate.CutBefore ? throw new PowerCutException() : fate;
        }

        // The whole length with some bytes right: the hardest case for whoever reads it.
        private byte[] Torn(byte[] bytes)
        {
            byte[] torn = (byte[])bytes.Clone();
            for (int i = _garbage.Next(torn.Length); i < torn.Length; i++)
            {
                torn[i] = (byte)_garbage.Next(256);
            }

            return torn;
        }
    }
}
