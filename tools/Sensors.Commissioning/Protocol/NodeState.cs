namespace Sensors.Commissioning
{
    /// <summary>What a portal tells anybody: <c>GET /api/v1/node</c>.</summary>
    /// <param name="Node">Its name, <c>sensors-3F2A1C</c>.</param>
    /// <param name="Board">The board; null when it does not say.</param>
    /// <param name="Firmware">The firmware's version; null when it does not say.</param>
    /// <param name="State"><c>waiting</c>, <c>trying</c>, <c>committed</c> or <c>rolled-back</c>.</param>
    /// <param name="Paired">Whether it has settings that work.</param>
    /// <param name="Attempt">Number of its last trial.</param>
    /// <param name="Nonce">The nonce a proof must be about, hex.</param>
    /// <param name="Iterations">Rounds of the key derivation.</param>
    /// <param name="WaitMilliseconds">How long it looks at no further proof.</param>
    public sealed record NodeState(
        string Node, string? Board, string? Firmware, string State, bool Paired, long Attempt, string Nonce, int Iterations, int WaitMilliseconds);
}
