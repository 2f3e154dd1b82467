using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Sensors.NetNano.Gate;

namespace Sensors.Architecture.Tests.Gate;

/// <summary>Each rule finds its bad sample, nothing else finds it, and nobody finds the good ones.</summary>
public sealed class GateSampleTests
{
    private static readonly Lazy<IReadOnlyList<Finding>> Findings = new(() =>
        new DeviceGate(Repository.OfficialApi, Repository.BanList)
            .Check([Repository.DeviceAssembly("Sensors.Drivers"), Repository.DeviceAssembly("Sensors.GateSamples")]).Findings);

    public static TheoryData<string, string> Bad => new()
    {
        { "BadGenericType`1", "NANO102" },
        { "BadGenericMethod", "NANO102" },
        { "BadGenericDelegate", "NANO102" },
        { "BadDefaultMethod", "NANO103" },
        { "BadArrays", "NANO104" },
        { "BadPointers", "NANO105" },
        { "BadStackMemory", "NANO105" },
        { "BadChecked", "NANO106" },
        { "BadCheckedConversion", "NANO106" },
        { "BadHandlers", "NANO109" },
        { "BadCustomFormat", "NANO110" },
        { "BadRoundTripFormat", "NANO110" },
        { "BadVariableFormat", "NANO110" },
        { "BadInterpolation", "RS0030" },
        { "BadFloatText", "RS0030" },
        { "BadEnumText", "RS0030" },
        { "BadWallClock", "RS0030" },
        { "BadWallClockInLambda", "RS0030" },
        { "BadSuppression", "NANO116" },
        { "BadNew", "NANO114" },
        { "BadNewArray", "NANO114" },
        { "BadBox", "NANO114" },
        { "BadText", "NANO114" },
        { "BadLiteral", "NANO114" },
        { "BadLambda", "NANO114" },
        { "BadDelegateCall", "NANO114" },
        { "BadStructLocal", "NANO114" },
        { "BadStructParameter", "NANO114" },
        { "BadSpan", "NANO114" },
        { "BadCallee", "NANO114" },
        { "BadOverride", "NANO114" },
        { "BadFace", "NANO114" },
        { "BadTable", "NANO115" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_sample_breaks_its_rule_and_no_other(string type, string rule)
    {
        List<Finding> found = Findings.Value.Where(f => IsIn(f, type)).ToList();
        Assert.True(found.Count > 0, $"{type} was not found");
        Assert.All(found, f => Assert.Equal(rule, f.Rule));
    }

    [Fact]
    public void A_good_sample_breaks_no_rule()
    {
        IEnumerable<Finding> found = Findings.Value.Where(f => Regex.IsMatch(f.Member, @"GateSamples\.Good\w*(::|/|$)"));
        Assert.Equal("", string.Join("\n", found));
    }

    [Fact]
    public void Every_finding_is_in_a_sample_that_a_test_names()
    {
        string[] named = Bad.Select(row => row.Data.Item1).ToArray();
        Assert.All(Findings.Value, f => Assert.Contains(named, type => IsIn(f, type)));
    }

    [Fact]
    public void A_finding_names_the_method_the_line_and_the_way_out()
    {
        Finding finding = Findings.Value.First(f => IsIn(f, "BadCustomFormat"));
        Assert.Contains("BadCustomFormat::Write", finding.Member, StringComparison.Ordinal);
        Assert.Matches(@"^Formats\.cs\([0-9]+\), IL_[0-9a-f]{4}$", finding.Location);
        Assert.Contains("the device knows D, E, F, G, N and X", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_helper_s_finding_names_who_calls_it()
    {
        Assert.Contains(Findings.Value, f => IsIn(f, "BadCallee") && f.Message.EndsWith("called by BadCallee.Run", StringComparison.Ordinal));
    }

    private static bool IsIn(Finding finding, string type) =>
        finding.Member.Contains($"Sensors.GateSamples.{type}", StringComparison.Ordinal)
        && !char.IsLetterOrDigit((finding.Member + " ")[finding.Member.IndexOf(type, StringComparison.Ordinal) + type.Length]);
}
