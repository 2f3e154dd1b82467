using System;
using System.Collections.Generic;
using Sensors.Drivers;
using Sensors.VirtualBoard;

namespace Sensors.Campaigns
{
    /// <summary>Every accelerometer there is a driver for: a line per chip, wire and mode.</summary>
    public static class Accelerometers
    {
        private const double LargestLis2dw12Corner = 400; // hertz, whatever the rate: LIS2DW12, "Digital main blocks"
        private const double WidestMpu6050Corner = 260;   // hertz: RM-MPU-6000A, §4.3
        private const double Iis3dwbCorner = 6300;        // hertz, of the sensing element and its converter: IIS3DWB, "Mechanical characteristics"

        /// <summary>Gets the table.</summary>
        public static IReadOnlyList<AccelerometerSetup> All { get; } =
        [
            new("ADXL345 SPI", 16, rate => rate / 2, true, OnSpi(MakeAdxl345), OpenSpi(Adxl345.Spi), (bus, clock) => new Adxl345(bus, clock), StartAdxl345(Adxl345Rate.Hz3200)),
            new("ADXL345 I2C", 16, rate => rate / 2, false, OnI2c(0x53, MakeAdxl345), OpenI2c(0x53), (bus, clock) => new Adxl345(bus, clock), StartAdxl345(Adxl345Rate.Hz800)),
            new("ADXL355 SPI", 2, rate => rate / 4, true, OnSpi(MakeAdxl355), OpenSpi(Adxl355.Spi), (bus, clock) => new Adxl355(bus, clock), StartAdxl355(Adxl35xRate.Hz4000)),
            new("ADXL355 I2C", 2, rate => rate / 4, false, OnI2c(0x1D, MakeAdxl355), OpenI2c(0x1D), (bus, clock) => new Adxl355(bus, clock), StartAdxl355(Adxl35xRate.Hz500)),
            new("ADXL357 SPI", 40, rate => rate / 4, true, OnSpi(MakeAdxl357), OpenSpi(Adxl357.Spi), (bus, clock) => new Adxl357(bus, clock), StartAdxl357(Adxl35xRate.Hz4000)),
            new("ADXL357 I2C", 40, rate => rate / 4, false, OnI2c(0x1D, MakeAdxl357), OpenI2c(0x1D), (bus, clock) => new Adxl357(bus, clock), StartAdxl357(Adxl35xRate.Hz500)),
            new("IIS3DWB SPI stream", 16, _ => Iis3dwbCorner, true, OnSpi(MakeIis3dwb), OpenSpi(Iis3dwb.Spi), (bus, clock) => new Iis3dwb(bus, clock), StartIis3dwb(Iis3dwbFilter.Wide, Iis3dwbMode.Continuous)),
            new("IIS3DWB SPI every 8th", 16, rate => 8 * rate / 20, true, OnSpi(MakeIis3dwb), OpenSpi(Iis3dwb.Spi), (bus, clock) => new Iis3dwb(bus, clock), StartIis3dwb(Iis3dwbFilter.RateBy20, Iis3dwbMode.Every8), 8),
            new("LIS2DW12 SPI", 16, rate => Math.Min(rate / 2, LargestLis2dw12Corner), true, OnSpi(MakeLis2dw12), OpenSpi(Lis2dw12.Spi), (bus, clock) => new Lis2dw12(bus, clock), StartLis2dw12(Lis2dw12Rate.Hz1600)),
            new("LIS2DW12 I2C", 16, rate => Math.Min(rate / 2, LargestLis2dw12Corner), false, OnI2c(0x18, MakeLis2dw12), OpenI2c(0x18), (bus, clock) => new Lis2dw12(bus, clock), StartLis2dw12(Lis2dw12Rate.Hz800)),
            new("LIS3DH SPI", 8, rate => rate / 2, true, OnSpi(MakeLis3dh), OpenSpi(Lis3dh.Spi), (bus, clock) => new Lis3dh(bus, clock), StartLis3dh(Lis3dhRate.Fastest)),
            new("LIS3DH I2C", 8, rate => rate / 2, false, OnI2c(0x18, MakeLis3dh), OpenI2c(0x18, Lis3dh.I2cBurstFlag), (bus, clock) => new Lis3dh(bus, clock), StartLis3dh(Lis3dhRate.Hz400)),
            new("MPU6050 I2C", 16, _ => WidestMpu6050Corner, false, OnI2c(0x68, MakeMpu6050), OpenI2c(0x68), (bus, clock) => new Mpu6050(bus, clock), StartMpu6050(Mpu6050Rate.Hz1000)),
        ];

