using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Sensors.Mutants
{
    /// <summary>One change to one literal.</summary>
    /// <param name="Driver">The driver's name.</param>
    /// <param name="Literal">Index among the driver's literals.</param>
    /// <param name="Value">What is put in its place.</param>
    /// <param name="Text">Where, from what, to what.</param>
    internal sealed record Mutant(string Driver, int Literal, object Value, string Text);

    /// <summary>Makes mutated copies of the drivers' assembly. One thread at a time.</summary>
    internal sealed class MutantFactory
    {
        private readonly ModuleDefinition _module;
        private readonly Dictionary<string, List<Literal>> _literals = [];

        /// <summary>Reads the assembly.</summary>
        /// <param name="assembly">Path of the drivers' assembly.</param>
        /// <param name="only">Name of the one driver to mutate; null for every class whose constructor takes a register bus, shared bases too.</param>
        /// <exception cref="ArgumentException">There is no such driver.</exception>
        public MutantFactory(string assembly, string? only)
        {
            var resolver = new DefaultAssemblyResolver();
            resolver.AddSearchDirectory(Path.GetDirectoryName(assembly));
            _module = ModuleDefinition.ReadModule(assembly, new ReaderParameters { InMemory = true, AssemblyResolver = resolver });
            foreach (TypeDefinition type in _module.Types.Where(IsDriver).OrderBy(t => t.Name, StringComparer.Ordinal))
            {
                if (only == null || type.Name == only)
                {
                    _literals[type.Name] = Literals.Of(type);
                }
            }

            foreach (TypeDefinition type in _module.Types)
            {
                BoundLoops(type); // of all: what one type's mutant says may keep another's loop going
            }

            if (_literals.Count == 0)
            {
                throw new ArgumentException("There is no driver " + only + ".");
            }
        }

        /// <summary>Gets the names of the drivers, sorted.</summary>
        public IReadOnlyList<string> Drivers => _literals.Keys.Order(StringComparer.Ordinal).ToList();

        /// <summary>Gets whose tests judge a driver: its own first, and for a base that drivers share then those of all of them.</summary>
        public IReadOnlyList<string> JudgesOf(string driver) => _module.Types
            .Where(t => IsDriver(t) && BasesOf(t).Contains(driver))
            .Select(t => t.Name)
            .OrderBy(name => name != driver)
            .ThenBy(name => name, StringComparer.Ordinal)
            .ToList();

        public IEnumerable<Mutant> Mutants(string driver, int seed)
        {
            var random = new Random(seed);
            List<Literal> literals = _literals[driver];
            for (int i = 0; i < literals.Count; i++)
            {
                foreach (object value in literals[i].Mutations(random))
                {
                    string text = literals[i].Place + ": " + Literal.Text(literals[i].Value) + " -> " + Literal.Text(value);
                    yield return new Mutant(driver, i, value, text);
                }
            }
        }

        public byte[] Unchanged() => Write();

        public byte[] Make(Mutant mutant)
        {
            Literal literal = _literals[mutant.Driver][mutant.Literal];
            literal.Put(mutant.Value);
            byte[] image = Write();
            literal.Put(literal.Value);
            return image;
        }

        private static bool IsDriver(TypeDefinition type) =>
            type.Methods.Any(m => m.IsConstructor && m.Parameters.Count > 0 && m.Parameters[0].ParameterType.Name == "RegisterBus");

        private static IEnumerable<string> BasesOf(TypeDefinition type)
        {
            for (TypeReference? at = type; at is TypeDefinition own; at = own.BaseType)
            {
                yield return own.Name;
            }
        }

        private byte[] Write()
        {
            using var stream = new MemoryStream();
            _module.Write(stream);
            return stream.ToArray();
        }

        private void BoundLoops(TypeDefinition type)
        {
            MethodReference spend = _module.ImportReference(typeof(Budget).GetMethod(nameof(Budget.Spend)));
            foreach (MethodDefinition method in type.Methods.Where(m => m.HasBody))
            {
                ILProcessor il = method.Body.GetILProcessor();
                List<Instruction> code = method.Body.Instructions.ToList();
                foreach (Instruction jump in code.Where(j => j.OpCode.OperandType == OperandType.ShortInlineBrTarget))
                {
                    // A short jump spans 127 bytes; the calls put in may push its target out of reach. Br_S becomes Br, and so on.
                    jump.OpCode = (OpCode)typeof(OpCodes).GetField(jump.OpCode.Code.ToString()[..^2])!.GetValue(null)!;
                }

                for (int i = 0; i < code.Count; i++)
                {
                    // The call goes to where the jump lands, so that the stack is empty there as the compiler leaves it.
                    if (code[i].Operand is Instruction target && code.IndexOf(target) <= i)
                    {
                        Instruction call = il.Create(OpCodes.Call, spend);
                        il.InsertBefore(target, call);
                        foreach (Instruction jump in code.Where(j => j.Operand == target))
                        {
                            jump.Operand = call;
                        }
                    }
                }
            }

            foreach (TypeDefinition nested in type.NestedTypes)
            {
                BoundLoops(nested);
            }
        }
    }
}
