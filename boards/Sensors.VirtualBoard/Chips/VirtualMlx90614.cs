using System;

namespace Sensors.VirtualBoard
{
    /// <summary>MLX90614 infrared thermometer, as its SMBus sees it at 0x5A, or where it is wired. Data sheet: Melexis MLX90614 family, 3901090614, rev 013; SMBus note 390119061402.</summary>
    /// <remarks>
    /// <para>
    /// A read is the command, a repeated start, the low and the high byte, and the packet error code: CRC-8 (07h) over both address bytes, the command and the
    /// data. Temperatures are 0.02 K per digit with the error flag as bit 15; they change every 100 ms. A write needs a right packet error code; only the
    /// EEPROM can be written, which is counted, for it wears. Traffic faster than 100 kHz on its bus, to whomever, is a violation, and so fast the
    /// chip does not follow: it does not acknowledge.
    /// </para>
    /// <para>
    /// Not modelled: filters and their settling, emissivity, the second detector (it repeats the first), PWM, the time-outs of a clock held low, erasing
    /// before a write, waking up. That words read 0 and INIT is clear until 250 ms after power is not said in the data sheet.
    /// </para>
    /// </remarks>
    public sealed class VirtualMlx90614 : VirtualChip, II2cChip
    {
        private const double KelvinPerDigit = 0.02;
        private const double KelvinAtZeroCelsius = 273.15;
        private const int UsualAddress = 0x5A;
        private const int UsualWrongIdentity = 0x5B; // a chip that was given another address
        private const byte Idle = 0xFF;

        private readonly ITemperatureSource _object;
        private readonly ITemperatureSource _ambient;
        private readonly Mlx90614Options _options;
        private readonly ulong _seed;
        private int _address;
        private readonly ushort[] _eeprom = new ushort[32];
        private readonly byte[] _frame = new byte[4];
        private readonly byte[] _answer = new byte[3];
        private int _written;
        private int _read;
        private bool _reading;
        private bool _addressed;
        private bool _asleep;
        private bool _tooFast;
        private long _poweredAt;
        private long _busyUntil;
        private int _corruptNext;
        private int _stuckObject = -1;
        private int _stuckAmbient = -1;

        /// <summary>Makes a chip that is powered now.</summary>
        /// <param name="time">The board's time.</param>
        /// <param name="seen">The surface it looks at.</param>
        /// <param name="ambient">Its own temperature.</param>
        /// <param name="seed">The board's seed; the chip derives its own from it and its name.</param>
        /// <param name="name">Name in fault plans and messages.</param>
        /// <param name="options">How this specimen differs from the ideal one; null for the ideal one with noise.</param>
        public VirtualMlx90614(
            VirtualTime time, ITemperatureSource seen, ITemperatureSource ambient, ulong seed, string name = "ir1", Mlx90614Options? options = null)
            : base(time, name)
        {
            ArgumentNullException.ThrowIfNull(seen);
            ArgumentNullException.ThrowIfNull(ambient);
            _object = seen;
            _ambient = ambient;
            _options = options ?? new Mlx90614Options();
            _seed = NoiseDraw.DeriveSeed(seed, name);
            Mlx90614Map.Delivered.CopyTo(_eeprom, 0);
            Wired(UsualAddress);
            Reset(time.Nanoseconds);
        }

        /// <inheritdoc/>
        public bool HoldsBus => Faults.HoldsBus;

        /// <summary>Gets how many EEPROM words were written; firmware should leave this at 0.</summary>
        public int EepromWrites { get; private set; }

        /// <summary>Gets or sets whether the object's words carry the error flag.</summary>
        public bool ErrorFlag { get; set; }

        /// <summary>Turns a bit over in each of the next answers; their packet error codes stay what they were.</summary>
        /// <param name="answers">How many.</param>
        public void CorruptNext(int answers) => _corruptNext = answers;

        /// <inheritdoc/>
        /// <remarks>The address stands in the EEPROM; whoever wires the chip elsewhere wrote it there before.</remarks>
        public void Wired(int address)
        {
            _address = address;
            _eeprom[Mlx90614Map.AddressCell] = (ushort)(0xBE00 | address);
        }

        /// <inheritdoc/>
        public void Overhear(int clockHz, long nanoseconds)
        {
            _tooFast = clockHz > Mlx90614Map.FastestHz;
            if (clockHz is > Mlx90614Map.FastestHz or < Mlx90614Map.SlowestHz)
            {
                Violations.Add(nanoseconds, $"{clockHz} Hz on its bus: 10 to 100 kHz are allowed");
            }
        }

        /// <inheritdoc/>
        public bool Start(bool read, long nanoseconds)
        {
            if (!_addressed && (Faults.MissesCall(nanoseconds) || _asleep || _tooFast))
            {
                return false;
            }

            if (read && (_written != 1))
            {
                Violations.Add(nanoseconds, "a read without its command");
                return false;
            }

            _addressed = true;
            _reading = read;
            _read = 0;
            if (read)
            {
                PutTogether(_frame[0], nanoseconds);
                _written = 0;
            }

            return true;
        }

        /// <inheritdoc/>
        public bool Write(byte value, long nanoseconds)
        {
            if (_written == _frame.Length)
            {
                Violations.Add(nanoseconds, "more bytes than command, word and packet error code");
                return false;
            }

            _frame[_written++] = value;
            return true;
        }

