using System;
using System.Collections.Generic;
using Sensors.VirtualBoard;

namespace Sensors.Campaigns
{
    /// <summary>Every chip the node can use: a line per chip and wire.</summary>
    public static class Nodes
    {
        private const double ShuntOhms = 0.01; // what the node takes for every shunt unless told

        /// <summary>Gets the table.</summary>
        public static IReadOnlyList<NodeSetup> All { get; } =
        [
            new("ADXL345 SPI", Quantity.Vibration, true, "vib1 ADXL345 spi0", OnSpi((b, p) => new VirtualAdxl345(b.Wires.Time, p, b.Wires.Seed, "vib1", new Adxl345Options { NoiseFactor = 0 }))),
            new("ADXL345 I2C", Quantity.Vibration, false, "vib1 ADXL345 i2c1:0x53", OnI2c(0x53, (b, p) => new VirtualAdxl345(b.Wires.Time, p, b.Wires.Seed, "vib1", new Adxl345Options { NoiseFactor = 0 }))),
            new("ADXL355 SPI", Quantity.Vibration, true, "vib1 ADXL355 spi0", OnSpi((b, p) => new VirtualAdxl355(b.Wires.Time, p, b.Wires.Seed, "vib1", new Adxl35xOptions { NoiseFactor = 0 })), 8),
            new("ADXL355 I2C", Quantity.Vibration, false, "vib1 ADXL355 i2c1:0x1D", OnI2c(0x1D, (b, p) => new VirtualAdxl355(b.Wires.Time, p, b.Wires.Seed, "vib1", new Adxl35xOptions { NoiseFactor = 0 })), 8),
            new("ADXL357 SPI", Quantity.Vibration, true, "vib1 ADXL357 spi0", OnSpi((b, p) => new VirtualAdxl357(b.Wires.Time, p, b.Wires.Seed, "vib1", new Adxl35xOptions { NoiseFactor = 0 })), 40),
            new("ADXL357 I2C", Quantity.Vibration, false, "vib1 ADXL357 i2c1:0x1D", OnI2c(0x1D, (b, p) => new VirtualAdxl357(b.Wires.Time, p, b.Wires.Seed, "vib1", new Adxl35xOptions { NoiseFactor = 0 })), 40),
            new("IIS3DWB SPI", Quantity.Vibration, true, "vib1 IIS3DWB spi0 every=8", OnSpi((b, p) => new VirtualIis3dwb(b.Wires.Time, p, b.Wires.Seed, "vib1", new Iis3dwbOptions { NoiseFactor = 0 }))),
            new("LIS2DW12 SPI", Quantity.Vibration, true, "vib1 LIS2DW12 spi0", OnSpi((b, p) => new VirtualLis2dw12(b.Wires.Time, p, b.Wires.Seed, "vib1", new Lis2dw12Options { NoiseFactor = 0 }))),
            new("LIS2DW12 I2C", Quantity.Vibration, false, "vib1 LIS2DW12 i2c1:0x18", OnI2c(0x18, (b, p) => new VirtualLis2dw12(b.Wires.Time, p, b.Wires.Seed, "vib1", new Lis2dw12Options { NoiseFactor = 0 }))),
            new("LIS3DH SPI", Quantity.Vibration, true, "vib1 LIS3DH spi0", OnSpi((b, p) => new VirtualLis3dh(b.Wires.Time, p, b.Wires.Seed, "vib1", new Lis3dhOptions { NoiseFactor = 0 })), 8),
            new("LIS3DH I2C", Quantity.Vibration, false, "vib1 LIS3DH i2c1:0x18", OnI2c(0x18, (b, p) => new VirtualLis3dh(b.Wires.Time, p, b.Wires.Seed, "vib1", new Lis3dhOptions { NoiseFactor = 0 })), 8),
            new("MPU6050 I2C", Quantity.Vibration, false, "vib1 MPU6050 i2c1:0x68", OnI2c(0x68, (b, p) => new VirtualMpu6050(b.Wires.Time, p, b.Wires.Seed, "vib1", new Mpu6050Options { NoiseFactor = 0 }))),
            new("TMP117 I2C", Quantity.Temperature, false, "temp1 TMP117 i2c1:0x48", OnI2c(0x48, (b, p) => new VirtualTmp117(b.Wires.Time, p, b.Wires.Seed, "temp1", new Tmp117Options { NoiseCelsius = 0 }))),
            new("MAX31865 SPI", Quantity.Temperature, true, "temp1 MAX31865 spi0 rtd=pt100 wires=4 rref=430", OnSpi((b, p) => new VirtualMax31865(b.Wires.Time, p, b.Wires.Seed, "temp1", new Max31865Options { NoiseLsb = 0 }))),
            new("MAX31856 SPI", Quantity.Temperature, true, "temp1 MAX31856 spi0", OnSpi((b, p) => new VirtualMax31856(b.Wires.Time, p, new ConstantSource(), b.Wires.Seed, "temp1", new Max31856Options { NoiseCelsius = 0 }))),
            new("MAX31855 SPI", Quantity.Temperature, true, "temp1 MAX31855 spi0", OnSpi((b, p) => new VirtualMax31855(b.Wires.Time, p, new ConstantSource(), b.Wires.Seed, "temp1", new Max31855Options { NoiseCelsius = 0 }))),
            new("INA226 I2C", Quantity.Current, false, "cur1 INA226 i2c1:0x40", OnI2c(0x40, (b, p) => new VirtualIna226(b.Wires.Time, p, b.Wires.Seed, "cur1", new Ina226Options { NoiseLsb = 0 }))),
            new("INA228 I2C", Quantity.Current, false, "cur1 INA228 i2c1:0x40", OnI2c(0x40, (b, p) => new VirtualIna228(b.Wires.Time, p, b.Wires.Seed, "cur1", new Ina228Options { ShuntOhms = ShuntOhms, NoiseMicrovolts = 0 }))),
            new("INA219 I2C", Quantity.Current, false, "cur1 INA219 i2c1:0x40", OnI2c(0x40, (b, p) => new VirtualIna219(b.Wires.Time, p, b.Wires.Seed, "cur1", new Ina219Options { ShuntOhms = ShuntOhms, NoiseLsb = 0 }))),
            new("ADS1115 I2C", Quantity.AlternatingCurrent, false, "cur1 ADS1115 i2c1:0x48 clamp=100A/50mA burden=22", OnI2c(0x48, (b, p) => new VirtualAds1115(b.Wires.Time, new Ads1115Clamp(p), b.Wires.Seed, "cur1", new Ads1115Options { NoiseLsb = 0 }))),
        ];

        private static Func<CampaignBoard, KnownProcess, VirtualChip> OnSpi<T>(Func<CampaignBoard, KnownProcess, T> make)
            where T : VirtualChip, ISpiChip => (board, process) => board.WireSpi(make(board, process));

        private static Func<CampaignBoard, KnownProcess, VirtualChip> OnI2c<T>(int address, Func<CampaignBoard, KnownProcess, T> make)
            where T : VirtualChip, II2cChip => (board, process) => board.WireI2c(address, make(board, process));
    }
}
