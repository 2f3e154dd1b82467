using System;
using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>What is usual for one feature of one machine: the median and the spread of its first good readings.</summary>
    /// <remarks>
    /// <para>
    /// The spread is the larger of 1.4826 times the median distance from the median (a Gaussian's standard deviation) and the distance from the median to
    /// the ninth decile: of a machine that runs at low load by day and at high load for two hours, the first one sees nothing. Of 64 readings, six
    /// may be outliers before either moves.
    /// </para>
    /// <para>
    /// The readings must be taken over what the machine goes through: <see cref="ConditionMonitor"/> spreads them over a day. Five hundred neighbouring ones tell
    /// what the noise does, not what the load does (measured on a run to failure: facts of the field).
    /// </para>
    /// </remarks>
    public sealed class FeatureBaseline
    {
        private const float GaussianMedianDeviation = 1.4826f;
        private const int Complete = 0xFFFF;
        private const int Head = 6; // key and count

        private readonly float[] _values; // sorted, and useless, once learned
        private readonly uint _key;
        private int _count;

        /// <summary>Makes an empty baseline.</summary>
        /// <param name="key">Tells this feature from the point's others in <see cref="BaselineStore"/>.</param>
        /// <param name="readings">How many readings it learns from, 8 to 1024.</param>
        public FeatureBaseline(uint key, int readings)
        {
            _key = key;
            _values = new float[readings];
        }

        /// <summary>Gets whether it is learned.</summary>
        public bool IsLearned { get; private set; }

        /// <summary>Gets the median; NaN while it is not learned.</summary>
        public float Median { get; private set; } = float.NaN;

        /// <summary>Gets the spread about it; NaN while it is not learned.</summary>
        public float Spread { get; private set; } = float.NaN;

        /// <summary>Gets how many readings it has, of those it needs.</summary>
        public int Count
        {
            get { return IsLearned ? _values.Length : _count; }
        }

        /// <summary>Gets the bytes that <see cref="Save"/> writes.</summary>
        internal int SavedBytes
        {
            get { return Head + (IsLearned ? 8 : 4 * _count); }
        }

        /// <summary>Learns from a reading; nothing happens once it is learned, or without a finite value.</summary>
        /// <param name="value">The value.</param>
        [HotPath]
        public void Learn(float value)
        {
            if (IsLearned || !DigitWriter.IsWritable(value)) { return; }
            _values[_count++] = value;
            if (_count == _values.Length) { Finish(); }
        }

        /// <summary>Forgets everything and learns anew.</summary>
        public void Forget()
        {
            _count = 0;
            IsLearned = false;
            Median = float.NaN;
            Spread = float.NaN;
        }

        /// <summary>Writes what is known: the key, the number of readings, and those, or median and spread once they are learned.</summary>
        internal int Save(byte[] buffer, int at)
        {
            at = LittleEndian.Put(buffer, at, _key, 4);
            at = LittleEndian.Put(buffer, at, IsLearned ? Complete : _count, 2);
            if (IsLearned)
            {
                at = LittleEndian.Put(buffer, at, FloatBits.Of(Median), 4);
                return LittleEndian.Put(buffer, at, FloatBits.Of(Spread), 4);
            }

            for (int i = 0; i < _count; i++) { at = LittleEndian.Put(buffer, at, FloatBits.Of(_values[i]), 4); }
            return at;
        }

        /// <summary>Tells how long a saved baseline is, whatever its key.</summary>
        /// <returns>Bytes; -1 when it would end behind the end.</returns>
        internal static int LengthAt(byte[] buffer, int at, int end)
        {
            if (end - at < Head) { return -1; }
            int count = (int)LittleEndian.Get(buffer, at + 4, 2);
            int length = Head + (count == Complete ? 8 : 4 * count);
            return at + length <= end ? length : -1;
        }

        /// <summary>Takes over a saved baseline, when it has this one's key and finite numbers.</summary>
        internal void Load(byte[] buffer, int at)
        {
            if (LittleEndian.Get(buffer, at, 4) != _key) { return; }
            Forget();
            int count = (int)LittleEndian.Get(buffer, at + 4, 2);
            at += Head;
            if (count == Complete)
            {
                float median = BitConverter.ToSingle(buffer, at);
                float spread = BitConverter.ToSingle(buffer, at + 4);
                if (DigitWriter.IsWritable(median) && spread >= 0 && DigitWriter.IsWritable(spread))
                {
                    Median = median;
                    Spread = spread;
                    IsLearned = true;
                }

                return;
            }

            for (int i = 0; i < count; i++) { Learn(BitConverter.ToSingle(buffer, at + (4 * i))); }
        }

        [HotPath]
        private void Finish()
        {
            float[] values = _values;
            int count = values.Length;
            Sort(values);
            float median = MiddleOf(values);
            float upper = values[(count * 9 / 10) < count ? count * 9 / 10 : count - 1] - median;
            for (int i = 0; i < count; i++)
            {
                float distance = values[i] - median;
                values[i] = distance < 0 ? -distance : distance;
            }

            Sort(values);
            float deviation = GaussianMedianDeviation * MiddleOf(values);
            Median = median;
            Spread = deviation > upper ? deviation : upper;
            IsLearned = true;
        }

        [HotPath]
        private static float MiddleOf(float[] sorted)
        {
            int half = sorted.Length / 2;
            return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        }

        // Once per baseline, and short: insertion needs no memory.
        [HotPath]
        private static void Sort(float[] values)
        {
            for (int i = 1; i < values.Length; i++)
            {
                float value = values[i];
                int at = i;
                while (at > 0 && values[at - 1] > value)
                {
                    values[at] = values[at - 1];
                    at--;
                }

                values[at] = value;
            }
        }
    }
}
