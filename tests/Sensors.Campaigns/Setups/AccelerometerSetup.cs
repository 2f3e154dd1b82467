using System;
using Sensors.Drivers;
using Sensors.VirtualBoard;

namespace Sensors.Campaigns
{
    /// <summary>One accelerometer on one wire, as the campaigns drive it.</summary>
    /// <param name="Name">Chip and wire, such as <c>ADXL345 SPI</c>.</param>
    /// <param name="FullScaleG">End of the range it is started with, in g.</param>
    /// <param name="Corner">Tells the -3 dB corner of its low-pass in hertz from the real rate at which samples leave the driver.</param>
    /// <param name="IsSpi">Whether it is on SPI, where a missed call shows as a dead line only.</param>
    /// <param name="Wire">Makes the virtual chip on a board: what it feels, and how much of its noise it has, 1 or 0.</param>
    /// <param name="Open">Opens its bus.</param>
    /// <param name="Make">Makes its driver.</param>
    /// <param name="Start">Starts the driver at that full scale.</param>
    /// <param name="Every">How many samples the chip makes for each that leaves the driver.</param>
    public sealed record AccelerometerSetup(
        string Name,
        double FullScaleG,
        Func<double, double> Corner,
        bool IsSpi,
        Func<CampaignBoard, IVibrationSource, double, VirtualAccelerometer> Wire,
        Func<CampaignBoard, RegisterBus> Open,
        Func<RegisterBus, BusClock, FifoAccelerometer> Make,
        Action<FifoAccelerometer> Start,
        int Every = 1);
}
