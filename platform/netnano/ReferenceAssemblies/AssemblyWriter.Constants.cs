using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Sensors.NetNano.ReferenceAssemblies;

/// <content>Constants: the value a written literal has in the type it is given to.</content>
internal sealed partial class AssemblyWriter
{
    private object? Constant(TypeListing context, int line, TypeName type, Literal literal)
    {
        string text = literal.Text;
        if (text == "null")
        {
            return null;
        }

        string kind = type.ArrayRanks > 0 ? "object" : type.Name;
        if (kind.Contains('.'))
        {
            TypeListing named = Resolve(context, type).Type;
            kind = named.Kind == TypeKind.Enum ? named.Bases[0].Name : kind;
        }

        try
        {
            CultureInfo culture = CultureInfo.InvariantCulture;
            return kind switch
            {
                "bool" => bool.Parse(text),
                "string" => Regex.Unescape(Unquoted(text)),
                "char" => Regex.Unescape(Unquoted(text))[0],
                "sbyte" => sbyte.Parse(text, culture),
                "byte" => byte.Parse(text, culture),
                "short" => short.Parse(text, culture),
                "ushort" => ushort.Parse(text, culture),
                "int" => int.Parse(text, culture),
                "uint" => uint.Parse(text, culture),
                "long" => long.Parse(text, culture),
                "ulong" => ulong.Parse(text, culture),
                "float" => float.Parse(text.TrimEnd('f'), culture),
                "double" => double.Parse(text.TrimEnd('d'), culture),
                _ => throw Error(context, line, $"a constant of type {type.Name} cannot be {text}"),
            };
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw Error(context, line, $"{text} is not a {kind}");
        }
    }

    private static string Unquoted(string text) =>
        text.Length >= 2 && text[0] is '"' or '\'' ? text[1..^1] : throw new FormatException();
}
