namespace System
{
    public readonly ref struct SpanByte
    {
        private readonly byte[]? _array;
        private readonly int _start;
        private readonly int _length;

        public SpanByte(byte[]? array)
        {
            _array = array;
            _start = 0;
            _length = array == null ? 0 : array.Length;
        }

        public SpanByte(byte[]? array, int start, int length)
        {
            int available = array == null ? 0 : array.Length;
            if (start < 0 || length < 0 || start > available - length)
            {
                throw new ArgumentOutOfRangeException(nameof(start));
            }

            _array = array;
            _start = start;
            _length = length;
        }

        public static SpanByte Empty => default;

        public int Length => _length;

        public bool IsEmpty => _length == 0;

        public byte this[int index]
        {
            get
            {
                ThrowIfOutside(index);
                return _array![_start + index];
            }

            set
            {
                ThrowIfOutside(index);
                _array![_start + index] = value;
            }
        }

        public static implicit operator SpanByte(byte[]? array) => new(array);

        public void CopyTo(SpanByte destination)
        {
            if (destination._length < _length)
            {
                throw new ArgumentOutOfRangeException(nameof(destination));
            }

            AsSpan().CopyTo(destination.AsSpan());
        }

        public SpanByte Slice(int start) => Slice(start, _length - start);

        public SpanByte Slice(int start, int length)
        {
            if (start < 0 || length < 0 || start > _length - length)
            {
                throw new ArgumentOutOfRangeException(nameof(start));
            }

            return new SpanByte(_array, _start + start, length);
        }

        public byte[] ToArray() => AsSpan().ToArray();

        /// <summary>Gets the PC's own view of the bytes; the stand-ins hand it to the board without copying.</summary>
        internal Span<byte> AsSpan() => new(_array, _start, _length);

        private void ThrowIfOutside(int index)
        {
            if ((uint)index >= (uint)_length)
            {
                throw new ArgumentOutOfRangeException(nameof(index));
            }
        }
    }
}
