namespace Sensors.Identification
{
    /// <summary>A line of text on a label; in dots.</summary>
    /// <param name="X">Its left edge.</param>
    /// <param name="Y">The upper edge of its capitals.</param>
    /// <param name="Scale">Dots per dot of the font.</param>
    /// <param name="Text">What it says.</param>
    internal sealed record LabelLine(int X, int Y, int Scale, string Text)
    {
        /// <summary>Gets how wide it is.</summary>
        internal int Width => ((LabelFont.PlacesOf(Text) * LabelFont.Advance) - 1) * Scale;
    }
}
