using System.Collections.Generic;
using System.Linq;

namespace Sensors.Identification
{
    /// <summary>What came of holding a text to the rules of a kind.</summary>
    /// <param name="Kind">The kind.</param>
    /// <param name="Findings">What was found, in the order of the text; none when there is nothing to say.</param>
    /// <param name="Parts">What the text is made of, by name; empty when it is not valid.</param>
    public sealed record KindVerdict(IdentifierKind Kind, IReadOnlyList<Finding> Findings, IReadOnlyList<KeyValuePair<string, string>> Parts)
    {
        /// <summary>Gets the verdict: that of the gravest finding.</summary>
        public Validity Validity => Findings.Count == 0 ? Validity.Valid : (Validity)Findings.Max(finding => (int)finding.Weight);
    }

    /// <summary>Whether a text is of a kind.</summary>
    public enum Validity
    {
        /// <summary>It is.</summary>
        Valid = 0,

        /// <summary>It may be: a rule cannot be checked, or services disagree.</summary>
        Doubtful = 1,

        /// <summary>It is not.</summary>
        Invalid = 2,
    }

    /// <summary>Something found in a text.</summary>
    /// <param name="At">The index of the character it is about, from 0.</param>
    /// <param name="What">One sentence: what was found. Positions in it count from 1.</param>
    /// <param name="Why">One sentence: the rule, or what to do.</param>
    /// <param name="Weight">What it is worth: a note leaves the text valid.</param>
    public sealed record Finding(int At, string What, string Why, FindingWeight Weight);

    /// <summary>What a finding is worth.</summary>
    public enum FindingWeight
    {
        /// <summary>Worth knowing.</summary>
        Note = 0,

        /// <summary>It may be wrong.</summary>
        Doubt = 1,

        /// <summary>It is wrong.</summary>
        Error = 2,
    }
}
