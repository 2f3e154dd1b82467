namespace Sensors.Pairing.Tests.Browser
{
    /// <summary>What a <see cref="StubNode"/> makes of settings.</summary>
    /// <param name="Stages">The stages it gets through, and how many milliseconds each takes; with a cause, the last one fails.</param>
    /// <param name="Cause">Why it failed; null when it did not.</param>
    /// <param name="Text">What else the node says.</param>
    /// <param name="Refusal">Settings that do not parse: what is said of them, at once.</param>
    internal sealed record StubTrial((string Stage, int Milliseconds)[] Stages, string? Cause = null, string? Text = null, string? Refusal = null)
    {
        /// <summary>Gets a trial in which all is well.</summary>
        public static StubTrial Success { get; } = new([("wifi", 210), ("address", 90), ("broker", 60), ("login", 60), ("identifier", 60), ("birth", 80)]);

        /// <summary>Makes a trial that ends at its first stage.</summary>
        public static StubTrial Failure(string stage, string cause, string? text = null) => new([(stage, 250)], cause, text);
    }
}
