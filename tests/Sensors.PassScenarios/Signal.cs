namespace Sensors.PassScenarios
{
    /// <summary>Counts as a chip would give them: tones and noise, the same ones on every run and in both flavours.</summary>
    public static class Signal
    {
        private const int QuarterTurn = 16384; // of a phase in 16 bits

        /// <summary>Fills an array: three axes one after another, X, Y, Z, X, Y, Z ...</summary>
        /// <param name="counts">Receives the counts.</param>
        /// <param name="axes">Axes in it.</param>
        public static void Fill(short[] counts, int axes)
        {
            uint noise = 20260801;
            for (int i = 0; i < counts.Length; i++)
            {
                int sample = i / axes;
                int axis = i % axes;
                noise = (noise * 1664525u) + 1013904223u;
                int shaft = Sine(sample * 595);                // 25 Hz-like: 1/110 of the rate
                int second = Sine((sample * 1190) + 9000);
                int high = Sine(sample * 9973);
                int value = ((axis + 2) * shaft / 16) + (second / 32) + (high / 24) + (int)(noise >> 24) - 128 + (axis == 2 ? 4000 : 0);
                counts[i] = (short)value;
            }
        }

        /// <summary>A sine by two parabolas: as good as a true one for this purpose, and of integers only.</summary>
        /// <param name="phase">65,536 to a turn.</param>
        /// <returns>-16,384 to 16,384.</returns>
        public static int Sine(int phase)
        {
            int half = phase & 32767;
            int parabola = half * (32768 - half) / QuarterTurn; // 0 to 16384
            return (phase & 32768) == 0 ? parabola : -parabola;
        }
    }
}
