using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>How far a time may be off, in the four bits that a stored record has for it.</summary>
    /// <remarks>Code 0 is not known, code c is at most 2^c milliseconds, the last one stands for 16 s and more.</remarks>
    public static class Uncertainty
    {
        /// <summary>The highest code.</summary>
        public const int MostCode = 15;

        /// <summary>Gives the code of an uncertainty.</summary>
        /// <param name="milliseconds">Milliseconds, or <see cref="Clock.UnknownUncertainty"/>.</param>
        /// <returns>0 to <see cref="MostCode"/>.</returns>
        [HotPath]
        public static int CodeOf(long milliseconds)
        {
            if (milliseconds < 0)
            {
                return 0;
            }

            int code = 1;
            while (code < MostCode && 1L << code < milliseconds)
            {
                code++;
            }

            return code;
        }

        /// <summary>Gives what a code stands for.</summary>
        /// <param name="code">0 to <see cref="MostCode"/>.</param>
        /// <returns>Milliseconds, or <see cref="Clock.UnknownUncertainty"/>.</returns>
        [HotPath]
        public static long Milliseconds(int code)
        {
            return code == 0 ? Clock.UnknownUncertainty : 1L << code;
        }
    }
}
