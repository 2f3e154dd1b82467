using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Mono.Cecil;
using Sensors.Tests.Shared;

namespace Sensors.Architecture.Tests.Listings;

/// <summary>Writes the visible API of an assembly in the form of a listing, from metadata alone.</summary>
internal static class ListingPrinter
{
    public static IEnumerable<string> Lines(ModuleDefinition module) =>
        module.GetTypes().Where(t => t.IsPublic || t.IsNestedPublic).SelectMany(Lines);

    private static IEnumerable<string> Lines(TypeDefinition type)
    {
        string name = type.FullName.Replace('/', '.').Split('`')[0] + Generic(type);
        if (type.BaseType?.FullName == "System.MulticastDelegate")
        {
            MethodDefinition invoke = type.Methods.Single(m => m.Name == "Invoke");
            return [$"{name} | delegate {Name(invoke.ReturnType)} {name}({Parameters(invoke)})"];
        }

        if (type.IsEnum)
        {
            string underlying = Name(type.Fields.Single(f => f.Name == "value__").FieldType);
            return type.Fields.Where(f => f.IsLiteral)
                .Select(f => $"{name} |   {f.Name} = {Literal(f.Constant)}")
                .Prepend($"{name} | {Attributes(type)}enum {name} : {underlying}");
        }

        string kind = type.IsInterface ? "interface"
            : type.IsValueType ? "struct"
            : type.IsAbstract && type.IsSealed ? "static class"
            : type.IsAbstract ? "abstract class"
            : type.IsSealed ? "sealed class" : "class";
        bool byRef = type.CustomAttributes.Any(a => a.AttributeType.Name == "IsByRefLikeAttribute");
        string[] implied = ["System.Object", "System.ValueType", "System.Enum"];
        bool shows = type.BaseType != null && (!implied.Contains(type.BaseType.FullName) || (type.FullName == "System.Enum"));
        IEnumerable<string> bases = type.Interfaces.Select(i => Name(i.InterfaceType)).Concat(shows ? [Name(type.BaseType!)] : []).Order(StringComparer.Ordinal);
        string header = byRef ? $"ref [Obsolete] {kind} {name}" : $"{Attributes(type)}{kind} {name}";
        header += bases.Any() ? " : " + string.Join(", ", bases) : "";
        return Members(type).Select(line => $"{name} |   {line}").Prepend($"{name} | {header}");
    }

    private static IEnumerable<string> Members(TypeDefinition type)
    {
        foreach (FieldDefinition field in type.Fields.Where(f => f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly))
        {
            string modifiers = field.IsLiteral ? "const " : (field.IsStatic ? "static " : "") + (field.IsInitOnly ? "readonly " : "");
            string value = field.IsLiteral ? " = " + Literal(field.Constant) : "";
            yield return $"field {(field.IsPublic ? "public" : "protected")} {modifiers}{Name(field.FieldType)} {field.Name}{value}";
        }

        foreach (MethodDefinition method in type.Methods.Where(m => m.SemanticsAttributes == MethodSemanticsAttributes.None))
        {
            yield return method.IsConstructor
                ? $"ctor {Access(method)} ({Parameters(method)})"
                : $"method {Access(method)} {Modifiers(method)}{Name(method.ReturnType)} {method.Name}({Parameters(method)}){Obsolete(method)}";
        }

        foreach (PropertyDefinition property in type.Properties)
        {
            MethodDefinition accessor = property.GetMethod ?? property.SetMethod!;
            string name = property.HasParameters ? $"this[{Parameters(property.GetMethod!)}]" : property.Name;
            string accessors = (property.GetMethod != null ? "get; " : "") + (property.SetMethod != null ? "set; " : "");
            yield return $"property {Access(accessor)} {Modifiers(accessor)}{Name(property.PropertyType)} {name} {{ {accessors}}}";
        }

        foreach (EventDefinition e in type.Events)
        {
            yield return $"event {Access(e.AddMethod)} {Modifiers(e.AddMethod)}{Name(e.EventType)} {e.Name}";
        }
    }

    private static string Attributes(TypeDefinition type)
    {
        string text = "";
        foreach (CustomAttribute attribute in type.CustomAttributes.Where(a => a.AttributeType.Name is "AttributeUsageAttribute" or "FlagsAttribute"))
        {
            IEnumerable<string> arguments = attribute.ConstructorArguments.Select(a => a.Value.ToString()!)
                .Concat(attribute.Properties.Select(p => $"{p.Name} = {Literal(p.Argument.Value)}"));
            string inside = string.Join(", ", arguments);
            text += $"[{attribute.AttributeType.Name[..^"Attribute".Length]}{(inside.Length > 0 ? $"({inside})" : "")}] ";
        }

        return text;
    }

    private static string Access(MethodDefinition method) => method.IsPublic ? "public" : method.IsFamily ? "protected" : "protected internal";

    private static string Modifiers(MethodDefinition method) => method.DeclaringType.IsInterface ? ""
        : method.IsStatic ? "static "
        : method.IsAbstract ? "abstract "
        : !method.IsVirtual ? ""
        : method.IsNewSlot ? "virtual " : "override ";

    private static string Obsolete(MethodDefinition method) => method.CustomAttributes.Any(a => a.AttributeType.Name == "ObsoleteAttribute") ? "  [Obsolete]" : "";

    private static string Parameters(MethodDefinition method) => string.Join(", ", method.Parameters.Select(p =>
        (p.CustomAttributes.Any(a => a.AttributeType.Name == "ParamArrayAttribute") ? "params " : p.IsOut ? "out " : p.ParameterType.IsByReference ? "ref " : "")
        + $"{Name(p.ParameterType)} {p.Name}" + (p.HasConstant ? " = " + Literal(p.Constant) : "")));

    private static string Generic(TypeDefinition type) =>
        type.HasGenericParameters ? $"<{string.Join(",", type.GenericParameters.Select(p => p.Name))}>" : "";

    private static string Name(TypeReference type) => type switch
    {
        ByReferenceType reference => Name(reference.ElementType),
        ArrayType array => Name(array.ElementType) + "[]",
        _ => Keywords.OfTypes.GetValueOrDefault(type.FullName, type.FullName.Replace('/', '.')),
    };

    private static string Literal(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        string text => $"\"{text}\"",
        char c => $"'\\u{(int)c:x4}'",
        double number => number.ToString(CultureInfo.InvariantCulture) + "d",
        float number => number.ToString(CultureInfo.InvariantCulture) + "f",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
