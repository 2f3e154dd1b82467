using Sensors.Drivers;

namespace Sensors.Node
{
    /// <summary>What a reading says of the machine: zone, alarm, and a hint with the evidence that led to it.</summary>
    public sealed class Condition
    {
        /// <summary>The most pieces of evidence that are told.</summary>
        public const int MostEvidence = 4;

        /// <summary>Gets or sets the zone of ISO 20816: 1 to 4 for A to D, 0 when it was not judged.</summary>
        public int Zone { get; set; }

        /// <summary>Gets or sets the highest alarm that stands at the point.</summary>
        public AlarmLevel Alarm { get; set; }

        /// <summary>Gets or sets what is probably the matter.</summary>
        public Hint Hint { get; set; }

        /// <summary>Gets how many pieces of evidence there are.</summary>
        public int EvidenceCount { get; private set; }

        /// <summary>Gets what each piece of evidence is.</summary>
        public Evidence[] Evidences { get; } = new Evidence[MostEvidence];

        /// <summary>Gets how strong each piece is, in what its <see cref="Evidence"/> states.</summary>
        public float[] Strengths { get; } = new float[MostEvidence];

        /// <summary>Forgets everything.</summary>
        [HotPath]
        public void Clear()
        {
            Zone = 0;
            Alarm = AlarmLevel.None;
            Hint = Hint.None;
            EvidenceCount = 0;
        }

        /// <summary>Forgets the evidence.</summary>
        [HotPath]
        public void ClearEvidence()
        {
            EvidenceCount = 0;
        }

        /// <summary>Adds a piece of evidence; beyond <see cref="MostEvidence"/>, and without a finite strength, it is dropped.</summary>
        /// <param name="evidence">What it is.</param>
        /// <param name="strength">How strong it is.</param>
        [HotPath]
        public void Add(Evidence evidence, float strength)
        {
            if (EvidenceCount < MostEvidence && DigitWriter.IsWritable(strength))
            {
                Evidences[EvidenceCount] = evidence;
                Strengths[EvidenceCount] = strength;
                EvidenceCount++;
            }
        }
    }

    /// <summary>How bad it is. Numbers are stored: they never change.</summary>
    public enum AlarmLevel
    {
        /// <summary>No alarm, or none is set up.</summary>
        None = 0,

        /// <summary>The first level: plan a look.</summary>
        Warning = 1,

        /// <summary>The second level: act.</summary>
        Danger = 2,
    }

    /// <summary>What is probably the matter with a machine. Numbers are stored: they never change.</summary>
    public enum Hint
    {
        /// <summary>Not judged: no speed or bearing is known, or the window does not support it.</summary>
        None = 0,

        /// <summary>Nothing stands out.</summary>
        Healthy = 1,

        /// <summary>Unbalance: the first order, radial.</summary>
        Unbalance = 2,

        /// <summary>Misalignment: the second order, axial.</summary>
        Misalignment = 3,

        /// <summary>Looseness: halves and many orders.</summary>
        Looseness = 4,

        /// <summary>Outer race of the bearing.</summary>
        OuterRace = 5,

        /// <summary>Inner race of the bearing.</summary>
        InnerRace = 6,

        /// <summary>Electrical: twice the mains frequency, or the current's sidebands.</summary>
        Electrical = 7,

        /// <summary>Something stands out that fits none of these.</summary>
        Unknown = 8,
    }

    /// <summary>What a piece of evidence is. Numbers are stored: they never change.</summary>
    public enum Evidence
    {
        /// <summary>Velocity RMS over the healthy level or the A/B boundary, as a ratio.</summary>
        VelocityRatio = 0,

        /// <summary>Part of the orders' velocity power at 1x, 0 to 1.</summary>
        FirstOrderPart = 1,

        /// <summary>Part at 2x, 0 to 1.</summary>
        SecondOrderPart = 2,

        /// <summary>Part at 3x and above, and at halves, 0 to 1.</summary>
        ManyOrdersPart = 3,

        /// <summary>Axial over radial, as a ratio.</summary>
        AxialRatio = 4,

        /// <summary>Envelope line at BPFO over its floor, as a ratio.</summary>
        OuterLine = 5,

        /// <summary>Envelope line at BPFI over its floor, as a ratio.</summary>
        InnerLine = 6,

        /// <summary>Line at twice the mains frequency, as a part of the velocity power, 0 to 1.</summary>
        MainsLine = 7,

        /// <summary>Sidebands of the current's fundamental, in dB below it.</summary>
        Sidebands = 8,

        /// <summary>Kurtosis, Pearson.</summary>
        Kurtosis = 9,

        /// <summary>Envelope line at twice the ball spin frequency over its floor, as a ratio.</summary>
        BallLine = 10,

        /// <summary>Envelope line at the cage's frequency over its floor, as a ratio.</summary>
        CageLine = 11,
    }
}
