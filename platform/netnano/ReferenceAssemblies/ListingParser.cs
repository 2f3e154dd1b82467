using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Sensors.NetNano.ReferenceAssemblies;

/// <summary>Turns a listing into its model. A line it does not know is an error, never skipped.</summary>
internal sealed class ListingParser
{
    private const string AssemblyHeader = "# assembly ";
    private const string ReferencesHeader = "# references";

    private readonly string _file;
    private readonly List<TypeListing> _types = [];
    private string? _name;
    private string[]? _references;
    private TypeListing? _type;

    private ListingParser(string file) => _file = file;

    public static AssemblyListing ParseFile(string path)
    {
        var parser = new ListingParser(path);
        string[] lines = File.ReadAllLines(path);
        for (int i = 0; i < lines.Length; i++)
        {
            parser.ParseLine(i + 1, lines[i].TrimEnd());
        }

        if (parser._name == null || parser._references == null)
        {
            throw new ListingException(path, 1, $"a listing starts with '{AssemblyHeader}<name>' and '{ReferencesHeader} <names>'");
        }

        return new AssemblyListing(path, parser._name, parser._references, parser._types, File.ReadAllBytes(path));
    }

    private void ParseLine(int number, string line)
    {
        if (line.StartsWith('#'))
        {
            ParseHeader(line);
        }
        else if (line.Length == 0)
        {
            _type = null;
        }
        else if (line[0] == ' ')
        {
            ParseMember(number, line);
        }
        else
        {
            _type = ParseType(number, new Scanner(_file, number, line));
            _types.Add(_type);
        }
    }

