using System;
using System.Device.I2c;
using NanoFramework.Pc.Device;
using UnitsNet;

namespace Iot.Device.Sht3x
{
    // What the official binding (1.2.x) puts on the wire, and what it makes of the answers: every property measures anew; no transfer's
    // status is looked at; an answer whose checksums fail changes nothing, so that the value of the last good one comes back,
    // or 0 where there was none. Code that is written on a PC meets these habits here, before it meets them on a board.
    public class Sht3x : IDisposable
    {
        private const int SoftReset = 0x30A2;
        private const int HeaterOn = 0x306D;
        private const int HeaterOff = 0x3066;
        private const byte SingleShot = 0x24;
        private const int PauseMilliseconds = 20;

        private I2cDevice? _device;
        private double _celsius;
        private double _percent;
        private bool _heater;

        public Sht3x(I2cDevice i2cDevice, Resolution resolution = Resolution.High)
        {
            _device = i2cDevice;
            Resolution = resolution;
            Reset();
        }

        public Resolution Resolution { get; set; }

        public Temperature Temperature
        {
            get
            {
                Measure();
                return Temperature.FromDegreesCelsius(_celsius);
            }
        }

        public RelativeHumidity Humidity
        {
            get
            {
                Measure();
                return RelativeHumidity.FromPercent(_percent);
            }
        }

        public bool Heater
        {
            get => _heater;
            set
            {
                Send(value ? HeaterOn : HeaterOff);
                _heater = value;
            }
        }

        public void Reset() => Send(SoftReset);

        public void Dispose()
        {
            _device?.Dispose();
            _device = null;
            GC.SuppressFinalize(this);
        }

        private static bool IsIntact(byte[] answer, int at)
        {
            int crc = 0xFF;
            for (int i = at; i < at + 2; i++)
            {
                crc ^= answer[i];
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 0x80) != 0 ? ((crc << 1) ^ 0x31) & 0xFF : crc << 1;
                }
            }

            return crc == answer[at + 2];
        }

        private static double ToTenths(double value) => Math.Round(value * 10) / 10.0;

        private void Measure()
        {
            var answer = new byte[6];
            _device!.Write(new byte[] { SingleShot, (byte)Resolution });
            Thread.Sleep(PauseMilliseconds);
            _device.Read(answer);
            if (IsIntact(answer, 0) && IsIntact(answer, 3))
            {
                _celsius = ToTenths((((answer[0] << 8) | answer[1]) * 175 / 65535.0) - 45);
                _percent = ToTenths(((answer[3] << 8) | answer[4]) * 100 / 65535.0);
            }
        }

        private void Send(int command)
        {
            _device!.Write(new byte[] { (byte)(command >> 8), (byte)command });
            Thread.Sleep(PauseMilliseconds);
        }
    }
}
