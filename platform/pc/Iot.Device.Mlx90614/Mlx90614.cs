using System;
using System.Device.I2c;
using UnitsNet;

namespace Iot.Device.Mlx90614
{
    // What the official binding (1.2.x) puts on the wire, and what it makes of the answers: the checksum byte is never fetched, no
    // transfer's status is looked at, and the error flag is taken for a sign. So a chip that does not answer is at -273.15 °C, and one that
    // tells of an error is colder than that.
    public sealed class Mlx90614 : IDisposable
    {
        public const byte DefaultI2cAddress = 0x5A;

        private const byte Ambient = 0x06;
        private const byte Object1 = 0x07;

        private I2cDevice? _device;

        public Mlx90614(I2cDevice i2cDevice)
        {
            ArgumentNullException.ThrowIfNull(i2cDevice);
            _device = i2cDevice;
        }

        public Temperature ReadAmbientTemperature() => Temperature.FromDegreesCelsius(Read(Ambient));

        public Temperature ReadObjectTemperature() => Temperature.FromDegreesCelsius(Read(Object1));

        public void Dispose()
        {
            _device?.Dispose();
            _device = null;
        }

        private double Read(byte register)
        {
            var word = new byte[2];
            _device!.WriteRead(new byte[] { register }, word);
            double celsius = ((short)(word[0] | (word[1] << 8)) * 0.02) - 273.15;
            return Math.Round(celsius * 100) / 100;
        }
    }
}
