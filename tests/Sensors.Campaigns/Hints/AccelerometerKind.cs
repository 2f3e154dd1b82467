using System;
using System.Collections.Generic;
using Sensors.VirtualBoard;

namespace Sensors.Campaigns
{
    /// <summary>An accelerometer that nodes of the campaign wear.</summary>
    /// <param name="Name">The chip.</param>
    /// <param name="IsFast">Whether it sees what bearings do.</param>
    /// <param name="Declaration">What stands behind <c>sensor=</c>.</param>
    /// <param name="RateHertz">Its rate, for the direct way.</param>
    /// <param name="Samples">Samples of a block, for the direct way.</param>
    /// <param name="CornerHertz">Its low-pass, for the direct way.</param>
    /// <param name="RangeG">Its range in g, for the direct way.</param>
    /// <param name="MicroGPerRootHertz">Its noise, for the direct way.</param>
    /// <param name="Wire">Makes a specimen on a board; no two are alike.</param>
    internal sealed record AccelerometerKind(
        string Name,
        bool IsFast,
        string Declaration,
        double RateHertz,
        int Samples,
        double CornerHertz,
        double RangeG,
        double MicroGPerRootHertz,
        Func<CampaignBoard, IVibrationSource, Random, VirtualChip> Wire)
    {
        /// <summary>Gets the accelerometers, the usual one first.</summary>
        public static IReadOnlyList<AccelerometerKind> All { get; } =
        [
            new("IIS3DWB", true, "vib1 IIS3DWB spi0 every=1", 80_000 / 3.0, 26_667, 6300, 16, 75, (board, source, random) => board.WireSpi(
                new VirtualIis3dwb(board.Wires.Time, source, board.Wires.Seed, "vib1", new Iis3dwbOptions
                {
                    FrequencyTrim = (sbyte)random.Next(-12, 13),
                    SensitivityErrorPercent = Error(random, 5),
                    OffsetXMilliG = Error(random, 50),
                    OffsetZMilliG = Error(random, 50),
                    NoiseFactor = Noise(random),
                }))),
            new("ADXL345", false, "vib1 ADXL345 spi0", 3200, 4096, 1600, 16, 290, (board, source, random) => board.WireSpi(
                new VirtualAdxl345(board.Wires.Time, source, board.Wires.Seed, "vib1", new Adxl345Options
                {
                    OutputRateErrorPpm = Error(random, 20_000),
                    SensitivityErrorPercent = Error(random, 5),
                    OffsetXMilliG = Error(random, 50),
                    OffsetZMilliG = Error(random, 50),
                    NoiseFactor = Noise(random),
                }))),
            new("ADXL357", false, "vib1 ADXL357 spi0", 4000, 4096, 1000, 40, 80, (board, source, random) => board.WireSpi(
                new VirtualAdxl357(board.Wires.Time, source, board.Wires.Seed, "vib1", new Adxl35xOptions
                {
                    OutputRateErrorPpm = Error(random, 10_000),
                    SensitivityErrorPercent = Error(random, 5),
                    OffsetYMilliG = Error(random, 50),
                    NoiseFactor = Noise(random),
                }))),
        ];

        private static double Error(Random random, double most) => most * ((2 * random.NextDouble()) - 1);

        private static double Noise(Random random) => 0.7 + (0.8 * random.NextDouble());
    }
}
