// Data sheet: Melexis MLX90614 family, 3901090614, rev 013; SMBus application note 390119061402, rev 004 ("AN"). Binding: nanoFramework.Iot.Device.Mlx90614 1.2.1016.
using System.Device.I2c;
using Iot.Device.Mlx90614;
using Sensors.Drivers;
using Sensors.Node;

namespace Sensors.Bindings
{
    /// <summary>MLX90614 infrared thermometer: the surface it looks at, and itself, every second.</summary>
    /// <remarks>
    /// <para>
    /// The binding looks at no transfer's status and never fetches the packet error code: a chip that does not answer is at -273.15 °C, a set
    /// error flag makes it colder than that, and a bit that turned over on a long cable is believed. So the adapter reads the same word itself,
    /// with its packet error code, before and after the binding, and believes the binding only where it says what one of the two words says: the
    /// chip makes a new word at most once in the few milliseconds that takes.
    /// </para>
    /// <para>
    /// The chip is told by the packet error code and by the word that holds its own address. SMBus: 100 kHz at most, so on a faster bus it is
    /// refused. Nothing is ever written: the EEPROM stands a limited number of times, and holds the calibration.
    /// </para>
    /// </remarks>
    public sealed class Mlx90614Chip : BindingChip
    {
        /// <summary>The chip's name in settings and meta.</summary>
        public const string ChipName = "MLX90614";

        private const int Cycle = 1000; // milliseconds; the chip settles within that as delivered
        private const int Object = 0, Ambient = 1;
        private const byte AmbientWord = 0x06, ObjectWord = 0x07; // AN, Table 7
        private const byte AddressWord = 0x2E; // EEPROM 0Eh: 001x xxxx reads EEPROM
        private const int WordBytes = 3; // low, high, packet error code
        private const int ErrorFlag = 0x8000; // AN, below Table 7
        private const double KelvinPerDigit = 0.02;
        private const double CelsiusAtZeroKelvin = -273.15;
        private const double HalfDigit = KelvinPerDigit / 2;

        private readonly byte[] _word = new byte[WordBytes];
        private readonly int _address;
        private Mlx90614 _binding;

        /// <summary>Makes the chip; nothing is opened yet.</summary>
        /// <param name="bus">Where it is, closed.</param>
        /// <param name="address">Its 7-bit address on it, which the packet error code covers.</param>
        /// <param name="clock">The node's time.</param>
        public Mlx90614Chip(BindingBus bus, int address, Clock clock)
            : base(ChipName, bus, I2cBusSpeed.StandardMode, clock, Cycle, Quantities())
        {
            _address = address;
        }

        // Over the ranges of their words: 27ADh to 7FFFh, and 2DE4h to 4DC4h (AN, below Table 7; data sheet, ambient range).
        private static BindingQuantity[] Quantities()
        {
            return new[]
            {
                new BindingQuantity(PointKinds.Temperature, "object", -70.02f, 382.2f),
                new BindingQuantity(PointKinds.Temperature, "ambient", -38.2f, 125.01f),
            };
        }

        /// <inheritdoc/>
        protected override void Bind(I2cDevice device)
        {
            RequireOwnAddress(SensorFault.WrongIdentity);
            _binding = new Mlx90614(device);
        }

        /// <inheritdoc/>
        protected override bool Measure(float[] values)
        {
            return MeasureOne(values, Object, ObjectWord) && MeasureOne(values, Ambient, AmbientWord);
        }

        /// <inheritdoc/>
        protected override void Inspect()
        {
            RequireOwnAddress(SensorFault.Corrupt);
        }

        private void RequireOwnAddress(SensorFault wrongErrorCode)
        {
            int own = ReadWord(AddressWord, wrongErrorCode) & 0xFF;
            if (own != _address)
            {
                throw new SensorException(ChipName, SensorFault.WrongIdentity, AddressWord, own, _address);
            }
        }

        private bool MeasureOne(float[] values, int quantity, byte register)
        {
            int before = ReadWord(register, SensorFault.Corrupt);
            double celsius = quantity == Object
                ? _binding.ReadObjectTemperature().DegreesCelsius
                : _binding.ReadAmbientTemperature().DegreesCelsius;
            int after = ReadWord(register, SensorFault.Corrupt);
            int word = Says(celsius, before) ? before : after;
            if (!Says(celsius, word))
            {
                throw new BusException(Bus.Name, register, BusStatus.Unknown); // not answered, or not what was sent
            }

            if (word == 0)
            {
                return false; // after power on, before the first conversion
            }

            values[quantity] = (float)celsius;
            if (!IsInRange(quantity, values[quantity]))
            {
                Refuse(quantity, SensorFault.OutOfRange); // the chip's own word, so its error flag or its limits
            }

            return true;
        }

        // As the binding reads a word, error flag included: two words never say the same.
        private static bool Says(double celsius, int word)
        {
            double difference = celsius - (((short)word * KelvinPerDigit) + CelsiusAtZeroKelvin);
            return difference > -HalfDigit && difference < HalfDigit;
        }

        private int ReadWord(byte register, SensorFault wrongErrorCode)
        {
            Bus.Read(register, _word, WordBytes);
            byte crc = Crc8.Add(0, (byte)(_address << 1), Crc8.SmBusPolynomial);
            crc = Crc8.Add(crc, register, Crc8.SmBusPolynomial);
            crc = Crc8.Add(crc, (byte)((_address << 1) | 1), Crc8.SmBusPolynomial);
            crc = Crc8.Add(crc, _word[0], Crc8.SmBusPolynomial);
            crc = Crc8.Add(crc, _word[1], Crc8.SmBusPolynomial);
            if (crc != _word[2])
            {
                throw new SensorException(ChipName, wrongErrorCode, register, _word[2], crc);
            }

            return _word[0] | (_word[1] << 8);
        }
    }
}
