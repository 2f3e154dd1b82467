using System;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Sensors.AllowedConstructs;

namespace Sensors.Architecture.Tests.Gate;

/// <summary>The library of allowed constructs does what it says, and is compiled the way the device needs.</summary>
public sealed class AllowedConstructsTests
{
    [Fact]
    public void Loops_work()
    {
        Assert.Equal(6, Loops.SumOfArray([1, 2, 3]));
        Assert.Equal(2, Loops.CountInText("abcb", 'b'));
        Assert.Equal(10, Loops.SumOfJagged([[1, 2], [3], [4]]));
        Assert.Equal([2, 4], Loops.DoubleInPlace([1, 2]));
        Assert.Equal(3, Loops.Total(1, 2));
    }

    [Fact]
    public void Choices_work()
    {
        Assert.Equal(2, Choices.FewTexts("two"));
        Assert.Equal(8, Choices.ManyTexts("eight"));
        Assert.Equal(-1, Choices.ManyTexts("nine"));
        Assert.Equal(["none", "few", "some", "many"], new[] { 0, 2, 9, 10 }.Select(Choices.Expression));
        Assert.Equal(2, Choices.WithoutDefault(Gear.High));
        Assert.ThrowsAny<InvalidOperationException>(() => Choices.WithoutDefault((Gear)9));
        Assert.True(Choices.IsText("abc", out int length));
        Assert.Equal(3, length);
        Assert.True(Choices.IsText(5, out _));
        Assert.False(Choices.IsText("", out _));
        Assert.True(Choices.Has(Gear.Low | Gear.High, Gear.High));
    }

    [Fact]
    public void Calls_work()
    {
        Assert.Equal(6, Calls.Lambda(3));
        Assert.Equal(7, Calls.Closure(3, 4));
        Assert.Equal(13, Calls.LocalFunction(2));
        Assert.Equal(42, Calls.OnAnotherThread());

        var calls = new Calls();
        int raised = 0;
        EventHandler handler = (_, _) => raised++;
        calls.Counted += handler;
        calls.Step();
        calls.Counted -= handler;
        calls.Step();
        Assert.Equal(1, raised);
        Assert.Equal(3, calls.StepAtomically());
        Assert.Equal(3, calls.Count);
    }

    [Fact]
    public void Errors_work()
    {
        Assert.Equal("large", Errors.Filtered(11));
        Assert.Equal("small", Errors.Filtered(10));
        Assert.Equal(1, Errors.Released());
        Assert.Equal("b", Errors.OrDefault(null!, "b"));
        Assert.Throws<ArgumentNullException>(() => Errors.OrDefault(null!, null!));
    }

    [Fact]
    public void Texts_work()
    {
        Assert.Equal("a12-True", Texts.Concatenated("a", 1, 2, '-', true));
        Assert.Equal("ab3de", Texts.Long("a", "b", 3, "d", "e"));
        Assert.Equal("0x0A", Texts.Hex(10));
        Assert.Equal("1,2,", Texts.Built(1, 3));
        Assert.Equal("Ba1", Texts.Parts("a, b"));
        Assert.True(Texts.TryNumber("-7", out int number));
        Assert.Equal(-7, number);
        Assert.False(Texts.TryNumber("x", out _));
    }

    [Fact]
    public void Values_work()
    {
        Assert.Equal(15, Values.SumOfPairs());
        Assert.Equal("n100", Values.Initialised());
        Assert.Equal(7 - 56 - 25536, Values.Casts(7.9));
        Assert.Equal(6, Values.FloatBits(1.5f));
        Assert.Equal(14000003311.75, Tables.SumOfAll());
        Assert.Equal(30, Tables.Local(2));
    }

    [Fact]
    public void Tables_are_data()
    {
        using ModuleDefinition module = Read();
        MethodDefinition initialiser = module.GetType("Sensors.AllowedConstructs.Tables").Methods.Single(m => m.IsConstructor && m.IsStatic);
        int copied = initialiser.Body.Instructions.Count(i => i.OpCode.Code == Code.Ldtoken && ((FieldReference)i.Operand).Resolve().InitialValue.Length > 0);
        Assert.Equal(8, copied); // all tables but the one with two elements
        Assert.Equal(2, initialiser.Body.Instructions.Count(i => i.OpCode.Code == Code.Stelem_I1));
    }

    [Fact]
    public void Numbers_in_a_text_are_not_boxed()
    {
        using ModuleDefinition module = Read();
        Assert.DoesNotContain(
            module.GetType("Sensors.AllowedConstructs.Texts").Methods.SelectMany(m => m.Body.Instructions), i => i.OpCode.Code == Code.Box);
    }

    [Fact]
    public void An_event_needs_no_generic_exchange()
    {
        using ModuleDefinition module = Read();
        MethodDefinition add = module.GetType("Sensors.AllowedConstructs.Calls").Methods.Single(m => m.Name == "add_Counted");
        Assert.True(add.IsSynchronized);
    }

    private static ModuleDefinition Read() => ModuleDefinition.ReadModule(Repository.DeviceAssembly("Sensors.AllowedConstructs"));
}
