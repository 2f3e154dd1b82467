using System;
using SeekOrigin = System.IO.SeekOrigin;
using Stream = System.IO.Stream;

namespace NanoFramework.Pc.Device
{
    /// <summary>The device's <c>System.IO.FileStream</c>. What was written counts when the stream is closed, not before.</summary>
    public class FileStream : Stream
    {
        private const int DefaultBufferSize = 0;

        private readonly PcBoard _board;
        private readonly VolumeHandle _handle;
        private readonly int _seekLimit; // an appended file cannot be changed before its old end
        private int _position;
        private bool _disposed;

        public FileStream(string path, FileMode mode)
            : this(path, mode, mode == FileMode.Append ? FileAccess.Write : FileAccess.ReadWrite, FileShare.Read, DefaultBufferSize)
        {
        }

        public FileStream(string path, FileMode mode, FileAccess access)
            : this(path, mode, access, FileShare.Read, DefaultBufferSize)
        {
        }

        public FileStream(string path, FileMode mode, FileAccess access, FileShare share)
            : this(path, mode, access, share, DefaultBufferSize)
        {
        }

        public FileStream(string path, FileMode mode, FileAccess access, FileShare share, int bufferSize)
        {
            if (mode < FileMode.CreateNew || mode > FileMode.Append || access < FileAccess.Read || access > FileAccess.ReadWrite || bufferSize < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(mode));
            }

            bool writes = (access & FileAccess.Write) != 0;
            if ((!writes && mode != FileMode.Open && mode != FileMode.OpenOrCreate) || (mode == FileMode.Append && access != FileAccess.Write))
            {
                throw new ArgumentException("This mode does not go with this access.");
            }

            _board = PcBoard.Current;
            _board.ThrowIfOff();
            _handle = _board.Volume.Open(path, mode, access, share);
            Name = path;
            if (mode == FileMode.Append)
            {
                _seekLimit = _handle.Length;
                _position = _seekLimit;
            }
        }

        public override bool CanRead => !_disposed && (_handle.Access & FileAccess.Read) != 0;

        public override bool CanSeek => !_disposed;

        public override bool CanWrite => !_disposed && (_handle.Access & FileAccess.Write) != 0;

        public override long Length
        {
            get
            {
                ThrowIfDisposed();
                return _handle.Length;
            }
        }

        public override long Position
        {
            get
            {
                ThrowIfDisposed();
                return _position;
            }

            set
            {
                ThrowIfDisposed();
                if (value < _seekLimit || value > int.MaxValue)
                {
                    throw new IOException();
                }

                _position = (int)value;
            }
        }

        public string Name { get; }

        public override void Close()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        public override void Flush()
        {
            ThrowIfDisposed();
            _handle.Flush();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            ThrowIfDisposed();
            ThrowUnless(CanRead);
            ValidateBufferArguments(buffer, offset, count);
            int read = _handle.Read(_position, buffer.AsSpan(offset, count));
            _position += read;
            return read;
        }

        public int Read(SpanByte buffer) => throw new NotSupportedException("The device's FileStream has no body for this one.");

        public override int ReadByte()
        {
            Span<byte> one = stackalloc byte[1];
            ThrowIfDisposed();
            ThrowUnless(CanRead);
            if (_handle.Read(_position, one) == 0)
            {
                return -1;
            }

            _position++;
            return one[0];
        }

        public override long Seek(long offset, SeekOrigin origin)
        {
            ThrowIfDisposed();
            Position = origin switch
            {
                SeekOrigin.Begin => offset,
                SeekOrigin.Current => _position + offset,
                _ => _handle.Length + offset,
            };
            return _position;
        }

        public override void SetLength(long value)
        {
            ThrowIfDisposed();
            ThrowUnless(CanWrite);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, int.MaxValue);
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _handle.SetLength((int)value);
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            ThrowIfDisposed();
            ThrowUnless(CanWrite);
            ValidateBufferArguments(buffer, offset, count);
            if (count > 0)
            {
                _handle.Write(_position, buffer.AsSpan(offset, count));
                _position += count;
            }
        }

        public override void WriteByte(byte value) => Write(new[] { value }, 0, 1);

        protected override void Dispose(bool disposing)
        {
            if (!_disposed)
            {
                _disposed = true;
                if (disposing)
                {
                    _handle.Close(); // a stream that is merely forgotten is never committed
                }
            }

            base.Dispose(disposing);
        }

        private static void ThrowUnless(bool allowed)
        {
            if (!allowed)
            {
                throw new NotSupportedException();
            }
        }

        private void ThrowIfDisposed()
        {
            _board.ThrowIfOff();
            ObjectDisposedException.ThrowIf(_disposed, this);
        }
    }
}
