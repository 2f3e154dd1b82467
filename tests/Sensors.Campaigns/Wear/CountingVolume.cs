using Sensors.Node;

namespace Sensors.Campaigns
{
    /// <summary>A volume that counts what its flash goes through.</summary>
    /// <remarks>
    /// LittleFS copies on write: a file that grows gets its last block anew and the blocks behind it, a file that is written gets all of them anew. Each change of a folder
    /// is a commit in its metadata.
    /// </remarks>
    internal sealed class CountingVolume(Volume inner) : Volume
    {
        public override int CapacityBytes => inner.CapacityBytes;

        /// <summary>Gets how many files were closed after a change.</summary>
        public long Closes { get; private set; }

        /// <summary>Gets the bytes that were written.</summary>
        public long Bytes { get; private set; }

        /// <summary>Gets the blocks that were erased for content.</summary>
        public long Blocks { get; private set; }

        /// <summary>Gets the commits of metadata: a file made, closed or deleted.</summary>
        public long Commits { get; private set; }

        public override byte[] Read(string name) => inner.Read(name);

        public override int Read(string name, byte[] buffer) => inner.Read(name, buffer);

        public override string[] List() => inner.List();

        public override void Write(string name, byte[] bytes)
        {
            inner.Write(name, bytes);
            Count(0, bytes.Length);
        }

        public override void Append(string name, byte[] bytes, int start, int count)
        {
            int length = System.Math.Max(0, inner.Read(name, []));
            inner.Append(name, bytes, start, count);
            Count(length, count);
        }

        public override void Delete(string name)
        {
            inner.Delete(name);
            Commits++;
        }

        private void Count(int from, int count)
        {
            Closes++;
            Bytes += count;
            Blocks += ((from + count + BlockBytes - 1) / BlockBytes) - (from / BlockBytes);
            Commits += from == 0 ? 2 : 1;
        }
    }
}
