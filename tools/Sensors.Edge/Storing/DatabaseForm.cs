namespace Sensors.Edge
{
    /// <summary>What a file of ours is: told in its header, so that no program takes one for another.</summary>
    /// <param name="Application">The number of the kind of file.</param>
    /// <param name="Version">Which form of it; a newer one is refused.</param>
    /// <param name="Schema">What makes the tables, each statement with its semicolon.</param>
    internal sealed record DatabaseForm(int Application, int Version, string Schema);
}
