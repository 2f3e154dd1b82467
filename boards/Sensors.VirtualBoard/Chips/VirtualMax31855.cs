using System;
using System.Device.Spi;

namespace Sensors.VirtualBoard
{
    /// <summary>MAX31855 thermocouple converter, as its SPI bus sees it. Data sheet: Maxim 19-5793 Rev. 5; names in quotes are its headings.</summary>
    /// <remarks>
    /// <para>
    /// Read-only: there is no command byte, and no input at all. The 32 bits of "Memory Map" shift out from the first clock on, D31
    /// first: 31:18 thermocouple (0.25 °C), 16 any fault, 15:4 cold junction (0.0625 °C), 2 short to supply, 1 short to ground, 0 open;
    /// 17 and 3 are always 0. Behind them come zeros. SPI mode 0, at most 5 MHz, 200 ns between frames.
    /// </para>
    /// <para>
    /// Chip select low stops the conversion under way, high begins a new one ("Serial Interface"): who reads more often than every
    /// 70 ms (typical; 100 ms at most) sees the same result for ever. The first one takes 200 ms from power; until then, zeros.
    /// </para>
    /// <para>
    /// Stated response: an ideal, linear thermocouple of the chip's own type, so the value is the temperature of the hot end plus the
    /// cold junction's error. With the thermocouple open or shorted the value is full scale. Not modelled: the nonlinearity that the
    /// data sheet leaves to its user, and shorts that the chip does not notice.
    /// </para>
    /// </remarks>
    public sealed class VirtualMax31855 : VirtualChip, ISpiChip
    {
        private const byte Floating = 0xFF;
        private const int MaximumClockHz = 5_000_000;
        private const long MinimumGapNanoseconds = 200;
        private const double ConversionNanoseconds = 70e6;
        private const double PowerUpNanoseconds = 200e6;
        private const double CelsiusPerLsb = 0.25, ColdCelsiusPerLsb = 0.0625;
        private const int Highest = 0x1FFF, Lowest = -0x2000, ColdHighest = 0x7FF, ColdLowest = -0x800;
        private const uint FaultBit = 0x00010000, ShortToSupplyBit = 4, ShortToGroundBit = 2, OpenBit = 1;
        private const uint ThermocoupleMask = 0xFFFC0000, ColdMask = 0x0000FFF0;

        private readonly ITemperatureSource _source;
        private readonly ITemperatureSource _ambient;
        private readonly Max31855Options _options;
        private readonly ulong _seed;
        private long _conversionBegan;
        private double _conversionTakes;
        private bool _done;
        private long _lastRise = long.MinValue / 2;
        private long _conversions;

        /// <summary>Makes a chip that is powered now.</summary>
        /// <param name="time">The board's time.</param>
        /// <param name="source">What the thermocouple's hot end touches.</param>
        /// <param name="ambient">What the chip, and with it the cold end, touches.</param>
        /// <param name="seed">The board's seed; the chip derives its own from it and its name.</param>
        /// <param name="name">Name in fault plans and messages.</param>
        /// <param name="options">How this specimen differs from the ideal one; null for the ideal one with noise.</param>
        public VirtualMax31855(
            VirtualTime time, ITemperatureSource source, ITemperatureSource ambient, ulong seed, string name = "temp1", Max31855Options? options = null)
            : base(time, name)
        {
            ArgumentNullException.ThrowIfNull(source);
            ArgumentNullException.ThrowIfNull(ambient);
            _source = source;
            _ambient = ambient;
            _options = options ?? new Max31855Options();
            _seed = NoiseDraw.DeriveSeed(seed, name);
            Reset(time.Nanoseconds);
        }

        /// <summary>Gets or sets what is wrong with the thermocouple; it counts from the next conversion on.</summary>
        public ThermocoupleFault ProbeFault { get; set; }

        /// <summary>Gets the 32 bits of the last conversion.</summary>
        public uint Frame { get; private set; }

