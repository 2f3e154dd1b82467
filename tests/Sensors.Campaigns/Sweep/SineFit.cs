using System;

namespace Sensors.Campaigns
{
    /// <summary>Least-squares fit of a sine to samples: amplitude, offset and frequency (the four-parameter fit of IEEE 1057).</summary>
    public static class SineFit
    {
        private const int Rounds = 8;
        private const double Settled = 1e-12; // cycles per sample

        /// <summary>Fits a sine of which the frequency is known roughly: to a part of a cycle over all samples.</summary>
        /// <param name="samples">The samples, evenly spaced.</param>
        /// <param name="cyclesPerSample">The rough frequency, 0 to 0.5.</param>
        /// <returns>The amplitude, and the frequency in cycles per sample.</returns>
        public static (double Amplitude, double CyclesPerSample) Fit(ReadOnlySpan<double> samples, double cyclesPerSample)
        {
            double frequency = cyclesPerSample;
            double[] found = Solve(samples, frequency, 0, 0, withFrequency: false);
            for (int round = 0; round < Rounds; round++)
            {
                found = Solve(samples, frequency, found[0], found[1], withFrequency: true);
                frequency += found[3];
                if (Math.Abs(found[3]) < Settled)
                {
                    break;
                }
            }

            return (Math.Sqrt((found[0] * found[0]) + (found[1] * found[1])), frequency);
        }

        /// <summary>Fits a sine of known frequency.</summary>
        /// <param name="samples">The samples, evenly spaced.</param>
        /// <param name="cyclesPerSample">The frequency, 0 to 0.5.</param>
        /// <returns>The amplitude.</returns>
        public static double Amplitude(ReadOnlySpan<double> samples, double cyclesPerSample)
        {
            double[] found = Solve(samples, cyclesPerSample, 0, 0, withFrequency: false);
            return Math.Sqrt((found[0] * found[0]) + (found[1] * found[1]));
        }

        // Cosine part, sine part, offset, and the step in frequency that the parts before it ask for.
        private static double[] Solve(ReadOnlySpan<double> samples, double frequency, double cosine, double sine, bool withFrequency)
        {
            int unknowns = withFrequency ? 4 : 3;
            var equations = new double[unknowns, unknowns + 1];
            Span<double> row = stackalloc double[5];
            double middle = (samples.Length - 1) / 2.0; // phases count from here, so that frequency and phase hardly disturb each other
            for (int i = 0; i < samples.Length; i++)
            {
                double time = i - middle;
                (double sin, double cos) = Math.SinCos(2 * Math.PI * frequency * time);
                row[0] = cos;
                row[1] = sin;
                row[2] = 1;
                row[3] = 2 * Math.PI * time * ((sine * cos) - (cosine * sin));
                row[unknowns] = samples[i];
                for (int r = 0; r < unknowns; r++)
                {
                    for (int c = r; c <= unknowns; c++)
                    {
                        equations[r, c] += row[r] * row[c];
                    }
                }
            }

            return Eliminate(equations, unknowns);
        }

        private static double[] Eliminate(double[,] equations, int unknowns)
        {
            for (int r = 1; r < unknowns; r++)
            {
                for (int c = 0; c < r; c++)
                {
                    equations[r, c] = equations[c, r];
                }
            }

            for (int pivot = 0; pivot < unknowns; pivot++)
            {
                for (int r = 0; r < unknowns; r++)
                {
                    double factor = equations[r, pivot] / equations[pivot, pivot];
                    for (int c = unknowns; r != pivot && c >= pivot; c--)
                    {
                        equations[r, c] -= factor * equations[pivot, c];
                    }
                }
            }

            var solution = new double[unknowns];
            for (int r = 0; r < unknowns; r++)
            {
                solution[r] = equations[r, unknowns] / equations[r, r];
            }

            return solution;
        }
    }
}
