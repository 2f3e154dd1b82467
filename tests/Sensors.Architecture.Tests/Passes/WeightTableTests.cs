using System;
using System.IO;
using Mono.Cecil.Cil;
using Sensors.NetNano.Passes;

namespace Sensors.Architecture.Tests.Passes;

/// <summary>The committed weights are read strictly: nothing is counted as free because nobody wrote a row.</summary>
public sealed class WeightTableTests
{
    private const string Heading = "kind,names,passes,row,how\n";

    [Fact]
    public void Encodings_of_one_opcode_share_a_name()
    {
        Assert.Equal("ldloc", WeightTable.NameOf(OpCodes.Ldloc_S));
        Assert.Equal("ldloc", WeightTable.NameOf(OpCodes.Ldloc_3));
        Assert.Equal("ldloca", WeightTable.NameOf(OpCodes.Ldloca_S));
        Assert.Equal("ldc.i4", WeightTable.NameOf(OpCodes.Ldc_I4_M1));
        Assert.Equal("ldc.i8", WeightTable.NameOf(OpCodes.Ldc_I8));
        Assert.Equal("blt.un", WeightTable.NameOf(OpCodes.Blt_Un_S));
        Assert.Equal("conv", WeightTable.NameOf(OpCodes.Conv_R4));
        Assert.Equal("ldelem.r4", WeightTable.NameOf(OpCodes.Ldelem_R4));
    }

    [Fact]
    public void An_opcode_without_a_row_is_named()
    {
        InvalidOperationException missing = Assert.Throws<InvalidOperationException>(() => WeightTable.Committed.Opcode("arglist"));
        Assert.Equal("weights.csv has no weight for arglist; add a row, with a reason", missing.Message);
    }

    [Fact]
    public void A_member_without_a_row_costs_what_any_call_costs_and_says_so()
    {
        double weight = WeightTable.Committed.Library("System.Some::Thing", out bool assumed);
        Assert.True(assumed);
        Assert.Equal(WeightTable.Committed.Library("*", out _), weight);
        Assert.NotEqual(weight, WeightTable.Committed.Library("System.Math::Sin", out assumed));
        Assert.False(assumed);
    }

    [Theory]
    [InlineData("opcode,ldloc,0.05,row")]
    [InlineData("opcode,ldloc,cheap,row,how")]
    [InlineData("opcodes,ldloc,0.05,row,how")]
    [InlineData("opcode,ldloc,0.05,row,how\nopcode,stloc ldloc,0.1,row,how")]
    public void A_bad_row_is_refused(string rows)
    {
        FormatException refusal = Assert.Throws<FormatException>(() => WeightTable.Read(new StringReader(Heading + rows)));
        Assert.StartsWith("line ", refusal.Message);
    }

    [Fact]
    public void A_weight_may_be_read_from_any_table()
    {
        WeightTable table = WeightTable.Read(new StringReader(Heading + "opcode,ldloc stloc,0.5,row,\"how, and why\"\n"));
        Assert.Equal(0.5, table.Opcode("stloc"));
    }
}
