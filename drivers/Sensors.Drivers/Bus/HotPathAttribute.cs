using System;

namespace Sensors.Drivers
{
    /// <summary>Marks what runs per block or per sample. The build refuses what would allocate there on the device.</summary>
    [AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor, Inherited = false)]
    public sealed class HotPathAttribute : Attribute
    {
    }
}
