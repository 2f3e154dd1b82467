using System.Linq;
using Mono.Cecil;

namespace Sensors.NetNano.Passes;

/// <summary>How many bytes of the device's heap things take: whole blocks of 12 bytes.</summary>
internal static class DeviceSizes
{
    /// <summary>A heap block on a 32-bit CPU; an object is one, and one more per field.</summary>
    private const int Block = 12;

    /// <summary>In front of an array's elements: a block, the length, and what the elements are.</summary>
    private const int ArrayHead = 20;

    public static long Array(int length, int elementSize) => (ArrayHead + ((long)length * elementSize) + Block - 1) / Block * Block;

    /// <summary>An element of a primitive type is packed; a reference or a struct is a block.</summary>
    public static int Element(TypeReference type) => type.MetadataType switch
    {
        MetadataType.Boolean or MetadataType.SByte or MetadataType.Byte => 1,
        MetadataType.Char or MetadataType.Int16 or MetadataType.UInt16 => 2,
        MetadataType.Int32 or MetadataType.UInt32 or MetadataType.Single => 4,
        MetadataType.Int64 or MetadataType.UInt64 or MetadataType.Double => 8,
        MetadataType.ValueType when type.Resolve() is { IsEnum: true } definition => Element(definition.Fields.First(f => !f.IsStatic).FieldType),
        _ => Block,
    };

    /// <summary>An object, its base classes' fields included.</summary>
    public static int Object(TypeReference type)
    {
        int blocks = 1;
        for (TypeDefinition? at = type.Resolve(); at != null; at = at.BaseType?.Resolve())
        {
            blocks += at.Fields.Count(field => !field.IsStatic);
        }

        return blocks * Block;
    }

    /// <summary>A boxed value, or the string object that a literal becomes: a block that refers to the value, and the value.</summary>
    public const int Boxed = 2 * Block;

    /// <summary>Tells whether a local of this type is an object on the device's heap: structs are, but for those that the CLR keeps as plain numbers.</summary>
    public static bool IsStruct(TypeReference type) =>
        type.MetadataType == MetadataType.ValueType && type.FullName is not ("System.DateTime" or "System.TimeSpan") && type.Resolve() is { IsEnum: false };
}
