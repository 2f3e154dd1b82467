using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Sensors.NetNano.ReferenceAssemblies;

/// <content>Attributes. They are written last, when the constructors they name have their rows.</content>
internal sealed partial class AssemblyWriter
{
    private const string ByRefLikeAttribute = "System.Runtime.CompilerServices.IsByRefLikeAttribute";

    private readonly List<(EntityHandle Target, string Type, object[] Arguments, IReadOnlyList<KeyValuePair<string, bool>> Named)> _queue = [];
    private readonly Dictionary<string, MethodDefinitionHandle> _constructors = [];

    private void QueueAttribute(EntityHandle target, string type, object[] arguments) => _queue.Add((target, type, arguments, []));

    private void QueueTypeAttributes(TypeListing type, EntityHandle handle)
    {
        if (type.Modifiers.Contains("ref"))
        {
            // The pair of marks of a ref struct; a compiler that knows the first ignores the second, by this very text.
            QueueAttribute(handle, ByRefLikeAttribute, []);
            QueueAttribute(
                handle, "System.ObsoleteAttribute", ["Types with embedded references are not supported in this version of your compiler.", true]);
        }

        foreach (AttributeListing attribute in type.Attributes.Where(a => a.Name != "Obsolete" || !type.Modifiers.Contains("ref")))
        {
            object[] arguments = attribute.Number is { } targets ? [targets] : [];
            _queue.Add((handle, $"System.{attribute.Name}Attribute", arguments, attribute.Named));
        }

        if (type.Members.Any(m => m.Name == "this"))
        {
            QueueAttribute(handle, "System.Reflection.DefaultMemberAttribute", [IndexerName(type)]);
        }
    }

    /// <summary>The name the compiler itself looks for in a string; elsewhere indexers keep the usual name.</summary>
    private static string IndexerName(TypeListing type) => type.FullName == "System.String" ? "Chars" : "Item";

    private void QueueObsolete(MemberListing member, EntityHandle handle)
    {
        if (member.IsObsolete)
        {
            QueueAttribute(handle, "System.ObsoleteAttribute", []);
        }
    }

    private void RememberConstructor(TypeListing type, string name, IReadOnlyList<ParameterListing> parameters, MethodDefinitionHandle method)
    {
        if (name == ".ctor")
        {
            _constructors.Add(ConstructorKey(type.FullName, parameters.Select(p => p.Type)), method);
        }
    }

    private static string ConstructorKey(string type, IEnumerable<TypeName> parameters) =>
        type + "(" + string.Join(",", parameters.Select(p => p.Name + string.Concat(Enumerable.Repeat("[]", p.ArrayRanks)))) + ")";

    private void WriteAttributes()
    {
        foreach ((EntityHandle target, string type, object[] arguments, IReadOnlyList<KeyValuePair<string, bool>> named) in _queue)
        {
            _metadata.AddCustomAttribute(target, AttributeConstructor(type, arguments), AttributeValue(arguments, named));
        }
    }

    private EntityHandle AttributeConstructor(string attribute, object[] arguments)
    {
        List<TypeName> types = arguments.Select(a => new TypeName(a switch
        {
            string => "string",
            bool => "bool",
            _ => "System.AttributeTargets",
        }, [], 0)).ToList();
        if (_constructors.TryGetValue(ConstructorKey(attribute, types), out MethodDefinitionHandle own))
        {
            return own;
        }

        TypeListing context = _types[0];
        EntityHandle parent = TypeHandle(context, new TypeName(attribute, [], 0));
        List<ParameterListing> parameters = types.Select(t => new ParameterListing("", t, "", null)).ToList();
        return _metadata.AddMemberReference(parent, Text(".ctor"), MethodSignature(context, instance: true, Void, parameters));
    }

    /// <summary>The value of an attribute as ECMA-335, II.23.3 lays it out.</summary>
    private BlobHandle AttributeValue(object[] arguments, IReadOnlyList<KeyValuePair<string, bool>> named)
    {
        var blob = new BlobBuilder();
        blob.WriteUInt16(1);
        foreach (object argument in arguments)
        {
            switch (argument)
            {
                case string text: blob.WriteSerializedString(text); break;
                case bool flag: blob.WriteBoolean(flag); break;
                default: blob.WriteInt32((int)argument); break;
            }
        }

        blob.WriteUInt16((ushort)named.Count);
        foreach ((string name, bool value) in named)
        {
            blob.WriteByte((byte)CustomAttributeNamedArgumentKind.Property);
            blob.WriteByte((byte)SignatureTypeCode.Boolean);
            blob.WriteSerializedString(name);
            blob.WriteBoolean(value);
        }

        return _metadata.GetOrAddBlob(blob);
    }
}
