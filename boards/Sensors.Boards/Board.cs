using System;
using System.Device.Gpio;
using System.Device.I2c;
using Sensors.Drivers;

namespace Sensors.Boards
{
    /// <summary>A real board as data: what is where, and how fast. A board's file states it; the opening is the same for all.</summary>
    /// <remarks>
    /// Slots are numbered from 0, buses from 1, pins by GPIO number; <see cref="None"/> says that a board has no such pin.
    /// </remarks>
    public abstract class Board : BusPorts
    {
        /// <summary>No such pin on this board.</summary>
        public const int None = -1;

        /// <summary>Clock of every SPI bus, in hertz, unless a chip bears less: the most that all supported chips bear.</summary>
        /// <remarks>The first device opened on a bus sets the clock of all; one common clock makes the order of opening not matter.</remarks>
        public const int SharedSpiHertz = 5000000;

        // An ESP32's: 34 and up cannot drive, 6 to 11 are the flash, 1 and 3 the USB bridge.
        private const int FirstInput = 34;
        private const int FirstFlash = 6;
        private const int LastFlash = 11;
        private const int ConsoleOut = 1;
        private const int ConsoleIn = 3;

        private GpioPin[] _heldChipSelects;
        private SpiRegisterBus[] _open; // the last bus opened in each slot
        private SpiProfile[] _profiles;

        /// <summary>Gets the name people know the board by.</summary>
        public abstract string Name { get; }

        /// <summary>Gets the target name of the firmware image to flash.</summary>
        public abstract string FirmwareTarget { get; }

        /// <summary>Gets what the managed heap is made of.</summary>
        public abstract MemoryClass Memory { get; }

        /// <summary>Gets the size of the flash in mebibytes; the volume grows with it.</summary>
        public abstract int FlashMebibytes { get; }

        /// <summary>Gets the pin of the light a user sees.</summary>
        public virtual int Led => None;

        /// <summary>Gets whether the light is on when its pin is high.</summary>
        public virtual bool LedActiveHigh => true;

        /// <summary>Tells whether a light may be wired to a pin: one that can drive, and is neither the flash's nor anybody else's on this board.</summary>
        /// <param name="pin">GPIO number.</param>
        /// <returns>True when it may.</returns>
        public bool BearsLight(int pin)
        {
            bool free = pin >= 0 && pin < FirstInput && (pin < FirstFlash || pin > LastFlash) && pin != ConsoleOut && pin != ConsoleIn
                && pin != Button && pin != Watchdog;
            for (int slot = 0; slot < SlotChipSelects.Length && free; slot++)
            {
                free = SlotChipSelects[slot] != pin;
            }

            return free;
        }

        /// <summary>Gets the pin of the button a user can press; pressed is low.</summary>
        public virtual int Button => None;

        /// <summary>Gets the pin that an external watchdog listens to.</summary>
        public virtual int Watchdog => None;

        /// <inheritdoc/>
        public override int I2cBusCount => I2cSpeeds.Length;

        /// <inheritdoc/>
        public override int SpiSlotCount => SlotChipSelects.Length;

        /// <summary>Gets the speed of each I2C bus, bus 1 first.</summary>
        protected abstract I2cBusSpeed[] I2cSpeeds { get; }

        /// <summary>Gets the SPI bus of each slot, slot 0 first.</summary>
        protected abstract byte[] SlotBuses { get; }

        /// <summary>Gets the chip select of each slot, slot 0 first.</summary>
        protected abstract byte[] SlotChipSelects { get; }

        /// <inheritdoc/>
        public override int SpiBusOf(int slot) => SlotBuses[slot];

        /// <inheritdoc/>
        public override int I2cHertz(int bus) => I2cRegisterBus.ClockHz(I2cSpeeds[bus - 1]);

        /// <summary>Tells the chip select of a slot.</summary>
        /// <param name="slot">0 to <see cref="BusPorts.SpiSlotCount"/> - 1.</param>
        /// <returns>GPIO number.</returns>
        public int ChipSelectOf(int slot) => SlotChipSelects[slot];

        /// <inheritdoc/>
        /// <remarks>
        /// A pull-up, not an output: the firmware drives a pin that becomes an output low first, and that would select the
        /// chip. The pins stay taken, for a pin that is let go floats. <see cref="OpenSpi"/> lets go of its slot's pin in the
        /// moment before the SPI driver takes it, drives it high and keeps it so, even after its device is closed.
        /// </remarks>
        public override void ReleaseChipSelects()
        {
            GpioController gpio = new GpioController();
            GpioPin[] held = new GpioPin[SpiSlotCount];
            for (int slot = 0; slot < held.Length; slot++)
            {
                held[slot] = gpio.OpenPin(SlotChipSelects[slot], PinMode.InputPullUp);
            }

            _heldChipSelects = held;
        }

        /// <inheritdoc/>
        public override RegisterBus OpenI2c(int bus, int address, byte burstFlag)
        {
            var settings = new I2cConnectionSettings(bus, address, I2cSpeeds[bus - 1]);
            return new I2cRegisterBus(settings, I2cRegisterBus.DefaultLargestWrite, burstFlag);
        }

        /// <inheritdoc/>
        public override I2cDevice OpenI2cDevice(int bus, int address)
        {
            try
            {
                return I2cDevice.Create(new I2cConnectionSettings(bus, address, I2cSpeeds[bus - 1]));
            }
            catch (Exception) // the firmware throws several kinds, some of them plain: no such bus, no pins, pins in use
            {
                throw new BusException("I2C" + bus.ToString() + " 0x" + address.ToString("X2"), 0, BusStatus.NotOpen);
            }
        }

        /// <inheritdoc/>
        public override RegisterBus OpenSpi(int slot, SpiProfile profile)
        {
            if (_open == null)
            {
                _open = new SpiRegisterBus[SpiSlotCount];
                _profiles = new SpiProfile[SpiSlotCount];
            }

            RefuseConflict(slot, profile);
            LetGo(slot);
            SpiRegisterBus bus = new SpiRegisterBus(SlotBuses[slot], SlotChipSelects[slot], profile, SharedSpiHertz);
            _open[slot] = bus;
            _profiles[slot] = profile;
            return bus;
        }

        // Devices on one bus silently get the first one's mode and clock: what cannot work together is refused here.
        private void RefuseConflict(int slot, SpiProfile profile)
        {
            for (int other = 0; other < SpiSlotCount; other++)
            {
                if (other == slot || SlotBuses[other] != SlotBuses[slot] || _open[other] == null || !_open[other].IsOpen)
                {
                    continue;
                }

                bool slower = _profiles[other].ClockHz < SharedSpiHertz || profile.ClockHz < SharedSpiHertz;
                if (_profiles[other].Mode != profile.Mode || (slower && _profiles[other].ClockHz != profile.ClockHz))
                {
                    string name = "SPI" + SlotBuses[slot].ToString() + " CS" + SlotChipSelects[slot].ToString();
                    throw new BusException(name, 0, BusStatus.Conflict);
                }
            }
        }

        private void LetGo(int slot)
        {
            GpioPin[] held = _heldChipSelects;
            if (held != null && held[slot] != null)
            {
                held[slot].Dispose();
                held[slot] = null;
            }
        }
    }
}
