using System.Collections.Generic;

namespace Sensors.Edge
{
    /// <summary>What a reading's values say of the machine, as the node judged them; the names are those of <c>docs/payloads.md</c>.</summary>
    /// <param name="Zone"><c>A</c> to <c>D</c> of the zone table; null without a table or a velocity.</param>
    /// <param name="Alarm">The gravest alarm that stands at the point.</param>
    /// <param name="Hint">What is probably the matter, such as <c>unbalance</c>, or <c>healthy</c>; null when it was not judged.</param>
    /// <param name="Evidence">The numbers that led to the hint, in the order sent; empty when there are none.</param>
    public sealed record ReadingState(string? Zone, AlarmGrade Alarm, string? Hint, IReadOnlyList<HintEvidence> Evidence)
    {
        internal static ReadingState Build(JsonMember state) => new(
            state.TryGet("zone", out JsonMember zone) ? ZoneOf(zone) : null,
            state["alarm"].Grade(),
            state.TryGet("hint", out JsonMember hint) ? hint.Word() : null,
            state.TryGet("evidence", out JsonMember evidence) ? EvidenceOf(evidence) : []);

        private static string ZoneOf(JsonMember zone) => zone.Text() is "A" or "B" or "C" or "D" ? zone.Text() : throw zone.Wrong("A, B, C or D");

        private static List<HintEvidence> EvidenceOf(JsonMember evidence)
        {
            var list = new List<HintEvidence>();
            foreach (var property in evidence.Members()) { list.Add(new HintEvidence(property.Name, evidence.Of(property).Float())); }
            return list;
        }
    }

    /// <summary>One number that led to a hint.</summary>
    /// <param name="Name">What it is, such as <c>outer-line</c>.</param>
    /// <param name="Value">The number, finite.</param>
    public readonly record struct HintEvidence(string Name, double Value);
}
