using System;
using System.Collections.Generic;
using System.Device.Gpio;
using System.Device.I2c;
using System.Device.Spi;
using System.Threading;
using NanoFramework.Pc;

namespace Sensors.Node.Tests.Fakes
{
    /// <summary>A board with a volume, a network and a clock that moves when it is read or slept on; no wires.</summary>
    internal sealed class FakeBoard : PcBoard
    {
        private bool _off;

        public FakeBoard()
        {
            Volume.PowerCut += () => _off = true;
        }

        public override PcVolume Volume { get; } = new PcVolume();

        public override string TargetName => "ESP32_REV3";

        public override DateTime UtcNow { get; set; } = DateTime.UnixEpoch;

        public override bool NetworkUp => Up;

        public override CancellationToken NetworkLost => CancellationToken.None;

        public bool Up { get; set; } = true;

        public long Now { get; set; }

        public List<int> Sleeps { get; } = new List<int>();

        /// <summary>Gets or sets what a join does; null lets it succeed.</summary>
        public Func<bool>? OnJoin { get; set; }

        /// <summary>Gets or sets whether asking for the time throws.</summary>
        public bool TimeThrows { get; set; }

        /// <summary>Gets or sets what the time servers answer; null while they are blocked.</summary>
        public DateTime? NetworkTime { get; set; }

        public void PowerOn()
        {
            _off = false;
            Volume.Mount();
        }

        public override long ReadMicroseconds() => Now += 3;

        public override void Sleep(int milliseconds)
        {
            Sleeps.Add(milliseconds);
            Now += milliseconds * 1000L;
        }

        public override bool JoinWifi(string ssid, string password, CancellationToken cancel) => Up = OnJoin?.Invoke() ?? true;

        public override void LeaveWifi() => Up = false;

        public override bool AskTime(string server, out DateTime utc)
        {
            if (TimeThrows)
            {
                throw new InvalidOperationException("no socket left");
            }

            utc = NetworkTime ?? default;
            return NetworkTime != null;
        }

        public override I2cTransferStatus TransferI2c(int busId, int address, int clockHz, ReadOnlySpan<byte> write, Span<byte> read) =>
            I2cTransferStatus.SlaveAddressNotAcknowledged;

        public override void TransferSpi(int busId, int chipSelect, SpiMode mode, int clockHz, ReadOnlySpan<byte> write, Span<byte> read) =>
            read.Fill(0xFF);

        public override void SetPinMode(int pin, PinMode mode)
        {
        }

        public override void WritePin(int pin, bool high)
        {
        }

        public override bool ReadPin(int pin) => true;

        public override void SetPinFunction(int pin, int function)
        {
        }

        public override void Reboot() => throw new BoardOffException();

        public override void ThrowIfOff()
        {
            if (_off)
            {
                throw new BoardOffException();
            }
        }
    }
}