        /// <summary>Gets the conversions that were stopped before they ended.</summary>
        public long Interrupted { get; private set; }

        /// <inheritdoc/>
        public void Transfer(in SpiFrame frame, ReadOnlySpan<byte> mosi, Span<byte> miso)
        {
            long fall = frame.StartNanoseconds;
            if (Faults.MissesCall(fall))
            {
                miso.Fill(Floating);
                return;
            }

            if (fall - _lastRise < MinimumGapNanoseconds)
            {
                Violations.Add(fall, $"chip select was high for less than {MinimumGapNanoseconds} ns between two frames");
            }

            if (frame.ClockHz > MaximumClockHz)
            {
                Violations.Add(fall, $"SPI clock of {frame.ClockHz} Hz; the limit is {MaximumClockHz} Hz");
            }

            CatchUp(fall);
            _lastRise = frame.After(mosi.Length);
            uint bits = Frame;
            if (frame.Mode != SpiMode.Mode0)
            {
                Violations.Add(fall, $"SPI {frame.Mode}; the chip needs {SpiMode.Mode0}");
                bits = (bits << 1) | 1; // half a clock off, every bit is taken for its neighbour
            }

            for (int i = 0; i < miso.Length; i++)
            {
                miso[i] = i < sizeof(uint) ? (byte)(bits >> (8 * (sizeof(uint) - 1 - i))) : (byte)0;
            }

            Interrupted += _done ? 0 : 1;
            BeginConversion(_lastRise, ConversionNanoseconds);
            if (Faults.StuckMiso is byte level)
            {
                miso.Fill(level);
            }
        }

        private protected override void Reset(long nanoseconds)
        {
            Frame = 0;
            BeginConversion(nanoseconds, PowerUpNanoseconds);
        }

        private void BeginConversion(long nanoseconds, double typical)
        {
            _done = false;
            _conversionBegan = nanoseconds;
            _conversionTakes = typical / ClockSpeed(_options.RateErrorPpm);
        }

        // Conversions follow each other until chip select falls; only the last one before that is ever seen.
        private void CatchUp(long nanoseconds)
        {
            double passed = nanoseconds - _conversionBegan;
            if (passed < _conversionTakes)
            {
                return;
            }

            double later = Math.Floor((passed - _conversionTakes) / (ConversionNanoseconds / ClockSpeed(_options.RateErrorPpm)));
            _conversions += 1 + (long)later;
            _done = true;
            Convert(nanoseconds - (ConversionNanoseconds / 2));
        }

        private void Convert(double nanoseconds)
        {
            if (Faults.StuckData)
            {
                return;
            }

            double seconds = Math.Max(0, nanoseconds * 1e-9);
            double cold = _ambient.CelsiusAt(seconds);
            var noise = new NoiseDraw(_seed, _conversions);
            double hot = _source.CelsiusAt(seconds) + _options.ColdJunctionErrorCelsius + (noise.Next() * _options.NoiseCelsius);
            int thermocouple = ProbeFault == ThermocoupleFault.None ? Round(hot / CelsiusPerLsb, Lowest, Highest) : Highest;
            int junction = Round((cold + _options.ColdJunctionErrorCelsius) / ColdCelsiusPerLsb, ColdLowest, ColdHighest);
            uint fault = ProbeFault switch
            {
                ThermocoupleFault.Open => FaultBit | OpenBit,
                ThermocoupleFault.ShortToGround => FaultBit | ShortToGroundBit,
                ThermocoupleFault.ShortToSupply => FaultBit | ShortToSupplyBit,
                _ => 0,
            };
            Frame = (((uint)thermocouple << 18) & ThermocoupleMask) | (((uint)junction << 4) & ColdMask) | fault;
        }

        private static int Round(double lsb, int lowest, int highest) => (int)Math.Clamp(Math.Round(lsb), lowest, highest);
    }
}
