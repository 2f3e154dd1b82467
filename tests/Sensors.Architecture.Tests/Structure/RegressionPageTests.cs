using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace Sensors.Architecture.Tests.Structure;

/// <summary>docs/regressions.md names a test for every defect; the tests must be there.</summary>
public sealed partial class RegressionPageTests
{
    private const string Page = "docs/regressions.md";

    [Fact]
    public void Every_test_named_on_the_page_exists()
    {
        List<string> named = [.. TestNames().Matches(TrackedFiles.Read(Page)).Select(match => match.Groups[1].Value).Distinct()];
        Assert.True(named.Count > 100, $"{Page}: only {named.Count} tests found; has the way they are written changed?");
        HashSet<string> there = Tests();
        string[] missing = [.. named.Where(name => !there.Contains(name)).Select(name => $"{Page} names {name}, which no test project has")];
        Assert.True(missing.Length == 0, string.Join("\n", missing));
    }

    [Fact]
    public void Every_row_of_the_page_names_a_test()
    {
        string[] rows = [.. TrackedFiles.Read(Page).Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal))];
        Assert.All(rows.Where(row => !row.StartsWith("| --- ", StringComparison.Ordinal) && !row.EndsWith("| Test |", StringComparison.Ordinal)),
            row => Assert.Matches(TestNames(), row));
    }

    /// <summary>Class.Method of everything marked as a test in the sources of the test projects.</summary>
    private static HashSet<string> Tests()
    {
        HashSet<string> tests = [];
        foreach (string path in TrackedFiles.All.Where(path => path.StartsWith("tests/", StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal)))
        {
            string name = "";
            bool marked = false;
            foreach (string line in TrackedFiles.Read(path).Split('\n'))
            {
                Match type = Classes().Match(line);
                name = type.Success ? type.Groups[1].Value : name;
                marked |= Marks().IsMatch(line);
                Match method = Methods().Match(line);
                if (marked && method.Success)
                {
                    tests.Add($"{name}.{method.Groups[1].Value}");
                    marked = false;
                }
            }
        }

        return tests;
    }

    [GeneratedRegex(@"`(\w+Tests\.\w+)`")]
    private static partial Regex TestNames();

    [GeneratedRegex(@"^\s*(?:public|internal)[\w ]* class (\w+)")]
    private static partial Regex Classes();

    [GeneratedRegex(@"^\s*\[(?:Fact|Theory)\b")]
    private static partial Regex Marks();

    [GeneratedRegex(@"^\s*public (?:async )?(?:void|Task) (\w+)\(")]
    private static partial Regex Methods();
}
