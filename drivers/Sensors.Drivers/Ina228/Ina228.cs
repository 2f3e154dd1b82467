// Data sheet: Texas Instruments INA228, SLYS021, Rev. A. Section and table names below refer to it.
using System;

namespace Sensors.Drivers
{
    /// <summary>INA228 current, voltage, energy and charge monitor, 20 bits, for direct current up to 85 V, on I2C. Never for the mains.</summary>
    /// <remarks>
    /// Not covered: the alert limits and pin, the shunt's temperature coefficient (compensation is off). One thread at a time.
    /// </remarks>
    public sealed partial class Ina228
    {
        /// <summary>I2C address with A0 and A1 at ground; the fifteen others follow.</summary>
        public const int I2cAddress = 0x40;

        /// <summary>Highest address the chip can have.</summary>
        public const int LastI2cAddress = 0x4F;

        /// <summary>Register that tells the maker (MANUFACTURER_ID); the device is checked on starting.</summary>
        public const byte IdentityRegister = Register.ManufacturerId;

        /// <summary>What <see cref="IdentityRegister"/> reads.</summary>
        public const int IdentityValue = 0x5449;

        /// <summary>Weight of one digit of the bus voltage, in volts (Table 8-1).</summary>
        public const float VoltsPerDigit = 0.0001953125f;

        /// <summary>Weight of one digit of the die temperature, in °C (Table 8-1).</summary>
        public const float CelsiusPerDigit = 0.0078125f;

        private const string Part = "INA228";
        private const int DeviceIdMask = 0xFFF0;           // DEVICE_ID: bits 3 to 0 are the revision
        private const int DeviceIdValue = 0x2280;
        private const int LargestCalibration = 0x7FFF;     // SHUNT_CAL: 15 bits
        private const int UnderLimitValue = 0x8001;        // never reached, and not the reset value 8000h: tells a brown-out
        private const int ShuntHigh = 524287;              // 20 bits
        private const int ShuntLow = -524288;

        private static readonly int[] ConversionMicroseconds = { 50, 84, 150, 280, 540, 1052, 2074, 4120 };
        private static readonly short[] AverageCounts = { 1, 4, 16, 64, 128, 256, 512, 1024 };

        private readonly RegisterBus _bus;
        private readonly byte[] _bytes = new byte[5]; // the widest register
        private int _configuration;
        private int _adc;
        private int _calibration;

        /// <summary>Makes the driver. Touches no hardware until <see cref="Start"/>.</summary>
        /// <param name="bus">The chip's bus.</param>
        public Ina228(RegisterBus bus)
        {
            _bus = bus ?? throw new ArgumentNullException(nameof(bus));
        }

        /// <summary>Gets the weight of one digit of current, in amperes: the one that belongs to the whole number the chip was given.</summary>
        public float AmperesPerDigit { get; private set; }

        /// <summary>Gets the weight of one digit of power, in watts: 3.2 V x <see cref="AmperesPerDigit"/> (section 8.1.2).</summary>
        public float WattsPerDigit => 3.2f * AmperesPerDigit;

        /// <summary>Gets the weight of one digit of energy, in joules: 16 times that of power (section 8.1.2).</summary>
        public float JoulesPerDigit => 16f * WattsPerDigit;

        /// <summary>Gets the weight of one digit of charge, in coulombs: that of current, without a factor (section 8.1.2, Table 8-4).</summary>
        public float CoulombsPerDigit => AmperesPerDigit;

        /// <summary>Gets the time from one result to the next, in microseconds, nominal (ADC_CONFIG).</summary>
        public int UpdateMicroseconds { get; private set; }

        /// <summary>Gets whether the shunt voltage of the last result was at the end of its range: the current may be larger.</summary>
        public bool Clipped { get; private set; }

        /// <summary>Gets whether the chip's arithmetic overflowed in the last result: its current and power are not valid.</summary>
        public bool Overflow { get; private set; }

        /// <summary>Gets whether the energy went past its 40 bits and began anew; reading it clears this at the next result.</summary>
        public bool EnergyOverflow { get; private set; }

        /// <summary>Gets whether the charge went past its 40 bits and began anew; reading it clears this at the next result.</summary>
        public bool ChargeOverflow { get; private set; }

