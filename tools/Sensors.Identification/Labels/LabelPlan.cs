using System.Collections.Generic;

namespace Sensors.Identification
{
    /// <summary>Where everything is on a label; in dots.</summary>
    /// <param name="Width">The label's width.</param>
    /// <param name="Height">The label's height.</param>
    /// <param name="CodeLeft">The left edge of the code, its quiet zone included.</param>
    /// <param name="CodeTop">The upper edge of the code, its quiet zone included.</param>
    /// <param name="Module">The edge of a module.</param>
    /// <param name="Scale">Dots per dot of the font.</param>
    /// <param name="Texts">The lines.</param>
    internal sealed record LabelPlan(int Width, int Height, int CodeLeft, int CodeTop, int Module, int Scale, IReadOnlyList<LabelLine> Texts);
}
