using System;
using System.Linq;
using Sensors.NetNano.Passes;

namespace Sensors.Architecture.Tests.Passes;

/// <summary>What the node computes fits into its budgets of passes and of memory.</summary>
public sealed class BudgetTests(CountedScenarios scenarios)
{
    [Fact]
    public void The_node_stays_within_every_budget_and_allocates_nothing_while_it_computes()
    {
        ScenarioResult[] budgeted = [.. scenarios.All.Where(r => r.Budget > 0 || r.MemoryBudget > 0)];
        Assert.NotEmpty(budgeted);
        foreach (ScenarioResult result in budgeted)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{result.Name}: {result.Passes:N0} passes of {result.Budget:N0}, {result.WorkingBytes:N0} bytes of {result.MemoryBudget:N0}");
        }

        string[] failures = [.. budgeted.SelectMany(r => r.Failures())];
        Assert.True(failures.Length == 0, string.Join("\n", failures));
    }

    /// <summary>Independent of the weights: the record that was measured executes so many instructions a pass. Code with few jumps must not look cheaper than it is.</summary>
    [Theory]
    [InlineData("vibration 3 x 1,024")]
    [InlineData("vibration 3 x 4,096, velocity")]
    public void The_number_of_instructions_alone_fits_the_budget_too(string name)
    {
        ScenarioResult record = scenarios.Named("worked record, 3 x 1,024");
        double perPass = record.Opcodes / record.Measured;
        Assert.InRange(perPass, 8, 9);
        ScenarioResult result = scenarios.Named(name);
        Assert.InRange(result.Opcodes / perPass, 1, result.Budget);
    }

    [Fact]
    public void Every_feature_that_a_budget_is_for_was_computed()
    {
        Assert.All(scenarios.All.Where(r => r.Name.StartsWith("vibration ", StringComparison.Ordinal)), result => Assert.Equal("True", result.Returned));
    }

    [Fact]
    public void A_pass_too_many_is_told()
    {
        ScenarioResult result = scenarios.Named("known: ten turns") with { Budget = 13 };
        Assert.Equal("known: ten turns: 13 passes, 0 over the budget of 13", Assert.Single(result.Failures()));
        Assert.Empty((result with { Budget = 14 }).Failures());
    }

    [Fact]
    public void A_byte_too_many_is_told()
    {
        ScenarioResult result = scenarios.Named("known: a static table") with { MemoryBudget = 35 };
        Assert.Equal("known: a static table: 36 bytes of working memory, 1 over the budget of 35", Assert.Single(result.Failures()));
        Assert.Empty((result with { MemoryBudget = 36 }).Failures());
    }

    [Fact]
    public void An_allocation_while_running_is_told_by_its_place()
    {
        ScenarioResult result = scenarios.Named("known: allocations") with { MemoryBudget = 48_000 };
        string failure = Assert.Single(result.Failures());
        Assert.StartsWith("known: allocations: 132 bytes allocated while running: new Int32[] in KnownCounts.Allocations; ", failure);
    }
}
