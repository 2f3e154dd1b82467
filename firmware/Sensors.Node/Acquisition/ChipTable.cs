using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Every chip the node can use. Chips with an identity register are found; the others are declared in the settings.</summary>
    public static class ChipTable
    {
        private static readonly KnownChip[] Chips =
        {
            OnSpi(Found("ADXL345", PointKinds.Vibration, Adxl345.I2cAlternateAddress, Adxl345.I2cAddress, Adxl345.IdentityRegister, 1, Adxl345.IdentityValue), Adxl345.Spi, Adxl345.Probe),
            OnSpi(Found("IIS3DWB", PointKinds.Vibration, 0, 0, Iis3dwb.IdentityRegister, 1, Iis3dwb.IdentityValue), Iis3dwb.Spi),
            OnSpi(Found("LIS2DW12", PointKinds.Vibration, Lis2dw12.I2cAddress, Lis2dw12.I2cAlternateAddress, Lis2dw12.IdentityRegister, 1, Lis2dw12.IdentityValue), Lis2dw12.Spi),
            Bursting(OnSpi(Found("LIS3DH", PointKinds.Vibration, Lis3dh.I2cAddress, Lis3dh.I2cAlternateAddress, Lis3dh.IdentityRegister, 1, Lis3dh.IdentityValue), Lis3dh.Spi), Lis3dh.I2cBurstFlag),
            WithRelatives(Found("MPU6050", PointKinds.Vibration, Mpu6050.I2cAddress, Mpu6050.I2cAlternateAddress, Mpu6050.IdentityRegister, 1, Mpu6050.IdentityValue)),
            OnSpi(Found("ADXL355", PointKinds.Vibration, Adxl35x.I2cAddress, Adxl35x.I2cAlternateAddress, Adxl35x.IdentityRegister, 1, Adxl35x.IdentityValue), Adxl35x.Spi),
            OnSpi(Declared("ADXL357", PointKinds.Vibration, Adxl35x.I2cAddress, Adxl35x.I2cAlternateAddress, string.Empty), Adxl35x.Spi), // an ADXL355 by its identity
            Found("TMP117", PointKinds.Temperature, Tmp117.I2cAddress, Tmp117.LastI2cAddress, Tmp117.IdentityRegister, 2, Tmp117.IdentityValue),
            OnSpi(Declared("MAX31865", PointKinds.Temperature, 0, 0, " rtd wires rref mains "), Max31865.Spi),
            OnSpi(Declared("MAX31856", PointKinds.Temperature, 0, 0, " type mains "), Max31856.Spi),
            OnSpi(Declared("MAX31855", PointKinds.Temperature, 0, 0, " type "), Max31855.Spi),
            Bound("SHT3X", PointKinds.Temperature, PointKinds.Humidity, 0x44, 0x45, 1000000),
            Bound("MLX90614", PointKinds.Temperature, null, 0x08, 0x77, 100000), // any address can be written into it; as delivered 0x5A
            Found("INA226", PointKinds.Current, Ina226.I2cAddress, Ina226.LastI2cAddress, Ina226.IdentityRegister, 2, Ina226.IdentityValue),
            Found("INA228", PointKinds.Current, Ina228.I2cAddress, Ina228.LastI2cAddress, Ina228.IdentityRegister, 2, Ina228.IdentityValue),
            Declared("INA219", PointKinds.Current, Ina219.I2cAddress, Ina219.LastI2cAddress, " shunt "),
            Declared("ADS1115", PointKinds.Current, Ads1115.I2cAddress, Ads1115.LastI2cAddress, " clamp burden turns supply "),
        };

        /// <summary>Gets how many chips there are.</summary>
        public static int Count => Chips.Length;

        /// <summary>Gives a chip; in the order in which they are probed.</summary>
        /// <param name="index">0 to <see cref="Count"/> - 1.</param>
        /// <returns>The chip.</returns>
        public static KnownChip At(int index)
        {
            return Chips[index];
        }

        /// <summary>Finds a chip by its name.</summary>
        /// <param name="name">The name, in any case.</param>
        /// <returns>The chip; null when it is not known.</returns>
        public static KnownChip Find(string name)
        {
            string upper = name.ToUpper();
            for (int i = 0; i < Chips.Length; i++)
            {
                if (Chips[i].Name == upper)
                {
                    return Chips[i];
                }
            }

            return null;
        }

        // Has an SPI port as well.
        private static KnownChip OnSpi(KnownChip chip, SpiProfile profile)
        {
            return OnSpi(chip, profile, profile);
        }

        private static KnownChip OnSpi(KnownChip chip, SpiProfile profile, SpiProfile probe)
        {
            chip.Spi = profile;
            chip.Probe = probe;
            return chip;
        }

        // Needs bits in the I2C pointer to move on.
        private static KnownChip Bursting(KnownChip chip, byte flag)
        {
            chip.I2cBurstFlag = flag;
            return chip;
        }

        // The MPU6050's driver serves its relatives and clones as well, and says which.
        private static KnownChip WithRelatives(KnownChip chip)
        {
            int count = 0;
            for (int identity = 0; identity <= byte.MaxValue; identity++)
            {
                count += Mpu6050.Accepts(identity) ? 1 : 0;
            }

            int[] identities = new int[count];
            for (int identity = byte.MaxValue; identity >= 0; identity--)
            {
                if (Mpu6050.Accepts(identity))
                {
                    identities[--count] = identity;
                }
            }

            chip.Identities = identities;
            return chip;
        }

        // Found by its identity. Two addresses that do not adjoin are the first and the last.
        private static KnownChip Found(string name, string kind, int first, int last, byte register, int bytes, int identity)
        {
            KnownChip chip = Declared(name, kind, first, last, kind == PointKinds.Current ? " shunt " : name == "IIS3DWB" ? " every " : string.Empty);
            chip.IdentityRegister = register;
            chip.IdentityBytes = bytes;
            chip.Identities = new int[] { identity };
            return chip;
        }

        // Has nothing to be told apart by.
        private static KnownChip Declared(string name, string kind, int first, int last, string options)
        {
            bool vibration = kind == PointKinds.Vibration; // accelerometers have two addresses, wherever they lie
            return new KnownChip(name, kind, options)
            {
                FirstAddress = first < last ? first : last,
                LastAddress = first < last ? last : first,
                AddressStep = vibration && first != last ? (first < last ? last - first : first - last) : 1,
            };
        }

        // On I2C, read by a binding: Sensors.Bindings says how.
        private static KnownChip Bound(string name, string kind, string otherKind, int first, int last, int hertz)
        {
            return new KnownChip(name, kind, " channel ")
            {
                OtherKind = otherKind,
                FirstAddress = first,
                LastAddress = last,
                HighestI2cHertz = hertz,
                IsBinding = true,
            };
        }
    }
}
