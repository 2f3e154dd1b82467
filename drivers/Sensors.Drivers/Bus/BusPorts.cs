namespace Sensors.Drivers
{
    /// <summary>Where sensors can be plugged in: a board's I2C buses and SPI slots, as the node sees them.</summary>
    public abstract class BusPorts
    {
        /// <summary>Gets the number of I2C buses; they are numbered from 1.</summary>
        public abstract int I2cBusCount { get; }

        /// <summary>Gets the number of SPI slots, a chip select each; they are numbered from 0.</summary>
        public abstract int SpiSlotCount { get; }

        /// <summary>Puts every SPI chip select to its inactive level. Call before the first clock on any SPI bus.</summary>
        public abstract void ReleaseChipSelects();

        /// <summary>Opens the chip at an I2C address.</summary>
        /// <param name="bus">1 to <see cref="I2cBusCount"/>.</param>
        /// <param name="address">7-bit address.</param>
        /// <returns>The open bus; opening does not talk to the chip.</returns>
        public abstract RegisterBus OpenI2c(int bus, int address);

        /// <summary>Opens the chip in an SPI slot.</summary>
        /// <param name="slot">0 to <see cref="SpiSlotCount"/> - 1.</param>
        /// <param name="profile">How the chip speaks SPI. All devices open on one bus must agree in mode and clock.</param>
        /// <returns>The open bus. Opening clocks four zero bytes into the chip, as the ESP32's driver does for every port.</returns>
        public abstract RegisterBus OpenSpi(int slot, SpiProfile profile);
    }
}
