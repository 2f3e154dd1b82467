namespace Sensors.NetNano.Gate;

/// <summary>One thing the device would refuse, or do differently than the PC.</summary>
/// <param name="Rule">Stable number of the rule, such as <c>NANO106</c>.</param>
/// <param name="Member">Type or member it was found in.</param>
/// <param name="Location">Source file and line where symbols tell it, and the offset in the bytecode.</param>
/// <param name="Message">What was found, and the way out.</param>
public sealed record Finding(string Rule, string Member, string Location, string Message)
{
    /// <inheritdoc />
    public override string ToString() => $"{Rule}: {Member}{(Location.Length == 0 ? "" : " at " + Location)}: {Message}";
}
