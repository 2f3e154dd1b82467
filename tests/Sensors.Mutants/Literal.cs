using System;
using System.Collections.Generic;
using System.Globalization;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Sensors.Mutants
{
    /// <summary>A number in compiled code, and how to put another in its place.</summary>
    internal sealed class Literal
    {
        private readonly Action<object> _put;

        public Literal(string place, object value, LiteralKind kind, Action<object> put)
        {
            Place = place;
            Value = value;
            Kind = kind;
            _put = put;
        }

        /// <summary>Gets where it is: type, method, and which of the equal literals of that method.</summary>
        public string Place { get; }

        /// <summary>Gets the number: an int, long, float or double.</summary>
        public object Value { get; }

        /// <summary>Gets what it is used as.</summary>
        public LiteralKind Kind { get; }

        public void Put(object value) => _put(value);

        /// <summary>Lists what is put in its place: a flipped bit, one more, one less, nothing; equal results once.</summary>
        /// <param name="random">Chooses the bit.</param>
        public IReadOnlyList<object> Mutations(Random random)
        {
            object[] all = Value switch
            {
                int v when Kind == LiteralKind.Flag => [1 - v],
                int v when Kind == LiteralKind.Shift => [v ^ (1 << random.Next(5)), v + 1, v - 1, 0],
                int v => [v ^ (1 << random.Next(BitsOf(v))), v + 1, v - 1, 0],
                long v => [v ^ (1L << random.Next(BitsOf(v))), v + 1, v - 1, 0L],
                float v => [FlipUpperBit(v, random), v + 1, v - 1, 0f],
                double v => [(double)FlipUpperBit((float)v, random), v + 1, v - 1, 0d],
                _ => throw new NotSupportedException(Value.GetType().Name),
            };
            var different = new List<object>();
            foreach (object mutation in all)
            {
                if (!mutation.Equals(Value) && !different.Contains(mutation))
                {
                    different.Add(mutation);
                }
            }

            return different;
        }

        public static string Text(object value) => value switch
        {
            int v when v > 9 => v.ToString(CultureInfo.InvariantCulture) + " (" + v.ToString("X") + "h)",
            IFormattable v => v.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };

        // A register or mask is a byte, sometimes a word: flip a bit it could have.
        private static int BitsOf(long value) => value is >= 0 and < 256 ? 8 : value is >= -32768 and < 65536 ? 16 : 31;

        // The eight most significant bits behind the point: a change of 0.2 % and more.
        private static float FlipUpperBit(float value, Random random) =>
            BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(value) ^ (1 << (15 + random.Next(8))));
    }

    /// <summary>What a literal is used as.</summary>
    internal enum LiteralKind
    {
        /// <summary>A number.</summary>
        Number,

        /// <summary>A truth value, which has only one other.</summary>
        Flag,

        /// <summary>How far something is shifted; only five bits of it count.</summary>
        Shift,
    }

    /// <summary>Finds the literals of a driver: in its own type, the types nested in it, and its tables.</summary>
    internal static class Literals
    {
        public static List<Literal> Of(TypeDefinition driver)
        {
            var found = new List<Literal>();
            Collect(driver, found);
            return found;
        }

        private static void Collect(TypeDefinition type, List<Literal> found)
        {
            foreach (MethodDefinition method in type.Methods)
            {
                if (method.HasBody)
                {
                    Collect(method, found);
                }
            }

            foreach (TypeDefinition nested in type.NestedTypes)
            {
                Collect(nested, found);
            }
        }

        private static void Collect(MethodDefinition method, List<Literal> found)
        {
            var seen = new Dictionary<object, int>();
            foreach (Instruction instruction in method.Body.Instructions)
            {
                bool isTable = instruction.OpCode.Code == Code.Ldtoken && instruction.Operand is FieldReference;
                if (isTable && ((FieldReference)instruction.Operand).Resolve() is { InitialValue.Length: > 0 } table)
                {
                    CollectTable(method, instruction, table, found);
                }
                else if (ValueOf(instruction) is object value && !IsShiftMask(instruction))
                {
                    int nth = seen[value] = seen.GetValueOrDefault(value) + 1;
                    string place = method.DeclaringType.Name + "." + method.Name + " #" + nth;
                    OpCode code = instruction.OpCode;
                    object operand = instruction.Operand;
                    found.Add(new Literal(place, value, KindOf(method, instruction), put => Put(instruction, put, value, code, operand)));
                }
            }
        }

        private static void Put(Instruction instruction, object value, object original, OpCode code, object operand)
        {
            (instruction.OpCode, instruction.Operand) = value.Equals(original)
                ? (code, operand)
                : value switch
                {
                    int => (OpCodes.Ldc_I4, value),
                    long => (OpCodes.Ldc_I8, value),
                    float => (OpCodes.Ldc_R4, value),
                    _ => (OpCodes.Ldc_R8, value),
                };
        }

        private static void CollectTable(MethodDefinition method, Instruction token, FieldDefinition data, List<Literal> found)
        {
            string element = ((TypeReference)token.Previous.Previous.Operand).Name; // newarr, dup, ldtoken
            int size = element switch { "Byte" or "SByte" => 1, "Int16" or "UInt16" => 2, _ => 4 };
            byte[] original = data.InitialValue;
            for (int i = 0; i < original.Length / size; i++)
            {
                int at = i * size;
                int value = size switch
                {
                    1 => original[at],
                    2 => BitConverter.ToInt16(original, at),
                    _ => BitConverter.ToInt32(original, at),
                };
                found.Add(new Literal(
                    method.DeclaringType.Name + " table of " + (original.Length / size) + " " + element + " [" + i + "]",
                    value,
                    LiteralKind.Number,
                    put =>
                    {
                        byte[] changed = (byte[])original.Clone();
                        BitConverter.GetBytes((int)put).AsSpan(0, size).CopyTo(changed.AsSpan(at));
                        data.InitialValue = changed;
                    }));
            }
        }

        private static object? ValueOf(Instruction instruction) => instruction.OpCode.Code switch
        {
            Code.Ldc_I4_M1 => -1,
            >= Code.Ldc_I4_0 and <= Code.Ldc_I4_8 => instruction.OpCode.Code - Code.Ldc_I4_0,
            Code.Ldc_I4_S => (int)(sbyte)instruction.Operand,
            Code.Ldc_I4 or Code.Ldc_I8 or Code.Ldc_R4 or Code.Ldc_R8 => instruction.Operand,
            _ => null,
        };

        // The compiler's own: the CLR leaves it open what a shift by 32 and more does, so C# masks a shift that is computed.
        private static bool IsShiftMask(Instruction literal) =>
            Equals(ValueOf(literal), 31) && literal.Next?.OpCode.Code == Code.And && IsShift(literal.Next.Next);

        private static bool IsShift(Instruction? instruction) => instruction?.OpCode.Code is Code.Shl or Code.Shr or Code.Shr_Un;

        private static bool IsComparison(Instruction? instruction) =>
            instruction?.OpCode.Code is Code.Ceq or Code.Cgt or Code.Clt or Code.Cgt_Un or Code.Clt_Un;

        private static LiteralKind KindOf(MethodDefinition method, Instruction literal)
        {
            if (IsShift(literal.Next))
            {
                return LiteralKind.Shift;
            }

            if (literal.Next?.OpCode.Code == Code.Ceq && IsComparison(literal.Previous))
            {
                return LiteralKind.Flag; // a negated comparison
            }

            Instruction? user = literal.Next;
            while (user?.OpCode.Code is Code.Br or Code.Br_S)
            {
                user = (Instruction)user.Operand;
            }

            string? type = user?.OpCode.Code switch
            {
                Code.Ret => method.ReturnType.Name,
                Code.Stfld => ((FieldReference)user.Operand).FieldType.Name,
                Code.Stloc_0 => method.Body.Variables[0].VariableType.Name,
                Code.Stloc_1 => method.Body.Variables[1].VariableType.Name,
                Code.Stloc_2 => method.Body.Variables[2].VariableType.Name,
                Code.Stloc_3 => method.Body.Variables[3].VariableType.Name,
                Code.Stloc or Code.Stloc_S => ((VariableDefinition)user.Operand).VariableType.Name,
                Code.Call or Code.Callvirt when ((MethodReference)user.Operand).Parameters is { Count: > 0 } parameters =>
                    parameters[^1].ParameterType.Name,
                _ => null,
            };
            return type == "Boolean" ? LiteralKind.Flag : LiteralKind.Number;
        }
    }
}
