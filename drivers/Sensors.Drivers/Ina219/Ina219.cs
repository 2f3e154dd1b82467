// Data sheet: Texas Instruments INA219, SBOS448, Rev. G. Section and table names below refer to it.
using System;

namespace Sensors.Drivers
{
    /// <summary>INA219 current and voltage monitor for direct current, up to 26 V, on I2C. Never for the mains.</summary>
    /// <remarks>
    /// The chip has no identity register: whoever wires one says so, and <see cref="Start"/> looks whether what answers behaves like
    /// one. It has no alert pin. One thread at a time.
    /// </remarks>
    public sealed partial class Ina219
    {
        /// <summary>I2C address with A0 and A1 at ground; the fifteen others follow.</summary>
        public const int I2cAddress = 0x40;

        /// <summary>Highest address the chip can have.</summary>
        public const int LastI2cAddress = 0x4F;

        /// <summary>Weight of one digit of the bus voltage, in volts ("Bus Voltage Register").</summary>
        public const float VoltsPerDigit = 0.004f;

        /// <summary>Weight of one digit of the shunt voltage, in volts, in every range ("Shunt Voltage Register").</summary>
        public const float ShuntVoltsPerDigit = 0.00001f;

        private const string Part = "INA219";
        private const int LargestCalibration = 0xFFFE;     // "Calibration Register": bit 0 is always 0
        private const int DigitsAtRange40 = 4000;          // ±40 mV at 10 µV, "Shunt Voltage Register"

        // CAL = 0.04096 / (Current_LSB x R), equation (1); with both factors in millionths, 0.04096 becomes 4.096e10.
        private const long CalibrationScale = 40960000000L;

        private static readonly int[] ConversionMicroseconds =
        {
            84, 148, 276, 532, 84, 148, 276, 532, 532, 1060, 2130, 4260, 8510, 17020, 34050, 68100,
        };

        private readonly RegisterBus _bus;
        private int _configuration;
        private int _calibration;
        private int _rangeDigits;

        /// <summary>Makes the driver. Touches no hardware until <see cref="Start"/>.</summary>
        /// <param name="bus">The chip's bus.</param>
        public Ina219(RegisterBus bus)
        {
            _bus = bus ?? throw new ArgumentNullException(nameof(bus));
        }

        /// <summary>Gets the weight of one digit of current, in amperes: the one that belongs to the whole number the chip was given.</summary>
        public float AmperesPerDigit { get; private set; }

        /// <summary>Gets the time from one result to the next, in microseconds, nominal ("ADC Settings").</summary>
        public int UpdateMicroseconds { get; private set; }

        /// <summary>Gets the largest current the range can tell, in amperes.</summary>
        public float LargestAmperes { get; private set; }

        /// <summary>Gets whether the shunt voltage of the last result was at the end of its range: the current may be larger.</summary>
        public bool Clipped { get; private set; }

        /// <summary>Gets whether the chip's arithmetic overflowed in the last result: its current is not valid.</summary>
        public bool Overflow { get; private set; }

        /// <summary>Tells the smallest useful weight of a digit: the one of the shunt voltage itself, which never overflows.</summary>
        /// <param name="shuntMicroOhms">Resistance of the shunt, 1,000 and more: R100 is 100,000, R010 is 10,000.</param>
        /// <returns>Microamperes per digit, rounded up.</returns>
        public static int FinestMicroAmperes(int shuntMicroOhms)
        {
            return (10000000 + shuntMicroOhms - 1) / shuntMicroOhms; // 10 µV over the shunt
        }

        /// <summary>Tells the number the chip needs to turn shunt voltage into current.</summary>
        /// <param name="shuntMicroOhms">Resistance of the shunt, in microohms.</param>
        /// <param name="microAmperesPerDigit">Weight of one digit of current (the data sheet's Current_LSB), in microamperes.</param>
        /// <returns>2 to 65,534, even: truncated as the data sheet says, and bit 0 is not there in the register.</returns>
        /// <exception cref="ArgumentOutOfRangeException">No such number exists for this shunt and weight.</exception>
        public static int Calibration(int shuntMicroOhms, int microAmperesPerDigit)
        {
            if (shuntMicroOhms <= 0 || microAmperesPerDigit <= 0)
            {
                throw new ArgumentOutOfRangeException(nameof(shuntMicroOhms));
            }

            long number = CalibrationScale / ((long)shuntMicroOhms * microAmperesPerDigit) & ~1L;
            if (number < 2 || number > LargestCalibration)
            {
                throw new ArgumentOutOfRangeException(nameof(microAmperesPerDigit));
            }

            return (int)number;
        }

