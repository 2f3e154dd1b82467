using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace Sensors.NetNano.Gate;

/// <summary>Reads <c>[SuppressMessage("Sensors", "RS0030", Justification = "...")]</c>, the one way to be excused from a rule.</summary>
internal static class Suppressions
{
    private const string Attribute = "System.Diagnostics.CodeAnalysis.SuppressMessageAttribute";

    /// <summary>Tells whether the member, or what it belongs to, is excused from the rule.</summary>
    public static bool Excuse(IMemberDefinition member, string rule) =>
        Around(member).SelectMany(On).Any(s => Names(s, rule));

    /// <summary>The suppressions written on something.</summary>
    public static IEnumerable<CustomAttribute> On(ICustomAttributeProvider provider) =>
        provider.CustomAttributes.Where(a => a.AttributeType.FullName == Attribute);

    /// <summary>The reason given; empty where there is none.</summary>
    public static string Justification(CustomAttribute suppression) =>
        suppression.Properties.Where(p => p.Name == "Justification").Select(p => p.Argument.Value as string).FirstOrDefault() ?? "";

    private static bool Names(CustomAttribute suppression, string rule)
    {
        string id = suppression.ConstructorArguments.Count == 2 ? (string)suppression.ConstructorArguments[1].Value : "";
        int colon = id.IndexOf(':', StringComparison.Ordinal);
        return (colon < 0 ? id : id[..colon]).Trim() == rule;
    }

    private static IEnumerable<ICustomAttributeProvider> Around(IMemberDefinition member)
    {
        yield return member;
        if (member is MethodDefinition method)
        {
            foreach (PropertyDefinition property in method.DeclaringType.Properties.Where(p => p.GetMethod == method || p.SetMethod == method))
            {
                yield return property;
            }
        }

        // A lambda or local function is the method <Name>b__0: what excuses Name excuses it.
        string? origin = OriginOf(member.Name);
        for (TypeDefinition? type = member.DeclaringType ?? member as TypeDefinition; type != null; type = type.DeclaringType)
        {
            yield return type;
            foreach (MethodDefinition named in type.Methods.Where(m => m.Name == origin))
            {
                yield return named;
            }
        }
    }

    private static string? OriginOf(string name)
    {
        int end = name.IndexOf('>', StringComparison.Ordinal);
        return name.StartsWith('<') && end > 1 ? name[1..end] : null;
    }
}
