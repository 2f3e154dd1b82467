using NanoFramework.Pc;

namespace System.Device.I2c
{
    public class I2cDevice : IDisposable
    {
        private readonly byte[] _buffer = new byte[1];
        private readonly I2cBus _bus;
        private bool _disposed;

        public I2cDevice(I2cConnectionSettings settings)
        {
            ArgumentNullException.ThrowIfNull(settings);
            PcBoard board = PcBoard.Current;
            board.ThrowIfOff();
            ConnectionSettings = settings;
            _bus = board.Packages.GetI2cBus(settings.BusId);
            _bus.Open(settings.BusSpeed);
        }

        public I2cConnectionSettings ConnectionSettings { get; }

        public static I2cDevice Create(I2cConnectionSettings settings) => new(settings);

        public byte ReadByte()
        {
            lock (_buffer)
            {
                // The status is lost: what a failed read leaves in the buffer is what comes back.
                Transfer(default, _buffer);
                return _buffer[0];
            }
        }

        public I2cTransferResult Read(SpanByte buffer) => Transfer(default, buffer.AsSpan());

        public I2cTransferResult WriteByte(byte value)
        {
            lock (_buffer)
            {
                _buffer[0] = value;
                return Transfer(_buffer, default);
            }
        }

        public I2cTransferResult Write(SpanByte buffer) => Transfer(buffer.AsSpan(), default);

        public I2cTransferResult WriteRead(SpanByte writeBuffer, SpanByte readBuffer) =>
            Transfer(writeBuffer.AsSpan(), readBuffer.AsSpan());

        public void Dispose()
        {
            lock (_buffer)
            {
                if (!_disposed)
                {
                    _disposed = true;
                    _bus.Close();
                }
            }

            GC.SuppressFinalize(this);
        }

        private I2cTransferResult Transfer(ReadOnlySpan<byte> write, Span<byte> read) =>
            _bus.Transfer(ConnectionSettings.DeviceAddress, write, read);
    }
}