    private void ParseHeader(string line)
    {
        if (line.StartsWith(AssemblyHeader, StringComparison.Ordinal))
        {
            _name = line[AssemblyHeader.Length..].Split(' ')[0];
        }
        else if (line.StartsWith(ReferencesHeader, StringComparison.Ordinal))
        {
            _references = line[ReferencesHeader.Length..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        }
    }

    private TypeListing ParseType(int number, Scanner scanner)
    {
        var attributes = new List<AttributeListing>();
        var modifiers = new HashSet<string>();
        int before;
        do
        {
            before = attributes.Count + modifiers.Count;
            while (scanner.Take("["))
            {
                attributes.Add(ParseAttribute(scanner));
            }

            modifiers.UnionWith(scanner.TakeWords("abstract", "sealed", "static", "ref"));
        }
        while (attributes.Count + modifiers.Count > before);

        TypeKind kind = ParseKind(scanner);
        TypeName? returned = kind == TypeKind.Delegate ? scanner.TakeType() : null;
        string name = scanner.TakeName();
        string[] generic = ParseGenericParameters(scanner);
        IReadOnlyList<ParameterListing> parameters = kind == TypeKind.Delegate ? ParseParameters(scanner, "(", ")") : [];
        var bases = new List<TypeName>();
        if (scanner.Take(":"))
        {
            do
            {
                bases.Add(scanner.TakeType());
            }
            while (scanner.Take(","));
        }

        scanner.ExpectEnd();
        var type = new TypeListing
        {
            File = _file,
            Line = number,
            Kind = kind,
            FullName = name,
            GenericParameters = generic,
            Modifiers = modifiers,
            Attributes = attributes,
            Bases = bases,
        };
        if (returned != null)
        {
            type.Members.Add(new MemberListing
            {
                Line = number,
                Kind = MemberKind.Method,
                Access = "public",
                Modifiers = new HashSet<string>(),
                Name = "Invoke",
                Type = returned,
                Parameters = parameters,
            });
        }

        return type;
    }

    private static TypeKind ParseKind(Scanner scanner)
    {
        foreach (TypeKind kind in Enum.GetValues<TypeKind>())
        {
            if (scanner.TakeWord(kind.ToString().ToLowerInvariant()))
            {
                return kind;
            }
        }

        throw scanner.Error("expected class, struct, interface, enum or delegate");
    }

    private static string[] ParseGenericParameters(Scanner scanner)
    {
        var names = new List<string>();
        if (scanner.Take("<"))
        {
            do
            {
                names.Add(scanner.TakeName());
            }
            while (scanner.Take(","));
            scanner.Expect(">");
        }

        return names.ToArray();
    }

    private static AttributeListing ParseAttribute(Scanner scanner)
    {
        string name = scanner.TakeName();
        if (!new[] { "AttributeUsage", "Flags", "Obsolete" }.Contains(name))
        {
            throw scanner.Error($"attribute {name} is not known");
        }

        int? number = null;
        var named = new List<KeyValuePair<string, bool>>();
        if (scanner.Take("("))
        {
            number = int.Parse(scanner.TakeLiteral().Text);
            while (scanner.Take(","))
            {
                string argument = scanner.TakeName();
                scanner.Expect("=");
                named.Add(new(argument, bool.Parse(scanner.TakeLiteral().Text)));
            }

            scanner.Expect(")");
        }

        scanner.Expect("]");
        return new AttributeListing(name, number, named);
    }

    private void ParseMember(int number, string line)
    {
        var scanner = new Scanner(_file, number, line);
        if (_type == null || _type.Kind == TypeKind.Delegate)
        {
            throw scanner.Error("a member belongs to the type above it, and there is none");
        }

        MemberListing member = _type.Kind == TypeKind.Enum ? ParseEnumMember(number, scanner) : ParseOtherMember(number, scanner);
        scanner.ExpectEnd();
        _type.Members.Add(member);
    }

    private MemberListing ParseEnumMember(int number, Scanner scanner)
    {
        string name = scanner.TakeName();
        scanner.Expect("=");
        return new MemberListing
        {
            Line = number,
            Kind = MemberKind.Field,
            Access = "public",
            Modifiers = new HashSet<string> { "const" },
            Name = name,
            Type = new TypeName(_type!.FullName, [], 0),
            Value = scanner.TakeLiteral(),
        };
    }

    private MemberListing ParseOtherMember(int number, Scanner scanner)
    {
        MemberKind kind = scanner.TakeWord("field") ? MemberKind.Field
            : scanner.TakeWord("ctor") ? MemberKind.Constructor
            : scanner.TakeWord("property") ? MemberKind.Property
            : scanner.TakeWord("event") ? MemberKind.Event
            : scanner.TakeWord("method") ? MemberKind.Method
            : throw scanner.Error("expected field, ctor, property, event or method");
        string access = scanner.TakeWord("public") ? "public"
            : scanner.TakeWord("protected") ? (scanner.TakeWord("internal") ? "protected internal" : "protected")
            : throw scanner.Error("expected public or protected");
        HashSet<string> modifiers = scanner.TakeWords("static", "abstract", "virtual", "override", "sealed", "const", "readonly");
        bool constructor = kind == MemberKind.Constructor;
        TypeName type = constructor ? new TypeName("void", [], 0) : scanner.TakeType();
        string name = constructor ? ".ctor" : scanner.TakeName();
        IReadOnlyList<ParameterListing> parameters = kind switch
        {
            MemberKind.Constructor or MemberKind.Method => ParseParameters(scanner, "(", ")"),
            MemberKind.Property when name == "this" => ParseParameters(scanner, "[", "]"),
            _ => [],
        };
        Literal? value = kind == MemberKind.Field && scanner.Take("=") ? scanner.TakeLiteral() : null;
        if (kind == MemberKind.Field && modifiers.Contains("const") != (value != null))
        {
            throw scanner.Error("a constant has a value, another field has none");
        }

        bool get = false, set = false;
        if (kind == MemberKind.Property)
        {
            scanner.Expect("{");
            get = scanner.Take("get;");
            set = scanner.Take("set;");
            scanner.Expect("}");
        }

        return new MemberListing
        {
            Line = number,
            Kind = kind,
            Access = access,
            Modifiers = modifiers,
            Name = name,
            Type = type,
            Parameters = parameters,
            HasGetter = get,
            HasSetter = set,
            Value = value,
            IsObsolete = scanner.Take("[") && ParseAttribute(scanner).Name == "Obsolete",
        };
    }

    private static List<ParameterListing> ParseParameters(Scanner scanner, string open, string close)
    {
        var parameters = new List<ParameterListing>();
        scanner.Expect(open);
        if (scanner.Take(close))
        {
            return parameters;
        }

        do
        {
            string passing = scanner.TakeWord("ref") ? "ref" : scanner.TakeWord("out") ? "out" : scanner.TakeWord("params") ? "params" : "";
            TypeName type = scanner.TakeType();
            string name = scanner.TakeName();
            parameters.Add(new ParameterListing(name, type, passing, scanner.Take("=") ? scanner.TakeLiteral() : null));
        }
        while (scanner.Take(","));
        scanner.Expect(close);
        return parameters;
    }
}
