using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>The numbers of a vibration point's fields: <c>axis * PerAxis + field</c>. They are stored: they never change.</summary>
    public static class VibrationFields
    {
        /// <summary>Axes: X, Y, Z.</summary>
        public const int Axes = 3;

        /// <summary>Mean acceleration, gravity included, in m/s².</summary>
        public const int Mean = 0;

        /// <summary>RMS about the mean, in m/s².</summary>
        public const int Rms = 1;

        /// <summary>Largest distance from the mean, in m/s².</summary>
        public const int Peak = 2;

        /// <summary>Largest minus smallest, in m/s².</summary>
        public const int PeakToPeak = 3;

        /// <summary>Peak over RMS.</summary>
        public const int Crest = 4;

        /// <summary>Skewness g1 = m3 / m2^1.5.</summary>
        public const int Skewness = 5;

        /// <summary>Kurtosis after Pearson, b2 = m4 / m2²: 3 for a Gaussian signal.</summary>
        public const int Kurtosis = 6;

        /// <summary>Velocity RMS in the velocity band, in mm/s.</summary>
        public const int Velocity = 7;

        /// <summary>Displacement RMS in the velocity band, in µm.</summary>
        public const int Displacement = 8;

        /// <summary>Centroid of the power spectrum, in Hz.</summary>
        public const int Centroid = 9;

        /// <summary>Frequency in Hz, then amplitude (peak) in m/s², of the highest spectral peak; then of the second and the third.</summary>
        public const int FirstPeak = 10;

        /// <summary>Peaks told.</summary>
        public const int Peaks = 3;

        /// <summary>RMS in the first band, in m/s²; then of the others.</summary>
        public const int FirstBand = 16;

        /// <summary>The most bands.</summary>
        public const int MostBands = 16;

        /// <summary>RMS of the envelope about its mean, in m/s².</summary>
        public const int Envelope = 32;

        /// <summary>Median line of the envelope spectrum, the floor bearing lines are judged by, in m/s².</summary>
        public const int EnvelopeFloor = 33;

        /// <summary>Envelope line at the ball pass frequency of the outer race, in m/s² (peak).</summary>
        public const int OuterRace = 34;

        /// <summary>Envelope line at the ball pass frequency of the inner race, in m/s² (peak).</summary>
        public const int InnerRace = 35;

        /// <summary>Envelope line at twice the ball spin frequency, in m/s² (peak).</summary>
        public const int TwiceBallSpin = 36;

        /// <summary>Envelope line at the cage's (fundamental train) frequency, in m/s² (peak).</summary>
        public const int Cage = 37;

        /// <summary>Amplitude (peak) at the shaft's speed, in m/s²; then at 2 to 5 times that.</summary>
        public const int FirstOrder = 38;

        /// <summary>Orders told.</summary>
        public const int Orders = 5;

        /// <summary>Amplitude (peak) at half the shaft's speed, in m/s²; then at 1.5 and 2.5 times that: what a loose part makes. Searched as the orders are.</summary>
        public const int FirstHalfOrder = 43;

        /// <summary>Half orders told.</summary>
        public const int HalfOrders = 3;

        /// <summary>Amplitude (peak) at twice the mains frequency, in m/s²: what a motor's magnetic field makes. Searched within 0.5 % or a line, whichever is more.</summary>
        public const int MainsLine = 46;

        /// <summary>Envelope line at twice the ball pass frequency of the outer race, in m/s² (peak).</summary>
        public const int TwiceOuterRace = 47;

        /// <summary>Mean of the envelope lines one shaft speed below and above the ball pass frequency of the inner race, in m/s² (peak), searched around the line told at it.</summary>
        public const int InnerSidebands = 48;

        /// <summary>Fields of an axis.</summary>
        public const int PerAxis = 49;

        /// <summary>Fields of a point.</summary>
        public const int Count = Axes * PerAxis;

        /// <summary>The most bytes the values of an axis take in a stored record: two a field, one more for each peak's frequency.</summary>
        public const int RecordBytes = (2 * PerAxis) + Peaks;

        /// <summary>Tells how stored records keep a field.</summary>
        /// <param name="field">Field of a point, 0 to <see cref="Count"/> - 1.</param>
        /// <returns>The form.</returns>
        [HotPath]
        public static ValueForm FormOf(int field)
        {
            int ofAxis = field % PerAxis;
            if (ofAxis == Mean || ofAxis == Skewness) { return ValueForm.Signed; }
            return ofAxis >= FirstPeak && ofAxis < FirstBand && ((ofAxis - FirstPeak) & 1) == 0 ? ValueForm.Fine : ValueForm.Amplitude;
        }
    }
}