        private static VirtualAdxl345 MakeAdxl345(CampaignBoard board, IVibrationSource source, double noise) =>
            new(board.Wires.Time, source, board.Wires.Seed, "vib1", new Adxl345Options { NoiseFactor = noise });

        private static VirtualAdxl355 MakeAdxl355(CampaignBoard board, IVibrationSource source, double noise) =>
            new(board.Wires.Time, source, board.Wires.Seed, "vib1", new Adxl35xOptions { NoiseFactor = noise });

        private static VirtualAdxl357 MakeAdxl357(CampaignBoard board, IVibrationSource source, double noise) =>
            new(board.Wires.Time, source, board.Wires.Seed, "vib1", new Adxl35xOptions { NoiseFactor = noise });

        private static VirtualIis3dwb MakeIis3dwb(CampaignBoard board, IVibrationSource source, double noise) =>
            new(board.Wires.Time, source, board.Wires.Seed, "vib1", new Iis3dwbOptions { NoiseFactor = noise });

        private static VirtualLis2dw12 MakeLis2dw12(CampaignBoard board, IVibrationSource source, double noise) =>
            new(board.Wires.Time, source, board.Wires.Seed, "vib1", new Lis2dw12Options { NoiseFactor = noise });

        private static VirtualLis3dh MakeLis3dh(CampaignBoard board, IVibrationSource source, double noise) =>
            new(board.Wires.Time, source, board.Wires.Seed, "vib1", new Lis3dhOptions { NoiseFactor = noise });

        private static VirtualMpu6050 MakeMpu6050(CampaignBoard board, IVibrationSource source, double noise) =>
            new(board.Wires.Time, source, board.Wires.Seed, "vib1", new Mpu6050Options { NoiseFactor = noise });

        private static Action<FifoAccelerometer> StartAdxl345(Adxl345Rate rate) => driver => ((Adxl345)driver).Start(Adxl345Range.G16, rate);

        private static Action<FifoAccelerometer> StartAdxl355(Adxl35xRate rate) => driver => ((Adxl355)driver).Start(Adxl355Range.G2, rate);

        private static Action<FifoAccelerometer> StartAdxl357(Adxl35xRate rate) => driver => ((Adxl357)driver).Start(Adxl357Range.G40, rate);

        private static Action<FifoAccelerometer> StartIis3dwb(Iis3dwbFilter filter, Iis3dwbMode mode) =>
            driver => ((Iis3dwb)driver).Start(Iis3dwbRange.G16, filter, mode);

        private static Action<FifoAccelerometer> StartLis2dw12(Lis2dw12Rate rate) =>
            driver => ((Lis2dw12)driver).Start(Lis2dw12Range.G16, rate, Lis2dw12Filter.Half);

        private static Action<FifoAccelerometer> StartLis3dh(Lis3dhRate rate) => driver => ((Lis3dh)driver).Start(Lis3dhRange.G8, rate, Lis3dhMode.Normal);

        private static Action<FifoAccelerometer> StartMpu6050(Mpu6050Rate rate) =>
            driver => ((Mpu6050)driver).Start(Mpu6050Range.G16, rate, Mpu6050Filter.Widest);

        private static Func<CampaignBoard, IVibrationSource, double, VirtualAccelerometer> OnSpi<T>(Func<CampaignBoard, IVibrationSource, double, T> make)
            where T : VirtualAccelerometer, ISpiChip => (board, source, noise) => board.WireSpi(make(board, source, noise));

        private static Func<CampaignBoard, IVibrationSource, double, VirtualAccelerometer> OnI2c<T>(
            int address, Func<CampaignBoard, IVibrationSource, double, T> make)
            where T : VirtualAccelerometer, II2cChip => (board, source, noise) => board.WireI2c(address, make(board, source, noise));

        private static Func<CampaignBoard, RegisterBus> OpenSpi(SpiProfile profile) => board => board.Ports.OpenSpi(0, profile);

        private static Func<CampaignBoard, RegisterBus> OpenI2c(int address, byte burstFlag = 0) => board => board.Ports.OpenI2c(1, address, burstFlag);
    }
}
