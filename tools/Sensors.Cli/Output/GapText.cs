using System.Globalization;
using System.Linq;
using Sensors.Edge;

namespace Sensors.Cli.Output
{
    /// <summary>What a node says of numbers that will not come, in words.</summary>
    internal static class GapText
    {
        private const long NoEnd = (1L << 53) - 1; // docs/payloads.md: nobody knows where it ends

        /// <summary>Gives numbers, such as <c>4 to 9</c>.</summary>
        public static string Of(SequenceRange range) => range.From == range.To
            ? range.From.ToString(CultureInfo.InvariantCulture)
            : range.To >= NoEnd
                ? string.Create(CultureInfo.InvariantCulture, $"{range.From} and all above")
                : string.Create(CultureInfo.InvariantCulture, $"{range.From} to {range.To}");

        /// <summary>Gives it as a sentence without the node.</summary>
        public static string Sentence(GapMessage gap) => gap.Reason == GapMessage.NewVolume
            ? "the volume is new: what earlier boards or volumes of this node still held is not here"
            : $"numbers {string.Join(", ", gap.Ranges.Select(Of))} will not come: {Visible.Of(gap.Reason)}";
    }
}
