// Data sheet: Sensirion SHT3x-DIS, version 5, May 2018. "Section" and "Table" refer to it. Binding: nanoFramework.Iot.Device.Sht3x 1.2.1016.
using System.Device.I2c;
using Iot.Device.Sht3x;
using Sensors.Drivers;
using Sensors.Node;

namespace Sensors.Bindings
{
    /// <summary>SHT30, SHT31 or SHT35: temperature and relative humidity of the air, every 2 s at high repeatability.</summary>
    /// <remarks>
    /// <para>
    /// The binding looks at no transfer's status, and after a failed one, or one whose checksums are wrong, it returns what the last good
    /// one brought: 0 °C and 0 % where there was none. That is the proof used here. Each measurement gets a new binding, which can
    /// remember nothing. A humidity other than 0 then came, with both checksums (section 4.12), within this measurement; and the temperature
    /// asked for after it is either newer or from the same answer. Where the humidity is 0 the temperature proves it the same way. Only where both are
    /// exactly 0 is nothing proved, and the transfer counts as failed.
    /// </para>
    /// <para>
    /// A chip may still hold the result of a measurement whose answer was missed. So the adapter clears the chip's flag "reset detected", the
    /// new binding resets the chip, and the flag, read with its checksum, proves that it did. A measurement takes the loop about 65 ms, up to 95 ms
    /// on a board whose sleep ends at the next tick of 10 ms.
    /// </para>
    /// <para>The chip has no identity register: it is told by the checksum of its status register (section 4.11), read before anything is written.</para>
    /// </remarks>
    public sealed class Sht3xChip : BindingChip
    {
        /// <summary>The chip's name in settings and meta.</summary>
        public const string ChipName = "SHT3X";

        private const int Cycle = 2000; // milliseconds; tau 63 % of the temperature is above 2 s, of the humidity 8 s (Tables 1 and 2)
        private const int Temperature = 0, Humidity = 1;
        private const byte StatusHigh = 0xF3, StatusLow = 0x2D; // Table 17
        private const byte ClearHigh = 0x30, ClearLow = 0x41; // Table 19
        private const int HeaterOn = 0x2000, ResetDetected = 0x0010; // Table 18
        private const int StatusBytes = 3;
        private const int CommandGapMicroseconds = 1000; // Table 9: the least time from one command to the next

        private readonly byte[] _command = { StatusHigh, StatusLow };
        private readonly byte[] _clear = { ClearLow };
        private readonly byte[] _status = new byte[StatusBytes];
        private I2cDevice _device;

        /// <summary>Makes the chip; nothing is opened yet.</summary>
        /// <param name="bus">Where it is, closed.</param>
        /// <param name="clock">The node's time.</param>
        public Sht3xChip(BindingBus bus, Clock clock)
            : base(ChipName, bus, I2cBusSpeed.FastModePlus, clock, Cycle, Quantities())
        {
        }

        // Over the ranges of Tables 1 and 2.
        private static BindingQuantity[] Quantities()
        {
            return new[]
            {
                new BindingQuantity(PointKinds.Temperature, "temperature", -40, 125),
                new BindingQuantity(PointKinds.Humidity, "humidity", 0, 100),
            };
        }

        /// <inheritdoc/>
        protected override void Bind(I2cDevice device)
        {
            _device = device;
            ReadStatus(SensorFault.WrongIdentity);
        }

        /// <inheritdoc/>
        protected override bool Measure(float[] values)
        {
            Bus.Write(ClearHigh, _clear, 1);
            Clock.Wait(CommandGapMicroseconds);
            Sht3x binding = new Sht3x(_device, Resolution.High);
            if ((ReadStatus(SensorFault.Corrupt) & ResetDetected) == 0)
            {
                throw new BusException(Bus.Name, StatusHigh, BusStatus.Unknown);
            }

            double percent = binding.Humidity.Percent;
            double celsius = binding.Temperature.DegreesCelsius;
            if (percent == 0)
            {
                if (celsius == 0)
                {
                    throw new BusException(Bus.Name, 0, BusStatus.Unknown);
                }

                percent = binding.Humidity.Percent;
            }

            Take(values, Temperature, (float)celsius);
            Take(values, Humidity, (float)percent);
            return true;
        }

        /// <inheritdoc/>
        protected override void Inspect()
        {
            int status = ReadStatus(SensorFault.Corrupt);
            if ((status & HeaterOn) != 0)
            {
                throw new SensorException(ChipName, SensorFault.NotConfigured, StatusHigh, status, status & ~HeaterOn);
            }
        }

        // Proved to have come from the chip: a value outside of its range is the air's or the chip's doing, not the wire's.
        private void Take(float[] values, int quantity, float value)
        {
            values[quantity] = value;
            if (!IsInRange(quantity, value))
            {
                Refuse(quantity, SensorFault.OutOfRange);
            }
        }

        private int ReadStatus(SensorFault wrongChecksum)
        {
            Bus.Exchange(_command, _command.Length, _status, StatusBytes);
            Clock.Wait(CommandGapMicroseconds);
            byte crc = Crc8.Add(Crc8.SensirionSeed, _status[0], Crc8.SensirionPolynomial);
            crc = Crc8.Add(crc, _status[1], Crc8.SensirionPolynomial);
            if (crc != _status[2])
            {
                throw new SensorException(ChipName, wrongChecksum, StatusHigh, _status[2], crc);
            }

            return (_status[0] << 8) | _status[1];
        }
    }
}
