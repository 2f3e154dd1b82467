// Data sheet: Maxim MAX31855, 19-5793, Rev. 5. Section and table names below refer to it.
using System;
using System.Device.Spi;

namespace Sensors.Drivers
{
    /// <summary>MAX31855 converter for one type of thermocouple, read-only, on SPI.</summary>
    /// <remarks>
    /// The chip has no registers, no identity and no input: it drives D31 of its frame with the first clock, so no command byte may come
    /// first. Two bits of the frame are always 0, one is the sum of three others, and the cold junction is the chip's own
    /// temperature: what does not agree is refused. One thread at a time.
    /// </remarks>
    public sealed partial class Max31855
    {
        /// <summary>Weight of one digit of the thermocouple's temperature, in °C (table 4).</summary>
        public const float CelsiusPerDigit = 0.25f;

        /// <summary>Weight of one digit of the cold junction's temperature, in °C (table 5).</summary>
        public const float ColdCelsiusPerDigit = 0.0625f;

        /// <summary>Longest time of a conversion, in microseconds: who reads sooner stops it ("Thermal Characteristics", "Serial Interface").</summary>
        public const int ConversionMicroseconds = 100000;

        private const string Part = "MAX31855";
        private const int PowerUpMicroseconds = 200000;    // "Thermal Characteristics": first conversion after power
        private const int ColdLowest = -40 * 16;           // "Recommended Operating Conditions", in digits of 0.0625 °C
        private const int ColdHighest = 125 * 16;
        private const int DigitsPerDegree = 4;

        /// <summary>How the chip speaks SPI: mode 0, 5 MHz, four bytes and no command ("Serial Interface").</summary>
        public static readonly SpiProfile Spi = SpiProfile.WithoutCommand(SpiMode.Mode0, 5000000, Frame.Bytes);

        // "Thermal Characteristics", by type: the widest range an error is given for.
        private static readonly short[] Lowest = { -270, -210, -200, -270, -50, -50, -200 };
        private static readonly short[] Highest = { 1372, 1200, 1300, 400, 1768, 1768, 1000 };

        private readonly RegisterBus _bus;
        private readonly BusClock _clock;
        private readonly byte[] _frame = new byte[Frame.Bytes];
        private long _lastFrame;

        /// <summary>Makes the driver. Touches no hardware until <see cref="Start"/>.</summary>
        /// <param name="bus">The chip's bus, opened with <see cref="Spi"/>.</param>
        /// <param name="clock">Time, for the pause between two frames.</param>
        public Max31855(RegisterBus bus, BusClock clock)
        {
            _bus = bus ?? throw new ArgumentNullException(nameof(bus));
            _clock = clock ?? throw new ArgumentNullException(nameof(clock));
        }

        /// <summary>Gets what is wrong with the thermocouple, as of the last <see cref="TryRead"/>.</summary>
        /// <value>
        /// <see cref="SensorFault.None"/>, <see cref="SensorFault.SensorOpen"/>, <see cref="SensorFault.SensorShort"/> (to ground or
        /// supply), or <see cref="SensorFault.OutOfRange"/> of the type.
        /// </value>
        public SensorFault ProbeFault
        {
            [HotPath]
            get;
            private set;
        }

        /// <summary>Gets the cold junction's temperature in the last frame, in digits of <see cref="ColdCelsiusPerDigit"/>.</summary>
        public int ColdJunction { get; private set; }

        /// <summary>Gets the lowest temperature of the type given to <see cref="Start"/>, in °C.</summary>
        public int LowestCelsius { get; private set; }

        /// <summary>Gets the highest temperature of the type given to <see cref="Start"/>, in °C.</summary>
        public int HighestCelsius { get; private set; }