        /// <inheritdoc/>
        public byte Read(long nanoseconds) => _read < _answer.Length ? _answer[_read++] : Idle;

        /// <inheritdoc/>
        public void Stop(long nanoseconds)
        {
            if (_addressed && !_reading && _written > 0)
            {
                EndWrite(nanoseconds);
            }

            _written = 0;
            _addressed = false;
            _reading = false;
        }

        private protected override void Reset(long nanoseconds)
        {
            _poweredAt = nanoseconds;
            _busyUntil = nanoseconds;
            _asleep = false;
            _addressed = false;
            _reading = false;
            _written = 0;
            _stuckObject = -1;
            _stuckAmbient = -1;
        }

        private void PutTogether(int command, long nanoseconds)
        {
            int word = WordOf(command, nanoseconds);
            _answer[0] = (byte)word;
            _answer[1] = (byte)(word >> 8);
            _answer[2] = Checksum([(byte)(_address << 1), (byte)command, (byte)((_address << 1) | 1), _answer[0], _answer[1]]);
            if (_corruptNext > 0)
            {
                _corruptNext--;
                _answer[1] ^= 0x01;
            }
        }

        private int WordOf(int command, long nanoseconds)
        {
            bool valid = nanoseconds - _poweredAt >= Mlx90614Map.PowerUpNanoseconds;
            switch (command)
            {
                case Mlx90614Map.Ambient:
                    return valid ? Temperature(_ambient, 0, Mlx90614Map.LowestAmbient, Mlx90614Map.HighestAmbient, nanoseconds, ref _stuckAmbient) : 0;
                case Mlx90614Map.Object1:
                case Mlx90614Map.Object2:
                    return valid ? ObjectWord(nanoseconds) : 0;
                case Mlx90614Map.AmbientRaw:
                case Mlx90614Map.Ir1Raw:
                case Mlx90614Map.Ir2Raw:
                    return 0;
                case Mlx90614Map.ReadFlags:
                    return (nanoseconds < _busyUntil ? Mlx90614Map.FlagBusy : 0) | (valid ? Mlx90614Map.FlagInitialised : 0);
                case Mlx90614Map.Eeprom + Mlx90614Map.AddressCell:
                    int address = Faults.Identity(_address, UsualWrongIdentity);
                    return (_eeprom[Mlx90614Map.AddressCell] & 0xFF00) | (address & 0xFF);
                case >= Mlx90614Map.Eeprom and < Mlx90614Map.EndOfEeprom:
                    return _eeprom[command - Mlx90614Map.Eeprom];
                default:
                    Strays.Add(nanoseconds, $"read by command 0x{command:X2}, which the data sheet does not define");
                    return 0;
            }
        }

        private int ObjectWord(long nanoseconds)
        {
            int word = Temperature(_object, _options.ErrorCelsius, Mlx90614Map.LowestObject, Mlx90614Map.HighestObject, nanoseconds, ref _stuckObject);
            return ErrorFlag ? word | Mlx90614Map.ErrorFlag : word;
        }

        // The word made at the end of the last whole cycle: the same for every look in between.
        private int Temperature(ITemperatureSource source, double error, int lowest, int highest, long nanoseconds, ref int stuck)
        {
            long cycle = (long)(Mlx90614Map.CycleNanoseconds / ClockSpeed(_options.RateErrorPpm));
            long number = (nanoseconds - _poweredAt) / cycle;
            var noise = new NoiseDraw(_seed + (ulong)lowest, number);
            double kelvin = source.CelsiusAt((_poweredAt + (number * cycle)) * 1e-9) + error + KelvinAtZeroCelsius;
            int word = Math.Clamp((int)Math.Round((kelvin + (noise.Next() * _options.NoiseCelsius)) / KelvinPerDigit), lowest, highest);
            if (Faults.StuckData && stuck >= 0)
            {
                return stuck;
            }

            stuck = word;
            return word;
        }

        private void EndWrite(long nanoseconds)
        {
            int command = _frame[0];
            if (_written == 1 && command != Mlx90614Map.Sleep)
            {
                return; // a command whose read never came
            }

            int last = _written - 1;
            byte[] covered = [(byte)(_address << 1), .. _frame[..last]];
            if (Checksum(covered) != _frame[last])
            {
                Violations.Add(nanoseconds, $"a write by command 0x{command:X2} without a right packet error code");
            }
            else if (command == Mlx90614Map.Sleep && _written == 2)
            {
                _asleep = true;
            }
            else if (command is >= Mlx90614Map.Eeprom and < Mlx90614Map.EndOfEeprom && _written == _frame.Length)
            {
                _eeprom[command - Mlx90614Map.Eeprom] = (ushort)(_frame[1] | (_frame[2] << 8));
                _busyUntil = nanoseconds + Mlx90614Map.WriteNanoseconds;
                EepromWrites++;
            }
            else
            {
                Violations.Add(nanoseconds, $"a write by command 0x{command:X2}, which cannot be written");
            }
        }

        private static byte Checksum(ReadOnlySpan<byte> covered)
        {
            int crc = 0;
            foreach (byte value in covered)
            {
                crc ^= value;
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 0x80) != 0 ? ((crc << 1) ^ 0x07) & 0xFF : crc << 1;
                }
            }

            return (byte)crc;
        }
    }
}
