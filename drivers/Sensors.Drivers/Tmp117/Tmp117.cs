// Data sheet: Texas Instruments TMP117, SNOSD82, Rev. D. Section and table names below refer to it.
using System;

namespace Sensors.Drivers
{
    /// <summary>TMP117 digital temperature sensor, ±0.1 °C, on I2C.</summary>
    /// <remarks>
    /// The EEPROM is never unlocked: it wears, and its scratch words carry the factory's traceability. Settings are therefore
    /// lost with the supply, which <see cref="TryRead"/> notices. One thread at a time.
    /// </remarks>
    public sealed partial class Tmp117
    {
        /// <summary>I2C address with ADD0 at ground; V+, SDA and SCL give the next three.</summary>
        public const int I2cAddress = 0x48;

        /// <summary>Highest address the chip can have.</summary>
        public const int LastI2cAddress = 0x4B;

        /// <summary>Register that tells the chip from others ("Device ID Register").</summary>
        public const byte IdentityRegister = Register.DeviceId;

        /// <summary>What <see cref="IdentityRegister"/> reads, the whole word: a TMP116 reads 1116h, a TMP119 2117h.</summary>
        public const int IdentityValue = 0x0117;

        /// <summary>Weight of one digit in °C: 7.8125 m°C ("Temperature Register").</summary>
        public const float CelsiusPerDigit = 0.0078125f;

        private const string Part = "TMP117";
        private const int NoConversionYet = -32768;        // "Temperature Register": 8000h, -256 °C, until the first conversion ends
        private const ushort HighLimitValue = 0x7FFF;      // never reached, and not the reset value 6000h: tells a brown-out
        private const ushort LowLimitValue = 0x8000;       // never reached
        private const int ResetMicroseconds = 2000;        // "Software Reset"
        private const int ConversionMicroseconds = 15500;  // "Electrical Characteristics": one conversion

        // "Conversion Cycle Time in CC Mode", rows for one average; columns of the other averages only raise the short ones.
        private static readonly int[] Cycles = { 15500, 125000, 250000, 500000, 1000000, 4000000, 8000000, 16000000 };
        private static readonly int[] ShortestCycles = { 15500, 125000, 500000, 1000000 };
        private static readonly byte[] AverageCounts = { 1, 8, 32, 64 };

        private readonly RegisterBus _bus;
        private readonly BusClock _clock;
        private int _settings;

        /// <summary>Makes the driver. Touches no hardware until <see cref="Start"/>.</summary>
        /// <param name="bus">The chip's bus.</param>
        /// <param name="clock">Time, for the waits the data sheet demands.</param>
        public Tmp117(RegisterBus bus, BusClock clock)
        {
            _bus = bus ?? throw new ArgumentNullException(nameof(bus));
            _clock = clock ?? throw new ArgumentNullException(nameof(clock));
        }

        /// <summary>Gets the time from one result to the next while converting continuously, in microseconds, nominal.</summary>
        public int CycleMicroseconds { get; private set; }

        /// <summary>Gets the time a one-shot takes with the averaging set, in microseconds, nominal.</summary>
        public int OneShotMicroseconds { get; private set; }

        /// <summary>Turns digits into thousandths of a degree.</summary>
        /// <param name="raw">Digits, -32,768 to 32,767.</param>
        /// <returns>m°C, rounded towards zero: -256,000 to 255,992. 25 °C reads 25,000.</returns>
        [HotPath]
        public static int ToMilliCelsius(int raw)
        {
            return raw * 125 / 16; // 7.8125 = 125 / 16
        }