        /// <summary>Tells the largest current a shunt and a range can tell.</summary>
        /// <param name="shuntMicroOhms">Resistance of the shunt, 100 and more, in microohms.</param>
        /// <param name="range">Range of the shunt voltage.</param>
        /// <returns>Milliamperes, rounded up: with it a digit of current is a digit of the shunt voltage, and never overflows.</returns>
        public static int FullScaleMilliAmperes(int shuntMicroOhms, Ina228Range range)
        {
            int nanovolts = range == Ina228Range.Millivolts164 ? 163840000 : 40960000;
            return (nanovolts + shuntMicroOhms - 1) / shuntMicroOhms; // nV / µΩ = mA
        }

        /// <summary>Tells the number the chip needs to turn shunt voltage into current.</summary>
        /// <param name="shuntMicroOhms">Resistance of the shunt, in microohms.</param>
        /// <param name="largestMilliAmperes">Largest current expected, in milliamperes; the data sheet's Current_LSB is this / 2^19.</param>
        /// <param name="range">Range of the shunt voltage.</param>
        /// <returns>1 to 32,767.</returns>
        /// <exception cref="ArgumentOutOfRangeException">No such number exists for this shunt and current.</exception>
        public static int Calibration(int shuntMicroOhms, int largestMilliAmperes, Ina228Range range)
        {
            if (shuntMicroOhms <= 0 || largestMilliAmperes <= 0)
            {
                throw new ArgumentOutOfRangeException(nameof(shuntMicroOhms));
            }

            // SHUNT_CAL = 13107.2e6 x Current_LSB x R (section 8.1.2), Current_LSB = Imax / 2^19: 25000 x A x ohm; four times
            // that in the small range.
            long number = (long)shuntMicroOhms * largestMilliAmperes / (range == Ina228Range.Millivolts164 ? 40000 : 10000);
            if (number < 1 || number > LargestCalibration)
            {
                throw new ArgumentOutOfRangeException(nameof(largestMilliAmperes));
            }

            return (int)number;
        }

        /// <summary>Turns digits of the shunt voltage into nanovolts (Table 8-1: 312.5 nV or 78.125 nV a digit).</summary>
        /// <param name="raw">Digits, -524,288 to 524,287.</param>
        /// <param name="range">Range of the shunt voltage.</param>
        /// <returns>Nanovolts, rounded towards zero.</returns>
        [HotPath]
        public static int ToNanovolts(int raw, Ina228Range range)
        {
            return (int)((long)raw * 625 / (range == Ina228Range.Millivolts164 ? 2 : 8));
        }

