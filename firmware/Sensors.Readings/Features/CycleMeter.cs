using System;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>Mean, mean square, crest and inrush of a window, cycle by cycle. Made once and used again; one thread at a time.</summary>
    /// <remarks>
    /// A sample stands for the time half a period to either side of it, and within that time the line through its neighbours tells how
    /// the value runs: so a cycle that begins and ends between samples loses nothing, and one that is a whole number of samples is
    /// the plain mean over them. Cycles are counted from the window's beginning.
    /// </remarks>
    internal sealed class CycleMeter
    {
        private const int FewestCycles = 2;
        private const double Missing = 0.25; // of a sample, which the last one makes up for: so ten cycles of 49.99 Hz are ten

        private readonly float[] _squares; // means over the cycles, the smallest first
        private float[] _samples;
        private int _first, _last;
        private double _about, _sharpen;

        /// <summary>Makes room.</summary>
        /// <param name="cycles">The most cycles an inrush can be told of.</param>
        internal CycleMeter(int cycles)
        {
            _squares = new float[cycles];
        }

        /// <summary>Gets how many whole cycles the window holds.</summary>
        internal int Cycles { [HotPath] get; [HotPath] private set; }

        /// <summary>Gets the mean over the whole cycles, from the level given.</summary>
        internal double Mean { [HotPath] get; [HotPath] private set; }

        /// <summary>Gets the mean over the whole cycles of the squares of the distances from the level given.</summary>
        internal double MeanSquare { [HotPath] get; [HotPath] private set; }

        /// <summary>Gets the smallest value of the whole window, from the level given.</summary>
        internal double Smallest { [HotPath] get; [HotPath] private set; }

        /// <summary>Gets the largest value of the whole window, from the level given.</summary>
        internal double Largest { [HotPath] get; [HotPath] private set; }

        /// <summary>Gets the largest RMS of a half cycle over the median RMS of a cycle.</summary>
        /// <value>NaN with fewer than two cycles, with more than there is room for, and where the median is 0.</value>
        internal double Inrush { [HotPath] get; [HotPath] private set; }

        /// <summary>Measures a window.</summary>
        /// <param name="samples">Holds the samples.</param>
        /// <param name="offset">Index of the first one.</param>
        /// <param name="count">How many, more than 2.</param>
        /// <param name="cycles">The frequency, in cycles a sample.</param>
        /// <param name="about">The level from which values count.</param>
        /// <param name="sharpen">How much of the second difference is taken off each sample: 0 for none.</param>
        [HotPath]
        internal void Take(float[] samples, int offset, int count, double cycles, double about, double sharpen)
        {
            int skip = sharpen > 0 ? 1 : 0; // a sharpened sample needs its neighbours
            int first = offset + skip;
            int last = offset + count - 1 - skip;
            _samples = samples;
            _first = first;
            _last = last;
            _about = about;
            _sharpen = sharpen;
            int length = last - first + 1;
            Cycles = (int)((length + Missing) * cycles);
            double half = 0.5 / cycles;
            int halves = 2 * Cycles;

            double sum = 0;
            double squares = 0;
            double smallest = 0;
            double largest = 0;
            double sumAtCycle = 0;
            double squaresAtHalf = 0;
            double squaresAtCycle = 0;
            double highestHalf = 0;
            int reached = 0;
            double boundary = half - 0.5; // in samples from the first: where the next half cycle ends
            double edge = 0.5;            // where the present sample's time ends
            double before = samples[first - skip];
            double x = samples[first];
            for (int i = first; i <= last; i++)
            {
                double after = i < last + skip ? samples[i + 1] : x;
                double y = x - about - (sharpen * (before - (2 * x) + after));
                while (reached < halves && (boundary <= edge || i == last))
                {
                    reached++;
                    double at = boundary - (i - first); // within the sample's time, -0.5 to 0.5; the last one's is longer
                    double left = SquareAt(i - 1);
                    double right = SquareAt(i + 1);
                    double squaresHere = squares + (y * y * (at + 0.5)) + ((right - left) / 2 * ((at * at) - 0.25) / 2);
                    if (squaresHere - squaresAtHalf > highestHalf) { highestHalf = squaresHere - squaresAtHalf; }
                    squaresAtHalf = squaresHere;
                    if ((reached & 1) == 0)
                    {
                        Keep((reached / 2) - 1, squaresHere - squaresAtCycle);
                        squaresAtCycle = squaresHere;
                        if (reached == halves)
                        {
                            sumAtCycle = sum + (y * (at + 0.5)) + ((ValueAt(i + 1) - ValueAt(i - 1)) / 2 * ((at * at) - 0.25) / 2);
                        }
                    }

                    boundary = (half * (reached + 1)) - 0.5;
                }

                sum += y;
                squares += y * y;
                if (y < smallest || i == first) { smallest = y; }
                if (y > largest || i == first) { largest = y; }
                before = x;
                x = after;
                edge += 1;
            }

            Smallest = smallest;
            Largest = largest;
            double time = Cycles > 0 ? Cycles / cycles : length;
            Mean = (Cycles > 0 ? sumAtCycle : sum) / time;
            MeanSquare = (Cycles > 0 ? squaresAtCycle : squares) / time;
            Inrush = double.NaN;
            if (Cycles >= FewestCycles && Cycles <= _squares.Length)
            {
                double median = Median(Cycles);
                if (median > 0) { Inrush = Math.Sqrt(2 * highestHalf) / median; } // twice the time is in a cycle
            }
        }

        // The median of the RMS; of an even number the mean of the two in the middle.
        [HotPath]
        private double Median(int cycles)
        {
            double upper = Math.Sqrt(_squares[cycles / 2]);
            return (cycles & 1) != 0 ? upper : (upper + Math.Sqrt(_squares[(cycles / 2) - 1])) / 2;
        }

        // Puts a cycle's square in its place.
        [HotPath]
        private void Keep(int count, double square)
        {
            float[] squares = _squares;
            if (count >= squares.Length) { return; }
            float value = square > 0 ? (float)square : 0; // a boundary's correction may be more than there is
            int at = count;
            while (at > 0 && squares[at - 1] > value)
            {
                squares[at] = squares[at - 1];
                at--;
            }

            squares[at] = value;
        }

        [HotPath]
        private double SquareAt(int at)
        {
            double y = ValueAt(at);
            return y * y;
        }

        // A value as the loop sees it; beyond the ends the last one.
        [HotPath]
        private double ValueAt(int at)
        {
            if (at < _first) { at = _first; }
            if (at > _last) { at = _last; }
            double x = _samples[at];
            return _sharpen > 0
                ? x - _about - (_sharpen * (_samples[at - 1] - (2 * x) + _samples[at + 1]))
                : x - _about;
        }
    }
}