        /// <summary>Checks the identity, resets the chip, writes and verifies every setting, and converts continuously.</summary>
        /// <param name="cycle">Time between results.</param>
        /// <param name="averages">Conversions in each result.</param>
        /// <exception cref="SensorException">Not a TMP117, or a register did not keep its value.</exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        public void Start(Tmp117Cycle cycle, Tmp117Averages averages)
        {
            CheckIdentity();
            _bus.WriteWord(Register.Configuration, Configuration.SoftReset); // so that no older result can pass as a new one
            _clock.Wait(ResetMicroseconds);
            _bus.WriteWord(Register.HighLimit, HighLimitValue);
            _bus.WriteWord(Register.LowLimit, LowLimitValue);
            _bus.WriteWord(Register.TemperatureOffset, 0);
            Configure((int)cycle | (int)averages);
            CycleMicroseconds = Cycles[(int)cycle >> 7];
            int shortest = ShortestCycles[(int)averages >> 5];
            if (CycleMicroseconds < shortest)
            {
                CycleMicroseconds = shortest;
            }

            OneShotMicroseconds = AverageCounts[(int)averages >> 5] * ConversionMicroseconds;
            Verify(Register.HighLimit, HighLimitValue, SensorFault.NotConfigured);
            Verify(Register.LowLimit, LowLimitValue, SensorFault.NotConfigured);
            Verify(Register.TemperatureOffset, 0, SensorFault.NotConfigured);
            RequireSettings(_bus.ReadWord(Register.Configuration), SensorFault.NotConfigured);
        }

        /// <summary>Converts once, with the averaging of <see cref="Start"/>, and stays shut down afterwards.</summary>
        /// <remarks>Result after <see cref="OneShotMicroseconds"/>. Ends continuous conversion.</remarks>
        /// <exception cref="BusException">The chip did not answer.</exception>
        public void StartOneShot()
        {
            Configure(_settings | Configuration.OneShot);
        }

        /// <summary>Takes the newest result if there is one that was not taken yet.</summary>
        /// <param name="raw">Digits of <see cref="CelsiusPerDigit"/>; 0 when there is no result.</param>
        /// <returns>1 when <paramref name="raw"/> is a new result, 0 when there is none yet.</returns>
        /// <exception cref="SensorException">
        /// <see cref="SensorFault.BrownOut"/>: the settings are gone; call <see cref="Start"/>.
        /// </exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        [HotPath]
        public int TryRead(out int raw)
        {
            raw = 0;
            int found = _bus.ReadWord(Register.Configuration); // clears Data_Ready, which the next conversion sets again
            RequireSettings(found, SensorFault.BrownOut);
            if ((found & Configuration.DataReady) == 0)
            {
                return 0;
            }

            int result = (short)_bus.ReadWord(Register.TemperatureResult);
            if (result == NoConversionYet)
            {
                return 0;
            }

            raw = result;
            return 1;
        }

        /// <summary>Checks that identity and settings still stand, as they would not after a brown-out.</summary>
        /// <exception cref="SensorException"><see cref="SensorFault.BrownOut"/> when the chip is back at its reset values.</exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        public void Check()
        {
            CheckIdentity();
            Verify(Register.HighLimit, HighLimitValue, SensorFault.BrownOut); // reading Configuration would lose a result
        }

        /// <summary>Shuts the chip down. <see cref="Start"/> begins anew.</summary>
        /// <exception cref="BusException">The chip did not answer.</exception>
        public void Stop()
        {
            Configure(_settings | Configuration.Shutdown);
        }

        private void CheckIdentity()
        {
            Verify(Register.DeviceId, IdentityValue, SensorFault.WrongIdentity);
        }

        private void Configure(int settings)
        {
            _settings = settings;
            _bus.WriteWord(Register.Configuration, (ushort)settings);
        }

        [HotPath]
        private void RequireSettings(int found, SensorFault fault)
        {
            if (((found ^ _settings) & Configuration.SettingsMask) != 0)
            {
                throw new SensorException(Part, fault, Register.Configuration, found, _settings);
            }
        }

        private void Verify(byte register, int expected, SensorFault fault)
        {
            int found = _bus.ReadWord(register);
            if (found != expected)
            {
                throw new SensorException(Part, fault, register, found, expected);
            }
        }
    }
}
