namespace Sensors.Mqtt.Tests
{
    /// <summary>Tests that measure the process and so run when no others do.</summary>
    [CollectionDefinition("Alone", DisableParallelization = true)]
    public sealed class Alone
    {
    }
}
