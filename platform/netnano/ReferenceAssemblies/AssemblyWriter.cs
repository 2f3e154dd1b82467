using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;

namespace Sensors.NetNano.ReferenceAssemblies;

/// <summary>Writes the metadata of one assembly: its types and members, with bodies that only throw.</summary>
/// <remarks>The same listing gives the same bytes: the module's identity is a hash of the listing.</remarks>
internal sealed partial class AssemblyWriter
{
    /// <summary>What the official assemblies carry, and what the compiler copies from the core library into its output.</summary>
    private const string RuntimeVersion = "v4.0.30319";

    private const string CoreLibrary = "mscorlib";

    private static readonly Version ReferenceVersion = new(1, 0, 0, 0);

    private readonly AssemblyListing _listing;
    private readonly TypeCatalog _catalog;
    private readonly MetadataBuilder _metadata = new();
    private readonly BlobBuilder _bodies = new();
    private readonly List<TypeListing> _types;
    private readonly Dictionary<string, TypeDefinitionHandle> _definitions = [];
    private readonly Dictionary<TypeListing, EntityHandle> _references = [];
    private readonly Dictionary<string, AssemblyReferenceHandle> _assemblies = [];
    private readonly int _throwNull;

    public AssemblyWriter(AssemblyListing listing, TypeCatalog catalog)
    {
        _listing = listing;
        _catalog = catalog;
        _types = listing.Types.Concat(CompilerMarks(listing)).OrderBy(t => EnclosingName(t)?.Count(c => c == '.') + 1 ?? 0).ToList();
        _throwNull = AddThrowNullBody();
    }

    public byte[] Write()
    {
        byte[] identity = SHA256.HashData(_listing.Source);
        _metadata.AddModule(0, Text(_listing.Name + ".dll"), _metadata.GetOrAddGuid(new Guid(identity.AsSpan(0, 16))), default, default);
        _metadata.AddAssembly(Text(_listing.Name), ReferenceVersion, default, default, default, AssemblyHashAlgorithm.Sha1);
        foreach (string name in _listing.References)
        {
            _assemblies.Add(name, _metadata.AddAssemblyReference(Text(name), ReferenceVersion, default, default, default, default));
        }

        _metadata.AddTypeDefinition(default, default, Text("<Module>"), default, NextField, NextMethod);
        for (int i = 0; i < _types.Count; i++)
        {
            _definitions.Add(_types[i].MetadataName, MetadataTokens.TypeDefinitionHandle(i + 2)); // row 1 is <Module>
        }

        foreach (TypeListing type in _types)
        {
            WriteType(type);
        }

        WriteAttributes();

        var image = new ManagedPEBuilder(
            PEHeaderBuilder.CreateLibraryHeader(),
            new MetadataRootBuilder(_metadata, RuntimeVersion),
            _bodies,
            deterministicIdProvider: _ => BlobContentId.FromHash(identity));
        var bytes = new BlobBuilder();
        image.Serialize(bytes);
        return bytes.ToArray();
    }

    private FieldDefinitionHandle NextField => MetadataTokens.FieldDefinitionHandle(_metadata.GetRowCount(TableIndex.Field) + 1);

    private MethodDefinitionHandle NextMethod => MetadataTokens.MethodDefinitionHandle(_metadata.GetRowCount(TableIndex.MethodDef) + 1);

    private StringHandle Text(string text) => _metadata.GetOrAddString(text);

    /// <summary>A ref struct is marked by an internal attribute, which the compiler puts into the assembly itself.</summary>
    private static IEnumerable<TypeListing> CompilerMarks(AssemblyListing listing)
    {
        if (!listing.Types.Any(t => t.Modifiers.Contains("ref")))
        {
            yield break;
        }

        var mark = new TypeListing
        {
            File = listing.File,
            Line = 1,
            Kind = TypeKind.Class,
            FullName = ByRefLikeAttribute,
            GenericParameters = [],
            Modifiers = new HashSet<string> { "sealed", "internal" },
            Attributes = [],
            Bases = [new TypeName("System.Attribute", [], 0)],
        };
        mark.Members.Add(new MemberListing
        {
            Line = 1,
            Kind = MemberKind.Constructor,
            Access = "public",
            Modifiers = new HashSet<string>(),
            Name = ".ctor",
            Type = new TypeName("void", [], 0),
        });
        yield return mark;
    }

    /// <summary>"Outer" of "Namespace.Outer.Nested": the part before the last dot, where that is a type too.</summary>
    private string? EnclosingName(TypeListing type)
    {
        int dot = type.FullName.LastIndexOf('.');
        string before = dot < 0 ? "" : type.FullName[..dot];
        return _catalog.IsListed(type.File, before) ? before : null;
    }

    private int AddThrowNullBody()
    {
        var encoder = new MethodBodyStreamEncoder(_bodies);
        var code = new InstructionEncoder(new BlobBuilder());
        code.OpCode(ILOpCode.Ldnull);
        code.OpCode(ILOpCode.Throw);
        return encoder.AddMethodBody(code);
    }
}