        /// <summary>Checks the identity, writes and verifies every setting, and begins to convert; energy and charge begin at 0.</summary>
        /// <param name="shuntMicroOhms">Resistance of the shunt, in microohms.</param>
        /// <param name="largestMilliAmperes">Largest current expected; <see cref="FullScaleMilliAmperes"/> suits all.</param>
        /// <param name="range">Range of the shunt voltage.</param>
        /// <param name="averages">Conversions in each result.</param>
        /// <param name="busTime">Time of one bus voltage conversion.</param>
        /// <param name="shuntTime">Time of one shunt voltage conversion.</param>
        /// <param name="mode">What is converted, once or again and again. A temperature takes 50 µs.</param>
        /// <exception cref="ArgumentOutOfRangeException">Shunt and largest current do not fit together.</exception>
        /// <exception cref="SensorException">Not an INA228, or a register did not keep its value.</exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        public void Start(
            int shuntMicroOhms,
            int largestMilliAmperes,
            Ina228Range range,
            Ina228Averages averages,
            Ina228Time busTime,
            Ina228Time shuntTime,
            Ina228Mode mode)
        {
            _calibration = Calibration(shuntMicroOhms, largestMilliAmperes, range);
            _configuration = (int)range;
            _adc = (int)mode | ((int)busTime << AdcConfiguration.BusTimeShift) | ((int)shuntTime << AdcConfiguration.ShuntTimeShift)
                | ((int)Ina228Time.Microseconds50 << AdcConfiguration.TemperatureTimeShift) | (int)averages;

            // Current_LSB = SHUNT_CAL / (13107.2e6 x R): with R in microohms, SHUNT_CAL / (13107.2 x R).
            float scale = range == Ina228Range.Millivolts164 ? 13107.2f : 52428.8f;
            AmperesPerDigit = _calibration / (scale * shuntMicroOhms);
            int microseconds = ConversionMicroseconds[(int)busTime] + ConversionMicroseconds[(int)shuntTime];
            if (mode == Ina228Mode.ContinuousWithTemperature)
            {
                microseconds += ConversionMicroseconds[(int)Ina228Time.Microseconds50];
            }

            UpdateMicroseconds = AverageCounts[(int)averages] * microseconds;
            Clipped = false;
            Overflow = false;
            EnergyOverflow = false;
            ChargeOverflow = false;

            CheckIdentity();
            _bus.WriteWord(Register.ShuntCalibration, (ushort)_calibration);
            _bus.WriteWord(Register.ShuntUnderLimit, UnderLimitValue);
            _bus.WriteWord(Register.Diagnosis, Diagnosis.Latch);
            ResetAccumulators(); // with the range
            _bus.WriteWord(Register.AdcConfiguration, (ushort)_adc); // last: it starts the first conversion
            Verify(Register.ShuntCalibration, _calibration, SensorFault.NotConfigured);
            Verify(Register.ShuntUnderLimit, UnderLimitValue, SensorFault.NotConfigured);
            Verify(Register.Configuration, _configuration, SensorFault.NotConfigured);
            Verify(Register.AdcConfiguration, _adc, SensorFault.NotConfigured);
            RequireLatch(_bus.ReadWord(Register.Diagnosis), SensorFault.NotConfigured);
        }

        /// <summary>Starts one conversion in <see cref="Ina228Mode.Triggered"/>; begins the present one anew when continuous.</summary>
        /// <exception cref="BusException">The chip did not answer.</exception>
        public void Trigger()
        {
            _bus.WriteWord(Register.AdcConfiguration, (ushort)_adc);
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
            int flags = _bus.ReadWord(Register.Diagnosis); // clears CNVRF, which the next conversion sets again
            RequireLatch(flags, SensorFault.BrownOut);
            EnergyOverflow = (flags & Diagnosis.EnergyOverflow) != 0;
            ChargeOverflow = (flags & Diagnosis.ChargeOverflow) != 0;
            if ((flags & Diagnosis.ConversionReady) == 0)
            {
                return 0;
            }

            int shunt = ReadSigned20(Register.ShuntVoltage);
            int volts = ReadSigned20(Register.BusVoltage);
            int amperes = ReadSigned20(Register.Current);
            RequireNoBrownOut(); // after the others: whatever was read before a brown-out is thrown away with it
            Clipped = shunt == ShuntHigh || shunt == ShuntLow;
            Overflow = (flags & Diagnosis.MathOverflow) != 0;
            current = amperes;
            bus = volts;
            return 1;
        }

        /// <summary>Reads the shunt voltage of the newest result.</summary>
        /// <returns>Digits, see <see cref="ToNanovolts"/>; 0 before the first result.</returns>
        /// <exception cref="SensorException"><see cref="SensorFault.BrownOut"/>: the settings are gone.</exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        [HotPath]
        public int ReadShunt()
        {
            int shunt = ReadSigned20(Register.ShuntVoltage);
            RequireNoBrownOut();
            return shunt;
        }

        /// <summary>Reads the power of the newest result: bus voltage times the size of the current, without its sign.</summary>
        /// <returns>Digits of <see cref="WattsPerDigit"/>, 24 bits; 0 before the first result.</returns>
        /// <exception cref="SensorException"><see cref="SensorFault.BrownOut"/>: the settings are gone.</exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        [HotPath]
        public int ReadPower()
        {
            int power = (int)ReadBytes(Register.Power, 3);
            RequireNoBrownOut();
            return power;
        }

        /// <summary>Reads the temperature of the chip's die.</summary>
        /// <returns>Digits of <see cref="CelsiusPerDigit"/>; 0 without <see cref="Ina228Mode.ContinuousWithTemperature"/>.</returns>
        /// <exception cref="SensorException"><see cref="SensorFault.BrownOut"/>: the settings are gone.</exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        [HotPath]
        public int ReadTemperature()
        {
            int temperature = (short)_bus.ReadWord(Register.Temperature);
            RequireNoBrownOut();
            return temperature;
        }

