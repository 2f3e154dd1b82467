// Data sheet: Texas Instruments INA226, SBOS547, Rev. B. Section and table names below refer to it.
using System;

namespace Sensors.Drivers
{
    /// <summary>INA226 current and voltage monitor for direct current, up to 36 V, on I2C. Never for the mains.</summary>
    /// <remarks>
    /// Not covered: the alert functions, and the power register, which is current times bus voltage. One thread at a time.
    /// </remarks>
    public sealed partial class Ina226
    {
        /// <summary>I2C address with A0 and A1 at ground; the fifteen others follow.</summary>
        public const int I2cAddress = 0x40;

        /// <summary>Highest address the chip can have.</summary>
        public const int LastI2cAddress = 0x4F;

        /// <summary>Register that tells the maker ("Manufacturer ID Register"); the die is checked on starting.</summary>
        public const byte IdentityRegister = Register.ManufacturerId;

        /// <summary>What <see cref="IdentityRegister"/> reads.</summary>
        public const int IdentityValue = 0x5449;

        /// <summary>Weight of one digit of the bus voltage, in volts ("Bus Voltage Register").</summary>
        public const float VoltsPerDigit = 0.00125f;

        /// <summary>Weight of one digit of the shunt voltage, in volts: ±81.92 mV full scale ("Shunt Voltage Register").</summary>
        public const float ShuntVoltsPerDigit = 0.0000025f;

        private const string Part = "INA226";
        private const int DieIdValue = 0x2260;
        private const int LargestCalibration = 0x7FFF;     // "Calibration Register": 15 bits
        private const int ShuntHigh = 32767;               // +81.9175 mV
        private const int ShuntLow = -32768;               // -81.92 mV

        // CAL = 0.00512 / (Current_LSB x R), equation (1); with both factors in millionths, 0.00512 becomes 5.12e9.
        private const long CalibrationScale = 5120000000L;

        private static readonly int[] ConversionMicroseconds = { 140, 204, 332, 588, 1100, 2116, 4156, 8244 };
        private static readonly short[] AverageCounts = { 1, 4, 16, 64, 128, 256, 512, 1024 };

        private readonly RegisterBus _bus;
        private int _configuration;
        private int _calibration;

        /// <summary>Makes the driver. Touches no hardware until <see cref="Start"/>.</summary>
        /// <param name="bus">The chip's bus.</param>
        public Ina226(RegisterBus bus)
        {
            _bus = bus ?? throw new ArgumentNullException(nameof(bus));
        }

        /// <summary>Gets the weight of one digit of current, in amperes: the one that belongs to the whole number the chip was given.</summary>
        public float AmperesPerDigit { get; private set; }

        /// <summary>Gets the time from one result to the next, in microseconds, nominal ("Configuration Register").</summary>
        public int UpdateMicroseconds { get; private set; }

        /// <summary>Gets whether the shunt voltage of the last result was at the end of its range: the current may be larger.</summary>
        public bool Clipped { get; private set; }

        /// <summary>Gets whether the chip's arithmetic overflowed in the last result: its current is not valid.</summary>
        public bool Overflow { get; private set; }

        /// <summary>Tells the smallest useful weight of a digit: the one of the shunt voltage itself, which never overflows.</summary>
        /// <param name="shuntMicroOhms">Resistance of the shunt, 100 and more: R100 is 100,000, R010 is 10,000, R002 is 2,000.</param>
        /// <returns>Microamperes per digit, rounded up.</returns>
        public static int FinestMicroAmperes(int shuntMicroOhms)
        {
            return (2500000 + shuntMicroOhms - 1) / shuntMicroOhms; // 2.5 µV over the shunt
        }

        /// <summary>Tells the number the chip needs to turn shunt voltage into current.</summary>
        /// <param name="shuntMicroOhms">Resistance of the shunt, in microohms.</param>
        /// <param name="microAmperesPerDigit">Weight of one digit of current (the data sheet's Current_LSB), in microamperes.</param>
        /// <returns>1 to 32,767, truncated as the data sheet says.</returns>
        /// <exception cref="ArgumentOutOfRangeException">No such number exists for this shunt and weight.</exception>
        public static int Calibration(int shuntMicroOhms, int microAmperesPerDigit)
        {
            if (shuntMicroOhms <= 0 || microAmperesPerDigit <= 0)
            {
                throw new ArgumentOutOfRangeException(nameof(shuntMicroOhms));
            }

            long number = CalibrationScale / ((long)shuntMicroOhms * microAmperesPerDigit);
            if (number < 1 || number > LargestCalibration)
            {
                throw new ArgumentOutOfRangeException(nameof(microAmperesPerDigit));
            }

            return (int)number;
        }

