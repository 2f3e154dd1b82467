using System.Linq;
using Mono.Cecil;

namespace Sensors.NetNano.Gate;

/// <summary>Writes the documentation id of a member, as the compiler's XML documentation has it.</summary>
public static class DocumentationId
{
    /// <summary>Writes the id of a type.</summary>
    /// <param name="type">The type.</param>
    /// <returns>Such as <c>T:System.GC</c>.</returns>
    public static string Of(TypeReference type) => "T:" + Name(type);

    /// <summary>Writes the id of a field.</summary>
    /// <param name="field">The field.</param>
    /// <returns>Such as <c>F:System.Math.PI</c>.</returns>
    public static string Of(FieldReference field) => $"F:{Name(field.DeclaringType)}.{field.Name}";

    /// <summary>Writes the id of a method.</summary>
    /// <param name="method">The method.</param>
    /// <returns>Such as <c>M:System.Threading.Thread.Sleep(System.Int32)</c>.</returns>
    public static string Of(MethodReference method)
    {
        string name = method.Name.Replace('.', '#');
        string id = $"M:{Name(method.DeclaringType)}.{name}";
        return method.HasParameters ? $"{id}({string.Join(",", method.Parameters.Select(p => Name(p.ParameterType)))})" : id;
    }

    /// <summary>Writes the id of the property that a method belongs to.</summary>
    /// <param name="method">A method, perhaps an accessor.</param>
    /// <returns>Such as <c>P:System.DateTime.UtcNow</c>; null where the method's name is not an accessor's.</returns>
    public static string? OfProperty(MethodReference method) =>
        method.Name.StartsWith("get_", System.StringComparison.Ordinal) || method.Name.StartsWith("set_", System.StringComparison.Ordinal)
            ? $"P:{Name(method.DeclaringType)}.{method.Name[4..]}"
            : null;

    private static string Name(TypeReference type) => type switch
    {
        ByReferenceType reference => Name(reference.ElementType) + "@",
        ArrayType array => Name(array.ElementType) + "[]",
        GenericInstanceType generic =>
            Name(generic.ElementType).Split('`')[0] + "{" + string.Join(",", generic.GenericArguments.Select(Name)) + "}",
        IModifierType modified => Name(modified.ElementType),
        _ => type.FullName.Replace('/', '.'),
    };
}
