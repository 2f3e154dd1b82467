using System;
using System.Buffers;

namespace Sensors.Mqtt
{
    /// <summary>Bytes on their way out. Holds an array only while there are any, so that idle connections cost nothing.</summary>
    internal sealed class PooledBuffer : IBufferWriter<byte>
    {
        private const int SmallestArray = 256;

        private byte[] _array = [];

        public int Length { get; private set; }

        public ReadOnlyMemory<byte> Written => _array.AsMemory(0, Length);

        public void Advance(int count) => Length += count;

        public Memory<byte> GetMemory(int sizeHint = 0)
        {
            EnsureRoom(sizeHint);
            return _array.AsMemory(Length);
        }

        public Span<byte> GetSpan(int sizeHint = 0)
        {
            EnsureRoom(sizeHint);
            return _array.AsSpan(Length);
        }

        public void Clear()
        {
            byte[] array = _array;
            _array = [];
            Length = 0;
            if (array.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(array);
            }
        }

        private void EnsureRoom(int sizeHint)
        {
            int needed = Length + Math.Max(1, sizeHint);
            if (needed <= _array.Length)
            {
                return;
            }

            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(SmallestArray, Math.Max(needed, _array.Length * 2)));
            _array.AsSpan(0, Length).CopyTo(larger);
            byte[] old = _array;
            _array = larger;
            if (old.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(old);
            }
        }
    }
}
