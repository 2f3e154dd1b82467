using System;

namespace Sensors.VirtualBoard
{
    /// <summary>SHT3x-DIS thermometer and hygrometer, as its I2C bus sees it at 0x44 or 0x45. Data sheet: Sensirion SHT3x-DIS, version 5, May 2018.</summary>
    /// <remarks>
    /// <para>
    /// Commands of 16 bits; each word that goes out is followed by CRC-8 (31h, beginning with FFh). A single shot samples in the middle of
    /// its conversion; until it ends, and where there is nothing to read, a read header is not acknowledged. What was read is gone.
    /// T = -45 + 175 S / 65535, RH = 100 S / 65535 (section 4.13). Soft reset: deaf for 1.5 ms, then as after power, with "reset detected" set.
    /// An unknown command, or one within 1 ms of another, is a violation; the unknown one sets "command status". Half a command, as looking for another
    /// maker's chip leaves it, is a stray and does nothing.
    /// </para>
    /// <para>
    /// Not modelled: clock stretching, periodic modes, alert limits (their commands count as violations), the general call, the response
    /// time of the sensor, and how the heater dries. That a result can be read once only, and that a break discards it, is not said in the data sheet.
    /// </para>
    /// </remarks>
    public sealed class VirtualSht3x : VirtualChip, II2cChip
    {
        private const double LowestCelsius = -45, SpanCelsius = 175, SpanPercent = 100;
        private const long Never = long.MaxValue;
        private const byte Idle = 0xFF;

        private readonly ITemperatureSource _temperature;
        private readonly IHumiditySource _humidity;
        private readonly Sht3xOptions _options;
        private readonly ulong _seed;
        private readonly byte[] _answer = new byte[6];
        private int _command;
        private int _written;
        private int _answerCount;
        private int _answerRead;
        private bool _addressed;
        private bool _statusAsked;
        private int _status;
        private int _measurement; // the command of the single shot under way or waiting to be read; 0 for none
        private long _startedAt;
        private long _readyAt;
        private long _lastCommandAt;
        private long _deafUntil;
        private long _conversions;
        private int _temperatureWord;
        private int _humidityWord;
        private int _corruptNext;

        /// <summary>Makes a chip that is powered now.</summary>
        /// <param name="time">The board's time.</param>
        /// <param name="temperature">The air's temperature.</param>
        /// <param name="humidity">The air's humidity.</param>
        /// <param name="seed">The board's seed; the chip derives its own from it and its name.</param>
        /// <param name="name">Name in fault plans and messages.</param>
        /// <param name="options">How this specimen differs from the ideal one; null for the ideal one with noise.</param>
        public VirtualSht3x(
            VirtualTime time, ITemperatureSource temperature, IHumiditySource humidity, ulong seed, string name = "air1", Sht3xOptions? options = null)
            : base(time, name)
        {
            ArgumentNullException.ThrowIfNull(temperature);
            ArgumentNullException.ThrowIfNull(humidity);
            _temperature = temperature;
            _humidity = humidity;
            _options = options ?? new Sht3xOptions();
            _seed = NoiseDraw.DeriveSeed(seed, name);
            Reset(time.Nanoseconds);
        }

        /// <inheritdoc/>
        public bool HoldsBus => Faults.HoldsBus;

        /// <summary>Gets how many measurements were made.</summary>
        public long Conversions => _conversions;

        /// <summary>Turns a bit over in each of the next answers; their checksums stay what they were.</summary>
        /// <param name="answers">How many.</param>
        public void CorruptNext(int answers) => _corruptNext = answers;

        /// <inheritdoc/>
        public bool Start(bool read, long nanoseconds)
        {
            if (!_addressed && (Faults.MissesCall(nanoseconds) || nanoseconds < _deafUntil))
            {
                return false;
            }

            EndCommand(nanoseconds);
            _addressed = true;
            return !read || HasAnswer(nanoseconds);
        }

        /// <inheritdoc/>
        public bool Write(byte value, long nanoseconds)
        {
            if (_written++ < 2)
            {
                _command = (_command << 8) | value;
            }

            return true;
        }

        /// <inheritdoc/>
        public byte Read(long nanoseconds) => _answerRead < _answerCount ? _answer[_answerRead++] : Idle;

        /// <inheritdoc/>
        public void Stop(long nanoseconds)
        {
            EndCommand(nanoseconds);
            _addressed = false;
        }

        private protected override void Reset(long nanoseconds)
        {
            SoftReset(nanoseconds, Sht3xMap.PowerUpNanoseconds);
            _addressed = false;
            _written = 0;
        }

        private void SoftReset(long nanoseconds, long duration)
        {
            _status = Sht3xMap.StatusAfterReset;
            _statusAsked = false;
            _measurement = 0;
            _answerCount = 0;
            _lastCommandAt = nanoseconds - Sht3xMap.CommandGapNanoseconds;
            _deafUntil = nanoseconds + duration;
        }