        /// <summary>Checks the identity, writes and verifies every setting, and begins to convert shunt and bus voltage.</summary>
        /// <param name="shuntMicroOhms">Resistance of the shunt, in microohms.</param>
        /// <param name="microAmperesPerDigit">Weight wanted for a digit of current; <see cref="FinestMicroAmperes"/> suits all.</param>
        /// <param name="averages">Conversions in each result.</param>
        /// <param name="busTime">Time of one bus voltage conversion.</param>
        /// <param name="shuntTime">Time of one shunt voltage conversion.</param>
        /// <param name="mode">Once or again and again.</param>
        /// <exception cref="ArgumentOutOfRangeException">Shunt and weight do not fit together.</exception>
        /// <exception cref="SensorException">Not an INA226, or a register did not keep its value.</exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        public void Start(
            int shuntMicroOhms,
            int microAmperesPerDigit,
            Ina226Averages averages,
            Ina226Time busTime,
            Ina226Time shuntTime,
            Ina226Mode mode)
        {
            _calibration = Calibration(shuntMicroOhms, microAmperesPerDigit);
            _configuration = Configuration.Fixed | (int)averages | ((int)busTime << Configuration.BusTimeShift)
                | ((int)shuntTime << Configuration.ShuntTimeShift) | (int)mode;
            AmperesPerDigit = CalibrationScale / 1000000f / ((float)shuntMicroOhms * _calibration);
            UpdateMicroseconds = AverageCounts[(int)averages >> 9]
                * (ConversionMicroseconds[(int)busTime] + ConversionMicroseconds[(int)shuntTime]);
            Clipped = false;
            Overflow = false;

            CheckIdentity();
            _bus.WriteWord(Register.Calibration, (ushort)_calibration);
            _bus.WriteWord(Register.MaskEnable, 0);
            _bus.WriteWord(Register.Configuration, (ushort)_configuration); // last: it starts the first conversion
            VerifySettings();
        }

        /// <summary>Starts one conversion in <see cref="Ina226Mode.Triggered"/>; begins the present one anew when continuous.</summary>
        /// <exception cref="BusException">The chip did not answer.</exception>
        public void Trigger()
        {
            _bus.WriteWord(Register.Configuration, (ushort)_configuration);
        }

        /// <summary>Takes the newest result if there is one that was not taken yet.</summary>
        /// <param name="current">Digits of <see cref="AmperesPerDigit"/>; 0 when there is no result.</param>
        /// <param name="bus">Digits of <see cref="VoltsPerDigit"/>; 0 when there is no result.</param>
        /// <returns>1 when a new result was taken, 0 when there is none yet.</returns>
        /// <exception cref="SensorException">
        /// <see cref="SensorFault.BrownOut"/>: the settings are gone; call <see cref="Start"/>.
        /// </exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        [HotPath]
        public int TryRead(out int current, out int bus)
        {
            current = 0;
            bus = 0;
            int flags = _bus.ReadWord(Register.MaskEnable); // clears CVRF, which the next conversion sets again
            if ((flags & MaskEnable.ConversionReady) == 0)
            {
                RequireCalibration();
                return 0;
            }

            int shunt = (short)_bus.ReadWord(Register.ShuntVoltage);
            int volts = _bus.ReadWord(Register.BusVoltage);
            int amperes = (short)_bus.ReadWord(Register.Current);
            RequireCalibration(); // after the others: whatever was read before a brown-out is thrown away with it
            Clipped = shunt == ShuntHigh || shunt == ShuntLow;
            Overflow = (flags & MaskEnable.Overflow) != 0;
            current = amperes;
            bus = volts;
            return 1;
        }

        /// <summary>Checks that identity and settings still stand, as they would not after a brown-out.</summary>
        /// <exception cref="SensorException"><see cref="SensorFault.BrownOut"/> when the chip is back at its reset values.</exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        public void Check()
        {
            CheckIdentity();
            RequireCalibration();
            Verify(Register.Configuration, _configuration, SensorFault.NotConfigured);
        }

        /// <summary>Powers the converter down. <see cref="Start"/> begins anew.</summary>
        /// <exception cref="BusException">The chip did not answer.</exception>
        public void Stop()
        {
            _bus.WriteWord(Register.Configuration, Configuration.PowerDown);
        }

        private void CheckIdentity()
        {
            Verify(Register.ManufacturerId, IdentityValue, SensorFault.WrongIdentity);
            Verify(Register.DieId, DieIdValue, SensorFault.WrongIdentity);
        }

        // The calibration is 0 after every reset, and the current register stays 0 with it ("Calibration Register").
        [HotPath]
        private void RequireCalibration()
        {
            Verify(Register.Calibration, _calibration, SensorFault.BrownOut);
        }

        private void VerifySettings()
        {
            Verify(Register.Calibration, _calibration, SensorFault.NotConfigured);
            Verify(Register.Configuration, _configuration, SensorFault.NotConfigured);
            int mask = _bus.ReadWord(Register.MaskEnable) & MaskEnable.SettingsMask;
            if (mask != 0)
            {
                throw new SensorException(Part, SensorFault.NotConfigured, Register.MaskEnable, mask, 0);
            }
        }

        [HotPath]
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