        /// <summary>Reads the energy since <see cref="Start"/> or <see cref="ResetAccumulators"/>. Nothing is written.</summary>
        /// <returns>Digits of <see cref="JoulesPerDigit"/>, 40 bits; see <see cref="EnergyOverflow"/>.</returns>
        /// <exception cref="SensorException"><see cref="SensorFault.BrownOut"/>: the count is gone with the settings.</exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        [HotPath]
        public long ReadEnergy()
        {
            long energy = ReadBytes(Register.Energy, 5);
            RequireNoBrownOut();
            return energy;
        }

        /// <summary>Reads the charge since <see cref="Start"/> or <see cref="ResetAccumulators"/>. Nothing is written.</summary>
        /// <returns>Digits of <see cref="CoulombsPerDigit"/>, 40 bits with sign; see <see cref="ChargeOverflow"/>.</returns>
        /// <exception cref="SensorException"><see cref="SensorFault.BrownOut"/>: the count is gone with the settings.</exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        [HotPath]
        public long ReadCharge()
        {
            long charge = ReadBytes(Register.Charge, 5) << 24 >> 24; // the sign is bit 39
            RequireNoBrownOut();
            return charge;
        }

        /// <summary>Sets energy and charge to 0. The other settings stand.</summary>
        /// <exception cref="BusException">The chip did not answer.</exception>
        [HotPath]
        public void ResetAccumulators()
        {
            _bus.WriteWord(Register.Configuration, (ushort)(_configuration | Configuration.ResetAccumulators));
        }

        /// <summary>Checks that identity and settings still stand, as they would not after a brown-out.</summary>
        /// <exception cref="SensorException"><see cref="SensorFault.BrownOut"/> when the chip is back at its reset values.</exception>
        /// <exception cref="BusException">The chip did not answer.</exception>
        [HotPath]
        public void Check()
        {
            CheckIdentity();
            RequireNoBrownOut();
            Verify(Register.ShuntCalibration, _calibration, SensorFault.NotConfigured);
            Verify(Register.Configuration, _configuration, SensorFault.NotConfigured);
            Verify(Register.AdcConfiguration, _adc, SensorFault.NotConfigured);
        }

        /// <summary>Shuts the converter down. <see cref="Start"/> begins anew.</summary>
        /// <exception cref="BusException">The chip did not answer.</exception>
        public void Stop()
        {
            _bus.WriteWord(Register.AdcConfiguration, AdcConfiguration.Shutdown);
        }

        [HotPath]
        private void CheckIdentity()
        {
            Verify(Register.ManufacturerId, IdentityValue, SensorFault.WrongIdentity);
            int device = _bus.ReadWord(Register.DeviceId);
            if ((device & DeviceIdMask) != DeviceIdValue)
            {
                throw new SensorException(Part, SensorFault.WrongIdentity, Register.DeviceId, device, DeviceIdValue);
            }
        }

        // SHUNT_CAL has a reset value that is a legitimate calibration (1000h); the limit has none of ours.
        [HotPath]
        private void RequireNoBrownOut()
        {
            Verify(Register.ShuntUnderLimit, UnderLimitValue, SensorFault.BrownOut);
        }

        [HotPath]
        private void RequireLatch(int flags, SensorFault fault)
        {
            if ((flags & Diagnosis.SettingsMask) != Diagnosis.Latch)
            {
                throw new SensorException(Part, fault, Register.Diagnosis, flags, Diagnosis.Latch);
            }
        }

        // VSHUNT, VBUS and CURRENT: 20 bits in the upper part of 24, two's complement.
        [HotPath]
        private int ReadSigned20(byte register)
        {
            return (int)ReadBytes(register, 3) << 8 >> 12;
        }

        [HotPath]
        private long ReadBytes(byte register, int count)
        {
            _bus.Read(register, _bytes, count);
            long value = 0;
            for (int i = 0; i < count; i++)
            {
                value = (value << 8) | _bytes[i];
            }

            return value;
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