        /// <summary>Waits for the first conversion and checks that what arrives can be a MAX31855's frame. Takes 200 ms.</summary>
        /// <param name="type">The suffix of the part, and the thermocouple's type.</param>
        /// <exception cref="SensorException">Nobody drives the line, or something else does.</exception>
        /// <exception cref="BusException">The transfer failed.</exception>
        public void Start(Max31855Type type)
        {
            LowestCelsius = Lowest[(int)type];
            HighestCelsius = Highest[(int)type];
            ProbeFault = SensorFault.None;
            _clock.Wait(PowerUpMicroseconds); // opening the port has stopped the conversion under way, perhaps the first
            int frame = ReadFrame();
            if (IsSilent(frame))
            {
                throw new SensorException(Part, SensorFault.NoAnswer, 0, frame, 0);
            }

            RequirePattern(frame);
        }

        /// <summary>Takes the newest result if the chip has had time for one since the last frame.</summary>
        /// <param name="digits">Digits of <see cref="CelsiusPerDigit"/>, -8192 to 8191; 0 when there is no result.</param>
        /// <returns>1 when <paramref name="digits"/> is a new result, 0 when there is none yet or <see cref="ProbeFault"/> says why not.</returns>
        /// <exception cref="SensorException"><see cref="SensorFault.Corrupt"/>: this is no frame of a MAX31855.</exception>
        /// <exception cref="BusException">
        /// Nobody drove the line: all ones, or all zeros, which a chip sends before its first result, and at exactly 0 °C at both ends.
        /// </exception>
        [HotPath]
        public int TryRead(out int digits)
        {
            digits = 0;
            if (_clock.Microseconds - _lastFrame < ConversionMicroseconds)
            {
                return 0;
            }

            int frame = ReadFrame();
            RequireFrame(frame);
            ColdJunction = ColdOf(frame);
            int result = frame >> Frame.ThermocoupleShift;
            ProbeFault = Decode(frame, result);
            if (ProbeFault == SensorFault.None)
            {
                digits = result;
                return 1;
            }

            return 0;
        }

        /// <summary>Checks that a MAX31855 still answers. Stops the conversion under way, as every frame does.</summary>
        /// <exception cref="SensorException"><see cref="SensorFault.Corrupt"/>: this is no frame of a MAX31855.</exception>
        /// <exception cref="BusException">Nobody drove the line.</exception>
        [HotPath]
        public void Check()
        {
            RequireFrame(ReadFrame());
        }

        [HotPath]
        private static int ColdOf(int frame)
        {
            return (frame << Frame.ColdJunctionLift) >> Frame.ColdJunctionShift;
        }

        // A live chip sends no ones (D17 and D3 are 0), and zeros only when it has nothing to tell.
        [HotPath]
        private static bool IsSilent(int frame)
        {
            return frame == 0 || frame == -1;
        }

        [HotPath]
        private int ReadFrame()
        {
            byte[] frame = _frame;
            _bus.Read(0, frame, Frame.Bytes);
            _lastFrame = _clock.Microseconds; // chip select has risen: a new conversion begins
            return (frame[0] << 24) | (frame[1] << 16) | (frame[2] << 8) | frame[3];
        }

        [HotPath]
        private SensorFault Decode(int frame, int result)
        {
            if ((frame & (Frame.ShortToSupply | Frame.ShortToGround)) != 0)
            {
                return SensorFault.SensorShort;
            }

            if ((frame & Frame.Open) == Frame.Open)
            {
                return SensorFault.SensorOpen;
            }

            bool beyond = result > HighestCelsius * DigitsPerDegree || result < LowestCelsius * DigitsPerDegree;
            return beyond ? SensorFault.OutOfRange : SensorFault.None;
        }

        [HotPath]
        private void RequireFrame(int frame)
        {
            if (IsSilent(frame))
            {
                throw new BusException(_bus.Name, 0, BusStatus.Silent);
            }

            RequirePattern(frame);
        }

        [HotPath]
        private void RequirePattern(int frame)
        {
            int cold = ColdOf(frame);
            bool anyFault = (frame & (Frame.ShortToSupply | Frame.ShortToGround | Frame.Open)) != 0;
            bool told = (frame & Frame.Fault) == Frame.Fault;
            if ((frame & Frame.AlwaysZero) != 0 || anyFault != told || cold < ColdLowest || cold > ColdHighest)
            {
                throw new SensorException(Part, SensorFault.Corrupt, 0, frame, frame & ~Frame.AlwaysZero);
            }
        }
    }
}
