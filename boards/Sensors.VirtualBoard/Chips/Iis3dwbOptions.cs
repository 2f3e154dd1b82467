namespace Sensors.VirtualBoard
{
    /// <summary>How one specimen of an IIS3DWB differs from the typical one.</summary>
    public sealed class Iis3dwbOptions : AccelerometerOptions
    {
        /// <summary>What a count of the timestamp is worth when the sources are believed that tie it to three counts a sample: 12.5 µs.</summary>
        public const double FineTimestampMicroseconds = 12.5;

        /// <summary>What the maker's own driver says a count is worth: 25 µs. Which one is right is open until somebody measures.</summary>
        public const double CoarseTimestampMicroseconds = 25;

        /// <summary>Gets the factory trim of the oscillator that INTERNAL_FREQ_FINE tells, -128 to 127: 0.15 % a digit. The part really samples that much faster.</summary>
        public sbyte FrequencyTrim { get; init; }

        /// <summary>Gets what a count of the timestamp is worth at the nominal rate, in microseconds.</summary>
        public double TimestampMicroseconds { get; init; } = FineTimestampMicroseconds;

        /// <summary>Gets how TAG_CNT runs in slots that are no acceleration.</summary>
        public Iis3dwbTagCount OtherTagCount { get; init; }

        /// <summary>Gets the chip's temperature in degrees Celsius.</summary>
        public double Celsius { get; init; } = 25;
    }

    /// <summary>How TAG_CNT runs in slots that are no acceleration: the data sheet only says that it identifies the time slot.</summary>
    public enum Iis3dwbTagCount
    {
        /// <summary>As the data sheet reads: what is taken at one time has one count.</summary>
        TimeSlot,

        /// <summary>Always 0, as somebody measured on a relative, the ISM330DHCX.</summary>
        Zero,

        /// <summary>Every slot counts on, as some readers take it.</summary>
        EverySlot,
    }
}
