using System.Device.Spi;

namespace Sensors.VirtualBoard
{
    /// <summary>One SPI frame as a chip sees it: when its chip select fell, and how it is clocked.</summary>
    /// <param name="StartNanoseconds">Virtual time of the falling edge of chip select; the first clock edge follows at once.</param>
    /// <param name="ClockHz">Clock, more than 0.</param>
    /// <param name="Mode">Polarity and phase the controller uses.</param>
    public readonly record struct SpiFrame(long StartNanoseconds, int ClockHz, SpiMode Mode)
    {
        private const long BitsTimesNanoseconds = 8_000_000_000;

        /// <summary>Tells when a number of bytes have been clocked; for the whole frame, when chip select rises.</summary>
        /// <param name="bytes">Bytes, 0 or more.</param>
        /// <returns>Virtual time in nanoseconds.</returns>
        public long After(int bytes) => StartNanoseconds + (bytes * BitsTimesNanoseconds / ClockHz);
    }
}
