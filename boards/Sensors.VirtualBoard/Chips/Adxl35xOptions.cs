namespace Sensors.VirtualBoard
{
    /// <summary>How one specimen of an ADXL355 or ADXL357 differs from the typical one.</summary>
    public sealed class Adxl35xOptions : AccelerometerOptions
    {
        /// <summary>Gets what the chip's thermometer touches; null for 25 °C.</summary>
        public ITemperatureSource? Temperature { get; init; }

        /// <summary>Gets the mask revision, which REVID shows; up to 1 a reset may load the trim wrongly.</summary>
        public byte Revision { get; init; } = 1;

        /// <summary>Gets how long the chip loads its memory after power-on and reset, in microseconds; the data sheet does not say.</summary>
        public double LoadingMicroseconds { get; init; } = 2000;

        /// <summary>Gets the time from one word of a sample entering the FIFO to the next, in microseconds; the data sheet does not say.</summary>
        public double WordMicroseconds { get; init; } = 1;
    }
}
