using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;
using MethodBody = Mono.Cecil.Cil.MethodBody;

namespace Sensors.NetNano.Passes;

/// <summary>Puts a counter in front of every basic block, and a note of its length in front of every array that is made.</summary>
internal sealed class Instrumenter(WeightTable weights, DeviceAssemblies assemblies)
{
    private readonly List<Block> _blocks = [];
    private readonly List<ArrayPlace> _arrays = [];

    /// <summary>Gets every block, by the number it counts under.</summary>
    public IReadOnlyList<Block> Blocks => _blocks;

    /// <summary>Gets every place that makes arrays, by its number.</summary>
    public IReadOnlyList<ArrayPlace> Arrays => _arrays;

    /// <summary>Changes all methods of a module.</summary>
    public void Instrument(ModuleDefinition module)
    {
        var runtime = new Runtime(module);
        foreach (MethodDefinition method in module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody).ToList())
        {
            Instrument(method, runtime);
        }
    }

    private void Instrument(MethodDefinition method, Runtime runtime)
    {
        MethodBody body = method.Body;
        body.SimplifyMacros(); // no jump is short then, however much is put in between
        List<Instruction> original = [.. body.Instructions];
        Dictionary<Instruction, string> lines = Lines(method, original);
        Dictionary<Instruction, CountedInstruction> counted = original.ToDictionary(i => i, i => Count(i, lines.GetValueOrDefault(i)));
        HashSet<Instruction> leaders = Leaders(body, original);
        var before = new Dictionary<Instruction, List<Instruction>>();
        List<CountedInstruction> current = [];
        foreach (Instruction instruction in original)
        {
            List<Instruction> added = [];
            if (leaders.Contains(instruction))
            {
                added.AddRange(runtime.CountBlock(_blocks.Count));
                current = [];
                bool entry = instruction == original[0];
                if (entry)
                {
                    AddStructs(body, current);
                }

                _blocks.Add(new Block(method, entry, current));
            }

            current.Add(counted[instruction]);
            if (instruction.OpCode.Code == Code.Newarr)
            {
                var element = (TypeReference)instruction.Operand;
                added.AddRange(runtime.CountArray(DeviceSizes.Element(element), _arrays.Count));
                _arrays.Add(new ArrayPlace(method, $"new {element.Name}[]"));
            }

            if (IsStatic(method) && instruction == original[0])
            {
                added.Insert(0, runtime.EnterStatic());
            }

            if (IsStatic(method) && instruction.OpCode.Code == Code.Ret)
            {
                added.Add(runtime.LeaveStatic());
            }

            if (added.Count > 0)
            {
                before.Add(instruction, added);
            }
        }

        Insert(body, before);
        body.OptimizeMacros();
    }

    private static bool IsStatic(MethodDefinition method) => method.IsConstructor && method.IsStatic;

    /// <summary>A local of a struct type is made on the heap each time the method is entered.</summary>
    private static void AddStructs(MethodBody body, List<CountedInstruction> block)
    {
        foreach (VariableDefinition local in body.Variables.Where(v => DeviceSizes.IsStruct(v.VariableType)))
        {
            block.Add(new CountedInstruction(0, null, null, false, DeviceSizes.Object(local.VariableType), $"local {local.VariableType.Name}", IsExecuted: false));
        }
    }

    /// <summary>Puts the added instructions in, and leads jumps to the first of them.</summary>
    private static void Insert(MethodBody body, Dictionary<Instruction, List<Instruction>> before)
    {
        List<Instruction> original = [.. body.Instructions];
        Instruction Moved(Instruction target) => before.TryGetValue(target, out List<Instruction>? added) ? added[0] : target;
        foreach (Instruction instruction in original)
        {
            instruction.Operand = instruction.Operand switch
            {
                Instruction target => Moved(target),
                Instruction[] targets => Array.ConvertAll(targets, Moved),
                object other => other,
                null => null,
            };
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            handler.TryStart = Moved(handler.TryStart);
            handler.TryEnd = Moved(handler.TryEnd);
            handler.HandlerStart = Moved(handler.HandlerStart);
            handler.HandlerEnd = handler.HandlerEnd == null ? null : Moved(handler.HandlerEnd);
            handler.FilterStart = handler.FilterStart == null ? null : Moved(handler.FilterStart);
        }

        body.Instructions.Clear();
        foreach (Instruction instruction in original)
        {
            foreach (Instruction added in before.GetValueOrDefault(instruction) ?? [])
            {
                body.Instructions.Add(added);
            }

            body.Instructions.Add(instruction);
        }
    }

    private static HashSet<Instruction> Leaders(MethodBody body, List<Instruction> instructions)
    {
        HashSet<Instruction> leaders = [instructions[0]];
        foreach (Instruction instruction in instructions)
        {
            if (instruction.Operand is Instruction target)
            {
                leaders.Add(target);
            }
            else if (instruction.Operand is Instruction[] targets)
            {
                leaders.UnionWith(targets);
            }

            if (instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw && instruction.Next != null)
            {
                leaders.Add(instruction.Next);
            }
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            leaders.UnionWith(new[] { handler.TryStart, handler.TryEnd, handler.HandlerStart, handler.HandlerEnd, handler.FilterStart }.Where(i => i != null));
        }

        return leaders;
    }

    /// <summary>The source line of each instruction: that of the last sequence point before it.</summary>
    private static Dictionary<Instruction, string> Lines(MethodDefinition method, List<Instruction> instructions)
    {
        Dictionary<Instruction, string> lines = [];
        string? line = null;
        foreach (Instruction instruction in instructions)
        {
            if (method.DebugInformation.GetSequencePoint(instruction) is { IsHidden: false } point)
            {
                line = string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(point.Document.Url.Replace('\\', '/'))}:{point.StartLine}");
            }

            if (line != null)
            {
                lines.Add(instruction, line);
            }
        }

        return lines;
    }

    private CountedInstruction Count(Instruction instruction, string? line)
    {
        string? library = null;
        bool assumed = false;
        double passes = instruction.Operand switch
        {
            Instruction target when target.Offset <= instruction.Offset => weights.Opcode("loop"),
            MethodReference called when instruction.OpCode.FlowControl == FlowControl.Call => Call(instruction, called, out library, out assumed),
            _ => weights.Opcode(WeightTable.NameOf(instruction.OpCode)),
        };
        (int bytes, string? made) = instruction.OpCode.Code switch
        {
            Code.Newobj => (DeviceSizes.Object(((MethodReference)instruction.Operand).DeclaringType), "new " + ((MethodReference)instruction.Operand).DeclaringType.Name),
            Code.Box => (DeviceSizes.Boxed, "box " + ((TypeReference)instruction.Operand).Name),
            Code.Ldstr => (DeviceSizes.Boxed, "literal"),
            _ => (0, null),
        };
        return new CountedInstruction(passes, line, library, assumed, bytes, made);
    }

    private double Call(Instruction instruction, MethodReference method, out string? library, out bool assumed)
    {
        library = null;
        assumed = false;
        if (instruction.OpCode.Code == Code.Newobj)
        {
            return weights.Opcode("newobj");
        }

        MethodDefinition? definition = method.Resolve();
        if (definition == null || !assemblies.Names.Contains(definition.Module.Assembly.Name.Name))
        {
            library = $"{method.DeclaringType.FullName}::{method.Name}";
            return weights.Library(library, out assumed);
        }

        bool isVirtual = instruction.OpCode.Code == Code.Callvirt && definition.IsVirtual;
        string kind = !method.HasThis ? "call.static" : isVirtual && definition.DeclaringType.IsInterface ? "call.interface" : isVirtual ? "call.virtual" : "call.instance";
        return weights.Opcode(kind);
    }

    /// <summary>The calls that are put into one module.</summary>
    private sealed class Runtime(ModuleDefinition module)
    {
        private readonly FieldReference _blocks = module.ImportReference(typeof(Counters).GetField(nameof(Counters.Blocks)));
        private readonly MethodReference _makeArray = Import(module, nameof(Counters.MakeArray));
        private readonly MethodReference _enterStatic = Import(module, nameof(Counters.EnterStatic));
        private readonly MethodReference _leaveStatic = Import(module, nameof(Counters.LeaveStatic));

        public IEnumerable<Instruction> CountBlock(int number) =>
        [
            Instruction.Create(OpCodes.Ldsfld, _blocks),
            Instruction.Create(OpCodes.Ldc_I4, number),
            Instruction.Create(OpCodes.Ldsfld, _blocks),
            Instruction.Create(OpCodes.Ldc_I4, number),
            Instruction.Create(OpCodes.Ldelem_I8),
            Instruction.Create(OpCodes.Ldc_I4_1),
            Instruction.Create(OpCodes.Conv_I8),
            Instruction.Create(OpCodes.Add),
            Instruction.Create(OpCodes.Stelem_I8),
        ];

        public IEnumerable<Instruction> CountArray(int elementSize, int place) =>
        [
            Instruction.Create(OpCodes.Dup),
            Instruction.Create(OpCodes.Ldc_I4, elementSize),
            Instruction.Create(OpCodes.Ldc_I4, place),
            Instruction.Create(OpCodes.Call, _makeArray),
        ];

        public Instruction EnterStatic() => Instruction.Create(OpCodes.Call, _enterStatic);

        public Instruction LeaveStatic() => Instruction.Create(OpCodes.Call, _leaveStatic);

        private static MethodReference Import(ModuleDefinition module, string name) =>
            module.ImportReference(typeof(Counters).GetMethod(name, BindingFlags.Public | BindingFlags.Static));
    }
}
