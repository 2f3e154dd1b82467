using System.Device.I2c;

namespace Sensors.Drivers
{
    /// <summary>Where sensors can be plugged in: a board's I2C buses and SPI slots, as the node sees them.</summary>
    public abstract class BusPorts
    {
        /// <summary>Gets the number of I2C buses; they are numbered from 1.</summary>
        public abstract int I2cBusCount { get; }

        /// <summary>Gets the number of SPI slots, a chip select each; they are numbered from 0.</summary>
        public abstract int SpiSlotCount { get; }

        /// <summary>Tells which SPI bus a slot is on: slots of one bus share clock, mode and wires.</summary>
        /// <param name="slot">0 to <see cref="SpiSlotCount"/> - 1.</param>
        /// <returns>Number of the bus, from 1.</returns>
        public abstract int SpiBusOf(int slot);

        /// <summary>Tells how fast an I2C bus is clocked.</summary>
        /// <param name="bus">1 to <see cref="I2cBusCount"/>.</param>
        /// <returns>Hertz.</returns>
        public abstract int I2cHertz(int bus);

        /// <summary>Puts every SPI chip select to its inactive level. Call before the first clock on any SPI bus.</summary>
        public abstract void ReleaseChipSelects();

        /// <summary>Opens the chip at an I2C address.</summary>
        /// <param name="bus">1 to <see cref="I2cBusCount"/>.</param>
        /// <param name="address">7-bit address.</param>
        /// <returns>The open bus; opening does not talk to the chip.</returns>
        public RegisterBus OpenI2c(int bus, int address)
        {
            return OpenI2c(bus, address, 0);
        }

        /// <summary>Opens a chip at an I2C address whose pointer moves on only when it is told to.</summary>
        /// <param name="bus">1 to <see cref="I2cBusCount"/>.</param>
        /// <param name="address">7-bit address.</param>
        /// <param name="burstFlag">Bits set in the register pointer when more than one byte is moved; 0 where the chip needs none.</param>
        /// <returns>The open bus; opening does not talk to the chip.</returns>
        public abstract RegisterBus OpenI2c(int bus, int address, byte burstFlag);

        /// <summary>Opens the port of an I2C address, for a binding that talks to it in its own way. Drivers use <see cref="OpenI2c(int, int)"/>.</summary>
        /// <param name="bus">1 to <see cref="I2cBusCount"/>.</param>
        /// <param name="address">7-bit address.</param>
        /// <returns>The open device, the caller's to dispose of; opening does not talk to the chip.</returns>
        /// <exception cref="BusException">The port could not be opened.</exception>
        public abstract I2cDevice OpenI2cDevice(int bus, int address);

        /// <summary>Opens the chip in an SPI slot.</summary>
        /// <param name="slot">0 to <see cref="SpiSlotCount"/> - 1.</param>
        /// <param name="profile">How the chip speaks SPI. The bus runs at the board's common clock where that is slower.</param>
        /// <exception cref="BusException"><see cref="BusStatus.Conflict"/> while a chip of another SPI mode is open on the bus.</exception>
        /// <returns>The open bus. Opening clocks four zero bytes into the chip, as the ESP32's driver does for every port.</returns>
        public abstract RegisterBus OpenSpi(int slot, SpiProfile profile);
    }
}
