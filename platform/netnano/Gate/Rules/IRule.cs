namespace Sensors.NetNano.Gate.Rules;

/// <summary>One thing the device does not take.</summary>
internal interface IRule
{
    void Check(AssemblySet set, FindingSink sink);
}
