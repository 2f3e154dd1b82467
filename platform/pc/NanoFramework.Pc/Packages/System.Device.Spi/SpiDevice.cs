using System.Runtime.InteropServices;
using NanoFramework.Pc;

namespace System.Device.Spi
{
    public class SpiDevice : IDisposable
    {
        private readonly byte[] _buffer = new byte[1];
        private readonly SpiConnectionSettings _settings;
        private readonly SpiBus _bus;
        private readonly int _slot;
        private bool _disposed;

        public SpiDevice(SpiConnectionSettings settings)
        {
            ArgumentNullException.ThrowIfNull(settings);
            PcBoard board = PcBoard.Current;
            board.ThrowIfOff();
            if (settings.ChipSelectLine < -1)
            {
                throw new ArgumentException("Chip select " + settings.ChipSelectLine + " is no pin.");
            }

            _settings = new SpiConnectionSettings(settings);
            _bus = board.Packages.GetSpiBus(settings.BusId);
            try
            {
                _slot = _bus.Open(_settings);
            }
            catch (NotSupportedException)
            {
                throw new SpiDeviceAlreadyInUseException(); // simplex, too, comes out as this
            }
        }

        public SpiConnectionSettings ConnectionSettings => new(_settings);

        public static SpiBusInfo GetBusInfo(int busId) => new(busId);

        public static SpiDevice Create(SpiConnectionSettings settings) => new(settings);

        public byte ReadByte()
        {
            Transfer(default, _buffer);
            return _buffer[0];
        }

        public void Read(SpanByte buffer) => Transfer(default, buffer.AsSpan());

        public void Read(ushort[] buffer)
        {
            // The half-duplex path clocks 16 bits per element but copies back as many bytes as there are elements.
            Span<byte> bytes = MemoryMarshal.AsBytes(buffer.AsSpan());
            Span<byte> answer = new byte[bytes.Length];
            Transfer(default, answer);
            answer.Slice(0, buffer.Length).CopyTo(bytes);
        }

        public void WriteByte(byte value)
        {
            _buffer[0] = value;
            Transfer(_buffer, default);
        }

        public void Write(ushort[] buffer) => Transfer(MemoryMarshal.AsBytes(buffer.AsSpan()), default);

        public void Write(SpanByte buffer) => Transfer(buffer.AsSpan(), default);

        public void TransferFullDuplex(ushort[] writeBuffer, ushort[] readBuffer)
        {
            ThrowUnlessFullDuplex();
            Transfer(MemoryMarshal.AsBytes(writeBuffer.AsSpan()), MemoryMarshal.AsBytes(readBuffer.AsSpan()));
        }

        public void TransferFullDuplex(SpanByte writeBuffer, SpanByte readBuffer)
        {
            ThrowUnlessFullDuplex();
            Transfer(writeBuffer.AsSpan(), readBuffer.AsSpan());
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected void Dispose(bool disposing)
        {
            lock (_buffer)
            {
                if (!_disposed)
                {
                    _disposed = true;
                    _bus.Close(_slot);
                }
            }
        }

        private void ThrowUnlessFullDuplex()
        {
            if (_settings.Configuration != SpiBusConfiguration.FullDuplex)
            {
                throw new InvalidOperationException("The device was opened half duplex.");
            }
        }

        private void Transfer(ReadOnlySpan<byte> write, Span<byte> read)
        {
            if (_disposed)
            {
                throw new ArgumentException("The SPI device is closed."); // its handle is unknown to the driver
            }

            _bus.Transfer(_settings, write, read);
        }
    }
}
