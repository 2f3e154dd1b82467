using System.Collections.Generic;

namespace Sensors.NetNano.ReferenceAssemblies;

/// <summary>What a listing says about one assembly.</summary>
internal sealed record AssemblyListing(string File, string Name, IReadOnlyList<string> References, IReadOnlyList<TypeListing> Types, byte[] Source);

internal enum TypeKind
{
    Class,
    Struct,
    Interface,
    Enum,
    Delegate,
}

/// <summary>One type block.</summary>
internal sealed record TypeListing
{
    public required string File { get; init; }
    public required int Line { get; init; }
    public required TypeKind Kind { get; init; }

    /// <summary>Namespace, enclosing types and name, with dots, without generic parameters.</summary>
    public required string FullName { get; init; }

    public required IReadOnlyList<string> GenericParameters { get; init; }
    public required IReadOnlySet<string> Modifiers { get; init; }
    public required IReadOnlyList<AttributeListing> Attributes { get; init; }

    /// <summary>Base class first, if there is one; for an enum its underlying type.</summary>
    public required IReadOnlyList<TypeName> Bases { get; init; }

    public List<MemberListing> Members { get; } = [];

    /// <summary>Name and arity as metadata writes it.</summary>
    public string MetadataName => GenericParameters.Count == 0 ? FullName : FullName + "`" + GenericParameters.Count;
}

internal enum MemberKind
{
    Field,
    Constructor,
    Property,
    Event,
    Method,
}

/// <summary>One member line.</summary>
internal sealed record MemberListing
{
    public required int Line { get; init; }
    public required MemberKind Kind { get; init; }

    /// <summary>"public", "protected" or "protected internal".</summary>
    public required string Access { get; init; }

    public required IReadOnlySet<string> Modifiers { get; init; }
    public required string Name { get; init; }

    /// <summary>Type of a field, property or event, return type of a method.</summary>
    public required TypeName Type { get; init; }

    public IReadOnlyList<ParameterListing> Parameters { get; init; } = [];
    public bool HasGetter { get; init; }
    public bool HasSetter { get; init; }
    public Literal? Value { get; init; }
    public bool IsObsolete { get; init; }
}

internal sealed record ParameterListing(string Name, TypeName Type, string Passing, Literal? Default);

/// <summary>An attribute in brackets: the number of an AttributeUsage, and its named arguments.</summary>
internal sealed record AttributeListing(string Name, int? Number, IReadOnlyList<KeyValuePair<string, bool>> Named);

/// <summary>A type as written: a C# keyword or a full name, its type arguments and its array ranks.</summary>
internal sealed record TypeName(string Name, IReadOnlyList<TypeName> Arguments, int ArrayRanks);

/// <summary>A constant as written; what it means depends on the type it is given to.</summary>
internal sealed record Literal(string Text);
