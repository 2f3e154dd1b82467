using System;
using System.Collections.Generic;
using System.Linq;

namespace Sensors.VirtualBoard
{
    /// <summary>Virtual chips by name.</summary>
    public static class ChipShelf
    {
        private const double UsualShuntOhms = 0.01; // what the firmware takes for granted unless its settings say otherwise

        private static readonly Dictionary<string, Func<ChipWorld, string, VirtualChip>> Makers = new(StringComparer.OrdinalIgnoreCase)
        {
            ["ADXL345"] = (world, name) => new VirtualAdxl345(world.Time, world.Vibration, world.Seed, name),
            ["IIS3DWB"] = (world, name) => new VirtualIis3dwb(world.Time, world.Vibration, world.Seed, name),
            ["ADXL355"] = (world, name) => new VirtualAdxl355(world.Time, world.Vibration, world.Seed, name),
            ["ADXL357"] = (world, name) => new VirtualAdxl357(world.Time, world.Vibration, world.Seed, name),
            ["LIS3DH"] = (world, name) => new VirtualLis3dh(world.Time, world.Vibration, world.Seed, name),
            ["MPU6050"] = (world, name) => new VirtualMpu6050(world.Time, world.Vibration, world.Seed, name),
            ["LIS2DW12"] = (world, name) => new VirtualLis2dw12(world.Time, world.Vibration, world.Seed, name),
            ["MAX31865"] = (world, name) => new VirtualMax31865(world.Time, world.Temperature, world.Seed, name),
            ["MAX31856"] = (world, name) => new VirtualMax31856(world.Time, world.Temperature, world.Ambient, world.Seed, name),
            ["MAX31855"] = (world, name) => new VirtualMax31855(world.Time, world.Temperature, world.Ambient, world.Seed, name),
            ["INA228"] = (world, name) => new VirtualIna228(world.Time, world.Direct, world.Seed, name, new Ina228Options { ShuntOhms = UsualShuntOhms }),
            ["INA219"] = (world, name) => new VirtualIna219(world.Time, world.Direct, world.Seed, name, new Ina219Options { ShuntOhms = UsualShuntOhms }),
            ["ADS1115"] = (world, name) => new VirtualAds1115(world.Time, new Ads1115Clamp(world.Mains), world.Seed, name),
            ["TMP117"] = (world, name) => new VirtualTmp117(world.Time, world.Temperature, world.Seed, name),
            ["SHT3X"] = (world, name) => new VirtualSht3x(world.Time, world.Ambient, world.Humidity, world.Seed, name),
            ["MLX90614"] = (world, name) => new VirtualMlx90614(world.Time, world.Temperature, world.Ambient, world.Seed, name),
            ["INA226"] = (world, name) => new VirtualIna226(world.Time, world.Direct, world.Seed, name, new Ina226Options { ShuntOhms = UsualShuntOhms }),
        };

        /// <summary>Gets the names of the chips there are.</summary>
        public static IReadOnlyList<string> Names { get; } = Makers.Keys.Order(StringComparer.Ordinal).ToArray();

        /// <summary>Makes a typical specimen of a chip.</summary>
        /// <param name="chip">Its name, in any case.</param>
        /// <param name="world">What surrounds it.</param>
        /// <param name="name">The name it goes by in fault plans and messages.</param>
        /// <returns>The chip, not yet wired.</returns>
        /// <exception cref="ArgumentException">There is no such chip.</exception>
        public static VirtualChip Make(string chip, ChipWorld world, string name) =>
            Makers.TryGetValue(chip, out Func<ChipWorld, string, VirtualChip>? make)
                ? make(world, name)
                : throw new ArgumentException($"There is no virtual {chip}; there are {string.Join(", ", Names)}.", nameof(chip));
    }
}
