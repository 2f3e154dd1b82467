using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Finds sensors where they can be: every SPI slot and I2C address the board has, told apart by identity.</summary>
    /// <remarks>
    /// Reading only: a probe never writes, so a chip that is not meant is not disturbed. A place that is in use is not
    /// probed again. Addresses tried: 0x48 to 0x4B for TMP117, 0x40 to 0x4F for INA226; each reads its own identity register
    /// and believes nothing but the value.
    /// </remarks>
    public sealed class SensorFinder
    {
        private const int AddressSpan = 0x80; // 7-bit addresses

        private readonly BusPorts _ports;
        private readonly Clock _clock;
        private readonly PlaceMap _places;
        private readonly int _shuntMicroOhms;
        private readonly bool[] _slotTaken;
        private readonly bool[] _addressTaken; // by bus - 1 and address

        /// <summary>Makes a finder. Puts every chip select at rest; probes nothing yet.</summary>
        /// <param name="ports">The board.</param>
        /// <param name="clock">The node's time.</param>
        /// <param name="places">Places that belong to a point: only that point's sensor is looked for there.</param>
        /// <param name="shuntMicroOhms">Shunt of the current sensors, in microohms.</param>
        public SensorFinder(BusPorts ports, Clock clock, PlaceMap places, int shuntMicroOhms)
        {
            _shuntMicroOhms = shuntMicroOhms;
            _ports = ports;
            _clock = clock;
            _places = places;
            _slotTaken = new bool[ports.SpiSlotCount];
            _addressTaken = new bool[ports.I2cBusCount * AddressSpan];
            ports.ReleaseChipSelects();
        }

        /// <summary>Gets why the last search that found nothing did: nobody answered, or only chips that are not known here.</summary>
        public SensorFault WhyNot { get; private set; }

        /// <summary>Finds the next accelerometer.</summary>
        /// <param name="place">The only place to look at; null for any that belongs to no point.</param>
        /// <returns>The source, not started; null when there is no other, see <see cref="WhyNot"/>.</returns>
        public VibrationSource FindVibration(string place)
        {
            WhyNot = SensorFault.NoAnswer;
            for (int slot = 0; slot < _slotTaken.Length; slot++)
            {
                if (_slotTaken[slot])
                {
                    continue;
                }

                RegisterBus bus = TryOpenSpi(slot);
                if (bus == null)
                {
                    continue;
                }

                if (IsWanted(bus, place) && HasAdxl345(bus))
                {
                    _slotTaken[slot] = true;
                    return new Adxl345Source(bus, _clock);
                }

                bus.Close();
            }

            return null;
        }

        /// <summary>Finds the next thermometer.</summary>
        /// <param name="place">The only place to look at; null for any that belongs to no point.</param>
        /// <returns>The source, not started; null when there is no other, see <see cref="WhyNot"/>.</returns>
        public TemperatureSource FindTemperature(string place)
        {
            RegisterBus bus = FindI2c(place, Tmp117.I2cAddress, Tmp117.LastI2cAddress, Tmp117.IdentityRegister, Tmp117.IdentityValue);
            return bus == null ? null : new Tmp117Source(bus, _clock);
        }

        /// <summary>Finds the next current sensor.</summary>
        /// <param name="place">The only place to look at; null for any that belongs to no point.</param>
        /// <returns>The source, not started; null when there is no other, see <see cref="WhyNot"/>.</returns>
        public CurrentSource FindCurrent(string place)
        {
            RegisterBus bus = FindI2c(place, Ina226.I2cAddress, Ina226.LastI2cAddress, Ina226.IdentityRegister, Ina226.IdentityValue);
            return bus == null ? null : new Ina226Source(bus, _shuntMicroOhms);
        }

        private RegisterBus FindI2c(string place, int first, int last, byte register, int identity)
        {
            WhyNot = SensorFault.NoAnswer;
            for (int number = 1; number <= _ports.I2cBusCount; number++)
            {
                for (int address = first; address <= last; address++)
                {
                    int index = ((number - 1) * AddressSpan) + address;
                    if (_addressTaken[index])
                    {
                        continue;
                    }

                    RegisterBus bus = TryOpenI2c(number, address);
                    if (bus == null)
                    {
                        continue;
                    }

                    if (IsWanted(bus, place) && Matches(bus, register, identity))
                    {
                        _addressTaken[index] = true;
                        return bus;
                    }

                    bus.Close();
                }
            }

            return null;
        }

        // A port that cannot be opened is a place without a sensor: it must not keep the node from its other places.
        private RegisterBus TryOpenSpi(int slot)
        {
            try
            {
                return _ports.OpenSpi(slot, Adxl345.Spi);
            }
            catch (BusException)
            {
                return null;
            }
        }

        private RegisterBus TryOpenI2c(int bus, int address)
        {
            try
            {
                return _ports.OpenI2c(bus, address);
            }
            catch (BusException)
            {
                return null;
            }
        }

        private bool IsWanted(RegisterBus bus, string place)
        {
            return place == null ? !_places.Has(bus.Name) : bus.Name == place;
        }

        private bool HasAdxl345(RegisterBus bus)
        {
            try
            {
                byte identity = bus.Read(Adxl345.IdentityRegister);
                if (identity == Adxl345.IdentityValue)
                {
                    return true;
                }

                if (identity != 0x00 && identity != 0xFF)
                {
                    WhyNot = SensorFault.WrongIdentity; // a chip drives the line, but another one
                }
            }
            catch (BusException)
            {
                // The controller refused: nobody lives here.
            }

            return false;
        }

        private bool Matches(RegisterBus bus, byte register, int identity)
        {
            try
            {
                if (bus.ReadWord(register) == identity)
                {
                    return true;
                }

                WhyNot = SensorFault.WrongIdentity;
            }
            catch (BusException)
            {
                // Nobody lives at this address.
            }

            return false;
        }
    }
}
