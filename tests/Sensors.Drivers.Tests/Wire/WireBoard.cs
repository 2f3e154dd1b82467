using System;
using System.Collections.Generic;
using System.Device.Gpio;
using System.Device.I2c;
using System.Device.Spi;
using System.Threading;
using NanoFramework.Pc;

namespace Sensors.Drivers.Tests.Wire
{
    /// <summary>A board whose wires go to the test: every frame is noted, and answered from a queue.</summary>
    internal sealed class WireBoard : PcBoard
    {
        private readonly Queue<(byte[] Bytes, I2cTransferStatus Status)> _answers = new();
        private long _now;

        /// <summary>Makes the board, and the running thread its own.</summary>
        public WireBoard() => Enter(this);

        /// <summary>Gets what happened on the wires: <c>I2C1 48 400k W0F R2</c>, <c>SPI1 CS33 mode3 5000k 80FF</c>, <c>pin 33 InputPullUp</c>.</summary>
        public List<string> Log { get; } = [];

        public override PcVolume Volume => throw new NotSupportedException();

        public override string TargetName => "ESP32_REV3";

        public override DateTime UtcNow { get; set; }

        public override bool NetworkUp => false;

        public override CancellationToken NetworkLost => CancellationToken.None;

        public void Answer(string hex, I2cTransferStatus status = I2cTransferStatus.FullTransfer) =>
            _answers.Enqueue((Convert.FromHexString(hex), status));

        /// <summary>Takes what was noted since the last call.</summary>
        public string[] Take()
        {
            string[] lines = Log.ToArray();
            Log.Clear();
            return lines;
        }

        public override long ReadMicroseconds() => _now++;

        public override void Sleep(int milliseconds) => _now += milliseconds * 1000L;

        public override I2cTransferStatus TransferI2c(int busId, int address, int clockHz, ReadOnlySpan<byte> write, Span<byte> read)
        {
            Log.Add("I2C" + busId + " " + address.ToString("X2") + " " + (clockHz / 1000) + "k W" + Convert.ToHexString(write) + " R" + read.Length);
            (byte[] bytes, I2cTransferStatus status) = Next(read.Length);
            bytes.CopyTo(read);
            return status;
        }

        public override void TransferSpi(int busId, int chipSelect, SpiMode mode, int clockHz, ReadOnlySpan<byte> write, Span<byte> read)
        {
            Log.Add("SPI" + busId + " CS" + chipSelect + " mode" + (int)mode + " " + (clockHz / 1000) + "k " + Convert.ToHexString(write));
            Next(read.Length).Bytes.CopyTo(read);
        }

        public override void SetPinMode(int pin, PinMode mode) => Log.Add("pin " + pin + " " + mode);

        public override void WritePin(int pin, bool high) => Log.Add("pin " + pin + (high ? " high" : " low"));

        public override bool ReadPin(int pin) => true;

        public override void SetPinFunction(int pin, int function) => Log.Add("pin " + pin + " is " + function);

        public override bool JoinWifi(string ssid, string password, CancellationToken cancel) => false;

        public override void LeaveWifi()
        {
        }

        public override bool AskTime(string server, out DateTime utc)
        {
            utc = default;
            return false;
        }

        public override void Reboot() => throw new NotSupportedException();

        public override void ThrowIfOff()
        {
        }

        private (byte[] Bytes, I2cTransferStatus Status) Next(int length)
        {
            return _answers.TryDequeue(out (byte[] Bytes, I2cTransferStatus Status) answer) ? answer : (new byte[length], I2cTransferStatus.FullTransfer);
        }
    }
}