        private void EndCommand(long nanoseconds)
        {
            if (_written == 0)
            {
                return;
            }

            int written = _written;
            int command = _command & 0xFFFF;
            _written = 0;
            _command = 0;
            _statusAsked = false;
            if (written == 1)
            {
                Strays.Add(nanoseconds, "half a command: somebody looks for another chip's register");
                return;
            }

            if (nanoseconds - _lastCommandAt < Sht3xMap.CommandGapNanoseconds)
            {
                Violations.Add(nanoseconds, "a command within 1 ms of another");
            }

            _lastCommandAt = nanoseconds;
            if (written != 2)
            {
                Violations.Add(nanoseconds, $"a command of {written} bytes");
                return;
            }

            Obey(command, nanoseconds);
        }

        private void Obey(int command, long nanoseconds)
        {
            bool busy = _measurement != 0 && nanoseconds < _readyAt;
            if (busy && command != Sht3xMap.SoftReset && command != Sht3xMap.Break)
            {
                Violations.Add(nanoseconds, $"command 0x{command:X4} while measuring");
                return;
            }

            if (command != Sht3xMap.ReadStatus)
            {
                _status &= ~Sht3xMap.CommandFailed; // the status tells of the command before
            }

            switch (command)
            {
                case Sht3xMap.MeasureHigh:
                    Measure(command, nanoseconds, Sht3xMap.HighNanoseconds);
                    break;
                case Sht3xMap.MeasureMedium:
                    Measure(command, nanoseconds, Sht3xMap.MediumNanoseconds);
                    break;
                case Sht3xMap.MeasureLow:
                    Measure(command, nanoseconds, Sht3xMap.LowNanoseconds);
                    break;
                case Sht3xMap.SoftReset:
                    SoftReset(nanoseconds, Sht3xMap.ResetNanoseconds);
                    break;
                case Sht3xMap.Break:
                    _measurement = 0;
                    break;
                case Sht3xMap.HeaterOn:
                    _status |= Sht3xMap.HeaterFlag;
                    break;
                case Sht3xMap.HeaterOff:
                    _status &= ~Sht3xMap.HeaterFlag;
                    break;
                case Sht3xMap.ClearStatus:
                    _status &= ~Sht3xMap.ClearedFlags;
                    break;
                case Sht3xMap.ReadStatus:
                    _statusAsked = true;
                    break;
                default:
                    _status |= Sht3xMap.CommandFailed;
                    Violations.Add(nanoseconds, $"command 0x{command:X4}, which the data sheet does not define or the model does not know");
                    break;
            }
        }

        private void Measure(int command, long nanoseconds, long duration)
        {
            _measurement = command;
            _startedAt = nanoseconds;
            _readyAt = nanoseconds + (long)(duration / ClockSpeed(0));
            Convert(); // now, not when it is read: what the air does after a conversion is not in its result
        }

        // Puts together what a read is to get; false for a read header that is not acknowledged.
        private bool HasAnswer(long nanoseconds)
        {
            _answerCount = 0;
            _answerRead = 0;
            if (_statusAsked)
            {
                _statusAsked = false;
                Put(_status);
            }
            else if (_measurement != 0 && nanoseconds >= _readyAt)
            {
                _measurement = 0;
                _readyAt = Never;
                Put(_temperatureWord);
                Put(_humidityWord);
            }

            if (_answerCount > 0 && _corruptNext > 0)
            {
                _corruptNext--;
                _answer[1] ^= 0x08;
            }

            return _answerCount > 0;
        }

        private void Convert()
        {
            double middle = Math.Max(0, (_startedAt + _readyAt) / 2 * 1e-9);
            var noise = new NoiseDraw(_seed, _conversions++);
            (double celsiusNoise, double percentNoise) = _measurement switch
            {
                Sht3xMap.MeasureHigh => (Sht3xMap.HighCelsius, Sht3xMap.HighPercent),
                Sht3xMap.MeasureMedium => (Sht3xMap.MediumCelsius, Sht3xMap.MediumPercent),
                _ => (Sht3xMap.LowCelsius, Sht3xMap.LowPercent),
            };
            double celsius = _temperature.CelsiusAt(middle) + _options.ErrorCelsius + (noise.Next() * celsiusNoise * _options.NoiseFactor);
            double percent = _humidity.PercentAt(middle) + _options.ErrorPercent + (noise.Next() * percentNoise * _options.NoiseFactor);
            if ((_status & Sht3xMap.HeaterFlag) != 0)
            {
                celsius += _options.HeaterCelsius;
            }

            if (!Faults.StuckData || _conversions == 1)
            {
                _temperatureWord = Word((celsius - LowestCelsius) / SpanCelsius);
                _humidityWord = Word(percent / SpanPercent);
            }
        }

        private static int Word(double share) => (int)Math.Round(Math.Clamp(share, 0, 1) * ushort.MaxValue);

        private void Put(int word)
        {
            byte high = (byte)(word >> 8), low = (byte)word;
            _answer[_answerCount++] = high;
            _answer[_answerCount++] = low;
            _answer[_answerCount++] = Checksum(high, low);
        }

        private static byte Checksum(byte high, byte low)
        {
            int crc = 0xFF;
            foreach (byte value in (ReadOnlySpan<byte>)[high, low])
            {
                crc ^= value;
                for (int bit = 0; bit < 8; bit++)
                {
                    crc = (crc & 0x80) != 0 ? ((crc << 1) ^ 0x31) & 0xFF : crc << 1;
                }
            }

            return (byte)crc;
        }
    }
}