        /// <summary>Resets the chip, looks whether it is plausible, writes and verifies every setting, and begins to convert.</summary>
        /// <param name="shuntMicroOhms">Resistance of the shunt, in microohms.</param>
        /// <param name="microAmperesPerDigit">Weight wanted for a digit of current; <see cref="FinestMicroAmperes"/> suits all.</param>
        /// <param name="range">Range of the shunt voltage. The bus voltage always has its range of 32 V.</param>
        /// <param name="busTime">Resolution or averaging of the bus voltage.</param>
        /// <param name="shuntTime">Resolution or averaging of the shunt voltage.</param>
        /// <param name="mode">Once or again and again.</param>
        /// <exception cref="ArgumentOutOfRangeException">Shunt and weight do not fit together.</exception>
        /// <exception cref="SensorException">
        /// <see cref="SensorFault.WrongIdentity"/>: after a reset the registers are not those of an INA219.
        /// <see cref="SensorFault.NotConfigured"/>: a register did not keep its value.
        /// </exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        public void Start(
            int shuntMicroOhms,
            int microAmperesPerDigit,
            Ina219Range range,
            Ina219Time busTime,
            Ina219Time shuntTime,
            Ina219Mode mode)
        {
            _calibration = Calibration(shuntMicroOhms, microAmperesPerDigit);
            _configuration = Configuration.Bus32Volts | (int)range | ((int)busTime << Configuration.BusTimeShift)
                | ((int)shuntTime << Configuration.ShuntTimeShift) | (int)mode;
            _rangeDigits = DigitsAtRange40 << ((int)range >> 11);
            AmperesPerDigit = CalibrationScale / 1000000f / ((float)shuntMicroOhms * _calibration);
            LargestAmperes = _rangeDigits * ShuntVoltsPerDigit * 1000000f / shuntMicroOhms;
            UpdateMicroseconds = ConversionMicroseconds[(int)busTime] + ConversionMicroseconds[(int)shuntTime];
            Clipped = false;
            Overflow = false;

            // No identity register: a chip that resets itself to these two values is taken for an INA219 (an INA226 shows 4127h).
            _bus.WriteWord(Register.Configuration, Configuration.Reset);
            Verify(Register.Configuration, Configuration.ResetValue, SensorFault.WrongIdentity);
            Verify(Register.Calibration, 0, SensorFault.WrongIdentity);
            _bus.WriteWord(Register.Calibration, (ushort)_calibration);
            _bus.WriteWord(Register.Configuration, (ushort)_configuration); // last: it starts the first conversion
            Verify(Register.Calibration, _calibration, SensorFault.NotConfigured);
            Verify(Register.Configuration, _configuration, SensorFault.NotConfigured);
        }

        /// <summary>Starts one conversion in <see cref="Ina219Mode.Triggered"/>; begins the present one anew when continuous.</summary>
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
            int volts = _bus.ReadWord(Register.BusVoltage);
            if ((volts & BusVoltage.ConversionReady) == 0)
            {
                RequireCalibration();
                return 0;
            }

            int shunt = (short)_bus.ReadWord(Register.ShuntVoltage);
            int amperes = (short)_bus.ReadWord(Register.Current);
            _bus.ReadWord(Register.Power); // clears CNVR, which reading the others does not ("Bus Voltage Register")
            RequireCalibration();          // after the others: whatever was read before a brown-out is thrown away with it
            Clipped = shunt >= _rangeDigits || shunt <= -_rangeDigits;
            Overflow = (volts & BusVoltage.Overflow) != 0;
            current = amperes;
            bus = volts >> BusVoltage.Shift;
            return 1;
        }

        /// <summary>Checks that the settings still stand, as they would not after a brown-out.</summary>
        /// <exception cref="SensorException"><see cref="SensorFault.BrownOut"/> when the chip is back at its reset values.</exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        [HotPath]
        public void Check()
        {
            RequireCalibration();
            Verify(Register.Configuration, _configuration, SensorFault.NotConfigured);
        }

        /// <summary>Powers the converter down. <see cref="Start"/> begins anew.</summary>
        /// <exception cref="BusException">The chip did not answer.</exception>
        public void Stop()
        {
            _bus.WriteWord(Register.Configuration, 0); // MODE = 000
        }

        // The calibration is 0 after every reset, and the current register stays 0 with it ("Calibration Register").
        [HotPath]
        private void RequireCalibration()
        {
            Verify(Register.Calibration, _calibration, SensorFault.BrownOut);
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
