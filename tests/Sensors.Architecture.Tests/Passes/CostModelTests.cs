using System;
using System.Linq;
using Sensors.NetNano.Passes;

namespace Sensors.Architecture.Tests.Passes;

/// <summary>The counter says what was measured on the official CLR.</summary>
public sealed class CostModelTests(CountedScenarios scenarios)
{
    private const double PartTolerance = 0.25; // of a part: how it was written, one can only guess

    [Fact]
    public void Every_row_is_reproduced()
    {
        ScenarioResult[] rows = [.. scenarios.Of("MicroRows")];
        Assert.Equal(37, rows.Length);
        Assert.All(rows, row => Assert.InRange(row.Passes, row.Measured * 0.85, row.Measured * 1.15));
    }

    [Theory]
    [InlineData("complex FFT of 512, float", 19_000)]
    [InlineData("complex FFT of 512, int", 19_000)]
    [InlineData("unpacking 768 int16", 3_600)]
    [InlineData("worked record, 3 x 1,024", 103_000)]
    public void The_worked_examples_are_reproduced(string name, double measured)
    {
        ScenarioResult example = scenarios.Named(name);
        Assert.Equal(measured, example.Measured);
        Assert.InRange(example.Passes, measured * 0.85, measured * 1.15);
    }

    [Fact]
    public void The_record_consists_of_the_measured_parts()
    {
        MethodCost[] parts = [.. scenarios.Named("worked record, 3 x 1,024").Methods.Where(m => m.Measured > 0)];
        Assert.Equal(6, parts.Length);
        Assert.Equal(103_700, parts.Sum(p => p.Measured)); // the cost model rounds its total
        Assert.All(parts, part => Assert.InRange(part.Passes, part.Measured * (1 - PartTolerance), part.Measured * (1 + PartTolerance)));
    }

    [Fact]
    public void A_figure_that_is_missed_is_told()
    {
        ScenarioResult row = scenarios.Named("empty loop");
        Assert.Empty(row.Failures());
        Assert.Equal("empty loop: 1 passes counted, 0.8 measured: +25 % off, 15 % allowed", Assert.Single((row with { Passes = 1, Measured = 0.8 }).Failures()));
    }
}
