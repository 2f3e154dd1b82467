using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Sensors.NetNano.ReferenceAssemblies;

/// <content>Types: rows of the tables TypeDef, NestedClass, InterfaceImpl and GenericParam.</content>
internal sealed partial class AssemblyWriter
{
    private void WriteType(TypeListing type)
    {
        string? enclosing = EnclosingName(type);
        string metadataName = type.MetadataName[(type.FullName.LastIndexOf('.') + 1)..];
        string space = enclosing != null || !type.FullName.Contains('.') ? "" : type.FullName[..type.FullName.LastIndexOf('.')];
        TypeDefinitionHandle handle = _metadata.AddTypeDefinition(
            AttributesOf(type, enclosing != null),
            space.Length == 0 ? default : Text(space),
            Text(metadataName),
            BaseOf(type),
            NextField,
            NextMethod);

        if (enclosing != null)
        {
            _metadata.AddNestedType(handle, _definitions[enclosing]);
        }

        for (int i = 0; i < type.GenericParameters.Count; i++)
        {
            _metadata.AddGenericParameter(handle, default, Text(type.GenericParameters[i]), i);
        }

        foreach (EntityHandle face in InterfacesOf(type).Select(t => TypeHandle(type, t)).OrderBy(CodedIndex.TypeDefOrRef))
        {
            _metadata.AddInterfaceImplementation(handle, face);
        }

        QueueTypeAttributes(type, handle);
        WriteFields(type);
        WriteMethods(type, handle);
    }

    private static TypeAttributes AttributesOf(TypeListing type, bool nested)
    {
        TypeAttributes attributes = type.Modifiers.Contains("internal") ? TypeAttributes.NotPublic
            : nested ? TypeAttributes.NestedPublic : TypeAttributes.Public;
        attributes |= type.Kind switch
        {
            TypeKind.Interface => TypeAttributes.Interface | TypeAttributes.Abstract,
            TypeKind.Struct => TypeAttributes.SequentialLayout | TypeAttributes.Sealed | TypeAttributes.BeforeFieldInit,
            TypeKind.Class => TypeAttributes.BeforeFieldInit,
            _ => TypeAttributes.Sealed,
        };
        if (type.Modifiers.Contains("static"))
        {
            attributes |= TypeAttributes.Abstract | TypeAttributes.Sealed;
        }

        attributes |= type.Modifiers.Contains("abstract") ? TypeAttributes.Abstract : 0;
        attributes |= type.Modifiers.Contains("sealed") ? TypeAttributes.Sealed : 0;
        return attributes;
    }

    private EntityHandle BaseOf(TypeListing type)
    {
        string? implied = type.Kind switch
        {
            TypeKind.Enum => "System.Enum",
            TypeKind.Struct => "System.ValueType",
            TypeKind.Delegate => "System.MulticastDelegate",
            TypeKind.Class when type.FullName != "System.Object" => "System.Object",
            _ => null,
        };
        TypeName? named = type.Kind == TypeKind.Class ? type.Bases.FirstOrDefault(b => Resolve(type, b).Type.Kind != TypeKind.Interface) : null;
        return named != null ? TypeHandle(type, named)
            : implied != null ? TypeHandle(type, new TypeName(implied, [], 0))
            : default;
    }

    private IEnumerable<TypeName> InterfacesOf(TypeListing type) =>
        type.Kind == TypeKind.Enum ? [] : type.Bases.Where(b => Resolve(type, b).Type.Kind == TypeKind.Interface);
}
