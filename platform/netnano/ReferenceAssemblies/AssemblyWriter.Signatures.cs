using System.Collections.Generic;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Sensors.NetNano.ReferenceAssemblies;

/// <content>Signatures, and how a written type name becomes a handle.</content>
internal sealed partial class AssemblyWriter
{
    /// <summary>Struct of the core library to the keyword whose signature element stands for it.</summary>
    private static readonly Dictionary<string, string> Primitives = new()
    {
        ["System.Boolean"] = "bool",
        ["System.Byte"] = "byte",
        ["System.SByte"] = "sbyte",
        ["System.Char"] = "char",
        ["System.Int16"] = "short",
        ["System.UInt16"] = "ushort",
        ["System.Int32"] = "int",
        ["System.UInt32"] = "uint",
        ["System.Int64"] = "long",
        ["System.UInt64"] = "ulong",
        ["System.Single"] = "float",
        ["System.Double"] = "double",
        ["System.IntPtr"] = "System.IntPtr",
        ["System.UIntPtr"] = "System.UIntPtr",
    };

    private BlobHandle MethodSignature(TypeListing context, bool instance, TypeName returned, IReadOnlyList<ParameterListing> parameters)
    {
        var blob = new BlobBuilder();
        new BlobEncoder(blob).MethodSignature(isInstanceMethod: instance).Parameters(
            parameters.Count,
            encoder =>
            {
                if (returned.Name == "void" && returned.ArrayRanks == 0)
                {
                    encoder.Void();
                }
                else
                {
                    Encode(context, encoder.Type(), returned);
                }
            },
            encoder => EncodeParameters(context, encoder, parameters));
        return _metadata.GetOrAddBlob(blob);
    }

    private void EncodeParameters(TypeListing context, ParametersEncoder encoder, IReadOnlyList<ParameterListing> parameters)
    {
        foreach (ParameterListing parameter in parameters)
        {
            Encode(context, encoder.AddParameter().Type(isByRef: parameter.Passing is "ref" or "out"), parameter.Type);
        }
    }

    private void Encode(TypeListing context, SignatureTypeEncoder encoder, TypeName type)
    {
        if (type.ArrayRanks > 0)
        {
            Encode(context, encoder.SZArray(), type with { ArrayRanks = type.ArrayRanks - 1 });
            return;
        }

        int generic = context.GenericParameters.ToList().IndexOf(type.Name);
        if (generic >= 0)
        {
            encoder.GenericTypeParameter(generic);
            return;
        }

        switch (type.Name)
        {
            case "bool": encoder.Boolean(); break;
            case "byte": encoder.Byte(); break;
            case "sbyte": encoder.SByte(); break;
            case "char": encoder.Char(); break;
            case "short": encoder.Int16(); break;
            case "ushort": encoder.UInt16(); break;
            case "int": encoder.Int32(); break;
            case "uint": encoder.UInt32(); break;
            case "long": encoder.Int64(); break;
            case "ulong": encoder.UInt64(); break;
            case "float": encoder.Single(); break;
            case "double": encoder.Double(); break;
            case "string": encoder.String(); break;
            case "object": encoder.Object(); break;
            case "System.IntPtr": encoder.IntPtr(); break;
            case "System.UIntPtr": encoder.UIntPtr(); break;
            default: EncodeNamed(context, encoder, type); break;
        }
    }

    private void EncodeNamed(TypeListing context, SignatureTypeEncoder encoder, TypeName type)
    {
        bool valueType = Resolve(context, type).Type.Kind is TypeKind.Struct or TypeKind.Enum;
        EntityHandle handle = TypeHandle(context, type);
        if (type.Arguments.Count == 0)
        {
            encoder.Type(handle, valueType);
            return;
        }

        GenericTypeArgumentsEncoder arguments = encoder.GenericInstantiation(handle, type.Arguments.Count, valueType);
        foreach (TypeName argument in type.Arguments)
        {
            Encode(context, arguments.AddArgument(), argument);
        }
    }

    /// <summary>The definition in this assembly, or a reference to another's; of a generic type the open one.</summary>
    private EntityHandle TypeHandle(TypeListing context, TypeName name)
    {
        (AssemblyListing assembly, TypeListing type) = Resolve(context, name);
        return assembly == _listing ? _definitions[type.MetadataName] : Reference(assembly, type);
    }

    private EntityHandle Reference(AssemblyListing assembly, TypeListing type)
    {
        if (_references.TryGetValue(type, out EntityHandle known))
        {
            return known;
        }

        int dot = type.FullName.LastIndexOf('.');
        TypeListing? enclosing = dot < 0 ? null : assembly.Types.FirstOrDefault(t => t.MetadataName == type.FullName[..dot]);
        EntityHandle scope = enclosing != null ? Reference(assembly, enclosing) : _assemblies[assembly.Name];
        StringHandle space = enclosing != null || dot < 0 ? default : Text(type.FullName[..dot]);
        EntityHandle made = _metadata.AddTypeReference(scope, space, Text(type.MetadataName[(dot + 1)..]));
        _references.Add(type, made);
        return made;
    }

    private (AssemblyListing Assembly, TypeListing Type) Resolve(TypeListing context, TypeName name)
    {
        string metadataName = name.Arguments.Count == 0 ? name.Name : name.Name + "`" + name.Arguments.Count;
        if (_catalog.Find(_listing, metadataName) is { } found)
        {
            return found;
        }

        throw Error(context, context.Line, $"{metadataName}, named in {context.FullName}, is neither in {_listing.Name} nor in what it references");
    }

    private static ListingException Error(TypeListing type, int line, string message) => new(type.File, line, message);
}
