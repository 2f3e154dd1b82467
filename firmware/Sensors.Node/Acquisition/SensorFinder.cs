using System.Device.Spi;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Finds sensors where they can be: every SPI slot and I2C address the board has, told apart by identity.</summary>
    /// <remarks>
    /// <para>
    /// Reading only: a probe never writes, so a chip that is not meant is not disturbed. A place that is in use or declared is not
    /// probed. At each I2C address only chips that can live there are asked for, each by its own identity register, and nothing is
    /// believed but the value.
    /// </para>
    /// <para>
    /// An SPI bus runs in one mode: that of the first sensor declared on it, else mode 3. A probe in another mode could write where it means to
    /// read, so chips of another mode are only looked for where a declaration has set it.
    /// </para>
    /// </remarks>
    public sealed class SensorFinder
    {
        private const int AddressSpan = 0x80; // 7-bit addresses
        private const int FirstAddress = 0x08;
        private const int LastAddress = 0x77;

        private readonly BusPorts _ports;
        private readonly Clock _clock;
        private readonly PlaceMap _places;
        private readonly SensorDeclaration[] _declarations;
        private readonly SourceFactory _bindings;
        private readonly SensorOptions _found;
        private readonly SpiMode[] _modes;     // by SPI slot
        private readonly bool[] _slotTaken;
        private readonly bool[] _addressTaken; // by bus - 1 and address

        /// <summary>Makes a finder. Puts every chip select at rest; probes nothing yet.</summary>
        /// <param name="ports">The board.</param>
        /// <param name="clock">The node's time.</param>
        /// <param name="places">Places that belong to a point: only that point's sensor is looked for there.</param>
        /// <param name="declarations">Sensors that are declared; their places are theirs.</param>
        /// <param name="found">Options of sensors that are found.</param>
        /// <param name="bindings">Makes sources of bindings; null when the firmware carries none.</param>
        public SensorFinder(
            BusPorts ports, Clock clock, PlaceMap places, SensorDeclaration[] declarations, SensorOptions found, SourceFactory bindings)
        {
            _ports = ports;
            _clock = clock;
            _places = places;
            _declarations = declarations;
            _found = found;
            _bindings = bindings;
            _slotTaken = new bool[ports.SpiSlotCount];
            _addressTaken = new bool[ports.I2cBusCount * AddressSpan];
            _modes = new SpiMode[ports.SpiSlotCount];
            for (int slot = 0; slot < _modes.Length; slot++)
            {
                _modes[slot] = ModeOf(ports.SpiBusOf(slot));
            }

            for (int i = 0; i < declarations.Length; i++)
            {
                Reserve(declarations[i]);
            }

            ports.ReleaseChipSelects();
        }

        /// <summary>Gets why the last search that found nothing did: nobody answered, only chips that are not known here, or a bus that cannot serve it.</summary>
        public SensorFault WhyNot { get; private set; }

        /// <summary>Gives a point's declaration.</summary>
        /// <param name="point">The point's name.</param>
        /// <returns>The declaration; null when there is none.</returns>
        public SensorDeclaration DeclarationOf(string point)
        {
            for (int i = 0; i < _declarations.Length; i++)
            {
                if (_declarations[i].Point == point)
                {
                    return _declarations[i];
                }
            }

            return null;
        }

        /// <summary>Opens a declared sensor. Nothing is said to the chip: its start tells whether it is there.</summary>
        /// <param name="declaration">The declaration.</param>
        /// <returns>The source, not started; null when it cannot be opened, see <see cref="WhyNot"/>.</returns>
        public SensorSource Open(SensorDeclaration declaration)
        {
            KnownChip chip = declaration.Chip;
            bool spi = declaration.Slot >= 0;
            WhyNot = SensorFault.NoAnswer;
            if (spi ? declaration.Slot >= _slotTaken.Length : declaration.I2cBus > _ports.I2cBusCount)
            {
                return null; // the board has no such place
            }

            if (spi ? chip.Spi.Mode != _modes[declaration.Slot] : chip.HighestI2cHertz < _ports.I2cHertz(declaration.I2cBus))
            {
                WhyNot = SensorFault.BusConflict;
                return null;
            }

            if (chip.IsBinding)
            {
                return _bindings == null ? null : _bindings.Make(
                    chip.Name, PointKinds.KindOf(declaration.Point), declaration.Options.Channel, _ports, declaration.I2cBus, declaration.Address, _clock);
            }

            RegisterBus bus = spi ? TryOpenSpi(declaration.Slot, chip.Spi) : TryOpenI2c(declaration.I2cBus, declaration.Address, chip);
            int hertz = spi ? 0 : _ports.I2cHertz(declaration.I2cBus);
            return bus == null ? null : SourceMaker.Make(chip, bus, _clock, declaration.Options, hertz);
        }

        /// <summary>Finds the next sensor of a kind.</summary>
        /// <param name="kind">One of <see cref="PointKinds"/>.</param>
        /// <param name="place">The only place to look at; null for any that belongs to no point.</param>
        /// <returns>The source, not started; null when there is no other, see <see cref="WhyNot"/>.</returns>
        public SensorSource Find(string kind, string place)
        {
            WhyNot = SensorFault.NoAnswer;
            for (int slot = 0; slot < _slotTaken.Length; slot++)
            {
                SensorSource source = _slotTaken[slot] ? null : FindSpi(slot, kind, place);
                if (source != null)
                {
                    _slotTaken[slot] = true;
                    return source;
                }
            }

            for (int bus = 1; bus <= _ports.I2cBusCount; bus++)
            {
                for (int address = FirstAddress; address <= LastAddress; address++)
                {
                    int index = ((bus - 1) * AddressSpan) + address;
                    SensorSource source = _addressTaken[index] ? null : FindI2c(bus, address, kind, place);
                    if (source != null)
                    {
                        _addressTaken[index] = true;
                        return source;
                    }
                }
            }

            return null;
        }

        private SpiMode ModeOf(int bus)
        {
            for (int i = 0; i < _declarations.Length; i++)
            {
                int slot = _declarations[i].Slot;
                if (slot >= 0 && slot < _ports.SpiSlotCount && _ports.SpiBusOf(slot) == bus)
                {
                    return _declarations[i].Chip.Spi.Mode;
                }
            }

            return SpiMode.Mode3;
        }

        private void Reserve(SensorDeclaration declaration)
        {
            if (declaration.Slot >= 0)
            {
                if (declaration.Slot < _slotTaken.Length)
                {
                    _slotTaken[declaration.Slot] = true;
                }
            }
            else if (declaration.I2cBus <= _ports.I2cBusCount)
            {
                _addressTaken[((declaration.I2cBus - 1) * AddressSpan) + declaration.Address] = true;
            }
        }

        private SensorSource FindSpi(int slot, string kind, string place)
        {
            RegisterBus bus = null;
            SpiProfile profile = null;
            for (int i = 0; i < ChipTable.Count; i++)
            {
                KnownChip chip = ChipTable.At(i);
                if (chip.Kind != kind || chip.IdentityBytes == 0 || chip.Spi == null || chip.Spi.Mode != _modes[slot])
                {
                    continue;
                }

                if (profile == null || !SameFrames(profile, chip.Probe))
                {
                    Close(bus);
                    profile = chip.Probe;
                    bus = TryOpenSpi(slot, profile);
                    if (bus == null || !IsWanted(bus, place))
                    {
                        Close(bus);
                        return null;
                    }
                }

                if (Identifies(bus, chip))
                {
                    Close(bus);
                    bus = TryOpenSpi(slot, chip.Spi);
                    return bus == null ? null : SourceMaker.Make(chip, bus, _clock, _found, 0);
                }
            }

            Close(bus);
            return null;
        }

        private SensorSource FindI2c(int number, int address, string kind, string place)
        {
            RegisterBus bus = null;
            for (int i = 0; i < ChipTable.Count; i++)
            {
                KnownChip chip = ChipTable.At(i);
                if (chip.Kind != kind || chip.IdentityBytes == 0 || !chip.CanHaveAddress(address) || chip.HighestI2cHertz < _ports.I2cHertz(number))
                {
                    continue;
                }

                bus = TryOpenI2c(number, address, chip);
                if (bus == null || !IsWanted(bus, place))
                {
                    Close(bus);
                    return null;
                }

                if (Identifies(bus, chip))
                {
                    return SourceMaker.Make(chip, bus, _clock, _found, _ports.I2cHertz(number));
                }

                Close(bus);
            }

            return null;
        }

        // Single-byte reads look the same on the wire: one opening serves all these chips' identity registers.
        private static bool SameFrames(SpiProfile one, SpiProfile other)
        {
            return one.ReadFlag == other.ReadFlag && one.AddressShift == other.AddressShift;
        }

        private static void Close(RegisterBus bus)
        {
            if (bus != null)
            {
                bus.Close();
            }
        }

        // A port that cannot be opened is a place without a sensor: it must not keep the node from its other places.
        private RegisterBus TryOpenSpi(int slot, SpiProfile profile)
        {
            try
            {
                return _ports.OpenSpi(slot, profile);
            }
            catch (BusException exception)
            {
                Blame(exception);
                return null;
            }
        }

        private RegisterBus TryOpenI2c(int bus, int address, KnownChip chip)
        {
            try
            {
                return _ports.OpenI2c(bus, address, chip.I2cBurstFlag);
            }
            catch (BusException exception)
            {
                Blame(exception);
                return null;
            }
        }

        private void Blame(BusException exception)
        {
            if (exception.Status == BusStatus.Conflict)
            {
                WhyNot = SensorFault.BusConflict;
            }
        }

        private bool IsWanted(RegisterBus bus, string place)
        {
            return place == null ? !_places.Has(bus.Name) : bus.Name == place;
        }

        private bool Identifies(RegisterBus bus, KnownChip chip)
        {
            try
            {
                int identity = chip.IdentityBytes == 1 ? bus.Read(chip.IdentityRegister) : bus.ReadWord(chip.IdentityRegister);
                if (chip.Matches(identity))
                {
                    return true;
                }

                int nobody = chip.IdentityBytes == 1 ? 0xFF : 0xFFFF;
                if (identity != 0 && identity != nobody)
                {
                    WhyNot = SensorFault.WrongIdentity; // a chip drives the line, but another one
                }
            }
            catch (BusException)
            {
                // Nobody lives here.
            }

            return false;
        }
    }
}
