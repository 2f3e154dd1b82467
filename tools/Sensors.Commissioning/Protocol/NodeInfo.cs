namespace Sensors.Commissioning
{
    /// <summary>What a node tells who knows its code.</summary>
    /// <param name="Node">Its name.</param>
    /// <param name="Board">The board.</param>
    /// <param name="Target">What it runs on.</param>
    /// <param name="Firmware">The firmware's version.</param>
    /// <param name="Paired">Whether it has settings that work.</param>
    /// <param name="Id">The identifier it is paired with; null for none.</param>
    /// <param name="Attempt">Number of its last trial.</param>
    /// <param name="HasLight">Whether it can blink.</param>
    public sealed record NodeInfo(string Node, string? Board, string? Target, string? Firmware, bool Paired, string? Id, long Attempt, bool HasLight);
}
