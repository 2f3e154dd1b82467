using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Sensors.NetNano.Passes;

namespace Sensors.Architecture.Tests.Passes;

/// <summary>The counter counts: figures found by hand.</summary>
public sealed class CounterTests(CountedScenarios scenarios)
{
    private const double Simple = 0.05;
    private const double Loop = 0.7;

    [Fact]
    public void Ten_turns_are_120_instructions()
    {
        // s and i set, and the jump to the condition: 5. Ten times 8 in the turn, 11 times 3 for the condition. s returned: 2.
        ScenarioResult result = scenarios.Named("known: ten turns");
        Assert.Equal(5 + (10 * 8) + (11 * 3) + 2, result.Opcodes);
        Assert.Equal((109 * Simple) + (11 * Loop), result.Passes, 1e-9);
        Assert.Equal("20", result.Returned);
    }

    [Fact]
    public void Switches_exceptions_and_filters_lead_where_they_did()
    {
        ScenarioResult result = scenarios.Named("known: jumps");
        Assert.Equal("1079", result.Returned);
        Assert.Equal(5, result.Methods.Single(m => m.Name == "KnownCounts.Chosen").Calls);
    }

    [Fact]
    public void Each_allocation_is_told_in_bytes_of_the_devices_heap()
    {
        ScenarioResult result = scenarios.Named("known: allocations");
        Assert.Equal(
            ["new Int32[] 48", "new Child 36", "box Int32 24", "literal 24"], result.Allocations.Select(a => FormattableString.Invariant($"{a.What} {a.Bytes}")));
        Assert.Equal(132, result.BytesWhileRunning);
        Assert.Equal(0, result.WorkingBytes);
    }

    [Fact]
    public void A_static_table_is_working_memory_and_its_making_costs_no_passes()
    {
        ScenarioResult result = scenarios.Named("known: a static table");
        Assert.Equal("8", result.Returned);
        Assert.Equal(4, result.Opcodes); // load the table, load 3, load the element, return it
        Assert.Equal(36, result.StaticBytes); // a head of 20 and 8 bytes, in blocks of 12
        Assert.Equal(36, result.WorkingBytes);
        Assert.Equal(0, result.BytesWhileRunning);
    }

    [Fact]
    public void Shares_add_up()
    {
        Assert.All(scenarios.All.Where(r => r.Group != "MicroRows"), result =>
        {
            Assert.Equal(result.Passes, result.Methods.Sum(m => m.Passes), 1e-6 * result.Passes);
            Assert.Equal(result.Opcodes, result.Methods.Sum(m => m.Opcodes));
            Assert.InRange(result.Lines.Sum(m => m.Opcodes), 1, result.Opcodes); // what the compiler adds has no line
        });
        ScenarioResult ten = scenarios.Named("known: ten turns");
        Assert.Equal(ten.Opcodes, ten.Lines.Sum(m => m.Opcodes));
    }

    [Fact]
    public void What_is_not_optimised_is_refused()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".dll");
        using (var assembly = AssemblyDefinition.CreateAssembly(new AssemblyNameDefinition("Lazy", new Version(1, 0)), "Lazy", ModuleKind.Dll))
        {
            var method = new MethodDefinition("Idle", MethodAttributes.Public | MethodAttributes.Static, assembly.MainModule.TypeSystem.Void);
            method.Body.Instructions.Add(Instruction.Create(OpCodes.Nop));
            method.Body.Instructions.Add(Instruction.Create(OpCodes.Ret));
            assembly.MainModule.Types[0].Methods.Add(method);
            assembly.Write(path);
        }

        try
        {
            InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(() => new ScenarioRunner([path], Repository.OfficialApi, WeightTable.Committed));
            Assert.StartsWith("Lazy was built without optimisation", refusal.Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_filter_chooses_by_group_or_name()
    {
        ScenarioRunner runner = CountedScenarios.Runner();
        Assert.Equal(["known: jumps"], runner.Run("KNOWN: J").Select(r => r.Name));
        Assert.Equal(4, runner.Run("knowncounts").Count);
        Assert.Empty(runner.Run("nothing is called that"));
    }

    [Fact]
    public void The_table_tells_every_scenario_and_the_methods_of_the_long_ones()
    {
        using var writer = new StringWriter();
        ResultTable.Write(scenarios.All, withLines: true, writer);
        string text = writer.ToString();
        Assert.All(scenarios.All, result => Assert.Contains("\n" + result.Name, text));
        Assert.Contains("WorkedRecord.Transform", text);
        Assert.Contains("WorkedRecord.cs:", text);
    }

    [Fact]
    public void Json_has_the_same_figures()
    {
        using var stream = new MemoryStream();
        ResultJson.Write(scenarios.All, stream);
        using JsonDocument document = JsonDocument.Parse(stream.ToArray());
        JsonElement ten = document.RootElement.EnumerateArray().Single(e => e.GetProperty("name").GetString() == "known: ten turns");
        Assert.Equal(120, ten.GetProperty("opcodes").GetInt64());
        Assert.Equal("KnownCounts.TenTurns", ten.GetProperty("methods")[0].GetProperty("name").GetString());
    }
}
