using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Sensors.NetNano.Gate;

namespace Sensors.Architecture.Tests.Gate;

/// <summary>Rules whose bad sample the compiler does not make for the device.</summary>
public sealed class MadeSampleTests
{
    [Fact]
    public void A_type_that_the_official_assembly_lacks_is_refused()
    {
        Only("NANO101", MadeSamples.Check(m => m.AddType("Bad").AddMethod("Run", MethodAttributes.Static, Call(m.Method("System.Buffer", "BlockCopy")))));
    }

    [Fact]
    public void A_member_is_looked_up_by_its_signature()
    {
        Only("NANO101", MadeSamples.Check(m => AddGc(m, m.Method("System.Console", "WriteLine", m.TypeSystem.Int32))));
        Assert.Empty(MadeSamples.Check(m => AddGc(m, m.Method("System.Console", "WriteLine"))));

        static void AddGc(ModuleDefinition module, MethodReference called)
        {
            var body = new List<Instruction>();
            body.AddRange(called.Parameters.Select(_ => Instruction.Create(OpCodes.Ldc_I4_0)));
            body.Add(Call(called));
            module.AddType("Sample").AddMethod("Run", MethodAttributes.Static, body.ToArray());
        }
    }

    [Fact]
    public void An_assembly_that_the_device_does_not_have_is_refused()
    {
        Only("NANO101", MadeSamples.Check(m =>
        {
            var other = new AssemblyNameReference("System.Linq", new Version(1, 0));
            m.AssemblyReferences.Add(other);
            m.AddType("Bad").Fields.Add(new FieldDefinition("list", FieldAttributes.Private, new TypeReference("System.Linq", "Enumerable", m, other)));
        }));
    }

    [Fact]
    public void A_finalizer_is_refused()
    {
        Only("NANO107", MadeSamples.Check(m => m.AddType("Bad").AddMethod("Finalize", MethodAttributes.Virtual)));
        Assert.Empty(MadeSamples.Check(m => m.AddType("Good").AddMethod("Close", MethodAttributes.Virtual)));
    }

    [Fact]
    public void An_iterator_is_refused()
    {
        Only("NANO108", MadeSamples.Check(m => m.AddType("Bad").NestedTypes.Add(Nested("<Items>d__0", m))));
        Assert.Empty(MadeSamples.Check(m => m.AddType("Good").NestedTypes.Add(Nested("<>c__DisplayClass0_0", m))));
    }

    [Fact]
    public void A_volatile_field_is_refused()
    {
        IReadOnlyList<Finding> findings = MadeSamples.Check(m =>
        {
            var mark = new TypeReference("System.Runtime.CompilerServices", "IsVolatile", m, m.TypeSystem.CoreLibrary);
            m.AddType("Bad").Fields.Add(new FieldDefinition("flag", FieldAttributes.Private, new RequiredModifierType(mark, m.TypeSystem.Boolean)));
        });
        Assert.Contains(findings, f => f.Rule == "NANO111");
        Assert.All(findings, f => Assert.True(f.Rule is "NANO111" or "NANO101", f.ToString())); // the device lacks the mark's type too
    }

    [Theory]
    [InlineData(MethodAttributes.Static)]
    [InlineData(MethodAttributes.Virtual | MethodAttributes.NewSlot)]
    [InlineData(MethodAttributes.Final)]
    public void A_type_with_256_methods_of_a_kind_is_refused(MethodAttributes kind)
    {
        Only("NANO112", MadeSamples.Check(m => AddMethods(m.AddType("Bad"), 256)));
        Assert.Empty(MadeSamples.Check(m => AddMethods(m.AddType("Good"), 255)));

        void AddMethods(TypeDefinition type, int count)
        {
            for (int i = 0; i < count; i++)
            {
                type.AddMethod("M" + i, kind);
            }
        }
    }

    [Fact]
    public void More_than_64_KiB_of_code_are_refused()
    {
        Only("NANO112", MadeSamples.Check(m => m.AddType("Bad").AddMethod("Run", MethodAttributes.Static, Nops(65535))));
        Assert.Empty(MadeSamples.Check(m => m.AddType("Good").AddMethod("Run", MethodAttributes.Static, Nops(65534))));

        static Instruction[] Nops(int count) => Enumerable.Range(0, count).Select(_ => Instruction.Create(OpCodes.Nop)).ToArray();
    }

    [Fact]
    public void More_than_64_KiB_of_strings_are_refused()
    {
        Only("NANO112", MadeSamples.Check(m => AddText(m, 65536)));
        Assert.Empty(MadeSamples.Check(m => AddText(m, 60000)));

        static void AddText(ModuleDefinition module, int length) =>
            module.AddType("Sample").AddMethod(
                "Run", MethodAttributes.Static, Instruction.Create(OpCodes.Ldstr, new string('a', length)), Instruction.Create(OpCodes.Pop));
    }

    private static Instruction Call(MethodReference method) => Instruction.Create(OpCodes.Call, method);

    private static TypeDefinition Nested(string name, ModuleDefinition module) =>
        new("", name, TypeAttributes.NestedPrivate | TypeAttributes.Class, module.TypeSystem.Object);

    private static void Only(string rule, IReadOnlyList<Finding> findings)
    {
        Assert.NotEmpty(findings);
        Assert.All(findings, f => Assert.Equal(rule, f.Rule));
    }
}
