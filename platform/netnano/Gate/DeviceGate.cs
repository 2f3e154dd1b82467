using System.Collections.Generic;
using System.IO;
using System.Linq;
using Sensors.NetNano.Gate.Rules;

namespace Sensors.NetNano.Gate;

/// <summary>Reads a set of assemblies built for the device and reports all that the device's CLR would not take.</summary>
public sealed class DeviceGate
{
    private readonly string _officialFolder;
    private readonly BanList _bans;

    /// <summary>Makes a gate.</summary>
    /// <param name="officialFolder">Folder of the official assemblies, or of the reference assemblies made from their listings.</param>
    /// <param name="banList">Path of <c>BannedSymbols.txt</c>.</param>
    public DeviceGate(string officialFolder, string banList)
    {
        _officialFolder = officialFolder;
        _bans = BanList.Load(banList);
    }

    /// <summary>Checks assemblies that run together.</summary>
    /// <param name="paths">The project's own assemblies; each call into another of them is followed.</param>
    /// <returns>What was found, and how large the assemblies are.</returns>
    public GateReport Check(IEnumerable<string> paths)
    {
        using var set = new AssemblySet(paths, _officialFolder);
        var sink = new FindingSink();
        IRule[] rules =
        [
            new ReferenceRule(),
            new GenericsRule(),
            new InterfaceRule(),
            new ArrayRule(),
            new PointerRule(),
            new CheckedArithmeticRule(),
            new FinalizerRule(),
            new IteratorRule(),
            new HandlerDepthRule(),
            new NumberFormatRule(),
            new VolatileRule(),
            new LimitsRule(),
            new BanRule(_bans),
            new HotPathRule(),
            new TableRule(),
            new SuppressionRule(),
        ];
        foreach (IRule rule in rules)
        {
            rule.Check(set, sink);
        }

        return new GateReport(sink.Findings, set.Own.Select(Figures.Of).ToList());
    }
}
