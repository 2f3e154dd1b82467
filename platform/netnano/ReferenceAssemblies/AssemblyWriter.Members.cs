using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Sensors.NetNano.ReferenceAssemblies;

/// <content>Members: rows of the tables Field, MethodDef, Param, Property, Event, MethodSemantics and Constant.</content>
internal sealed partial class AssemblyWriter
{
    private static readonly TypeName Void = new("void", [], 0);

    private void WriteFields(TypeListing type)
    {
        if (type.Kind == TypeKind.Enum)
        {
            TypeName underlying = type.Bases.Count == 1 ? type.Bases[0] : throw Error(type, type.Line, "an enum names its underlying type");
            AddField(type, FieldAttributes.Public | FieldAttributes.SpecialName | FieldAttributes.RTSpecialName, "value__", underlying);
        }

        foreach (MemberListing field in type.Members.Where(m => m.Kind == MemberKind.Field))
        {
            FieldAttributes attributes = field.Access switch
            {
                "public" => FieldAttributes.Public,
                "protected" => FieldAttributes.Family,
                _ => FieldAttributes.FamORAssem,
            };
            attributes |= field.Modifiers.Contains("static") ? FieldAttributes.Static : 0;
            attributes |= field.Modifiers.Contains("readonly") ? FieldAttributes.InitOnly : 0;
            attributes |= field.Value != null ? FieldAttributes.Static | FieldAttributes.Literal | FieldAttributes.HasDefault : 0;
            FieldDefinitionHandle handle = AddField(type, attributes, field.Name, field.Type);
            if (field.Value != null)
            {
                _metadata.AddConstant(handle, Constant(type, field.Line, field.Type, field.Value));
            }
        }

        // A struct without a visible field still has a state: without one the compiler takes `default` for assigned.
        if (type.Kind == TypeKind.Struct && type.FullName != "System.Void" && !HasInstanceField(type))
        {
            bool primitive = Primitives.TryGetValue(type.FullName, out string? keyword);
            AddField(type, FieldAttributes.Private, "m_value", new TypeName(primitive ? keyword! : "int", [], 0));
        }
    }

    private static bool HasInstanceField(TypeListing type) =>
        type.Members.Any(m => m.Kind == MemberKind.Field && m.Value == null && !m.Modifiers.Contains("static"));

    private FieldDefinitionHandle AddField(TypeListing type, FieldAttributes attributes, string name, TypeName fieldType)
    {
        var blob = new BlobBuilder();
        Encode(type, new BlobEncoder(blob).Field().Type(), fieldType);
        return _metadata.AddFieldDefinition(attributes, Text(name), _metadata.GetOrAddBlob(blob));
    }

    private void WriteMethods(TypeListing type, TypeDefinitionHandle handle)
    {
        if (type.Kind == TypeKind.Delegate)
        {
            WriteDelegateMethods(type);
            return;
        }

        bool firstProperty = true, firstEvent = true;
        foreach (MemberListing member in type.Members)
        {
            switch (member.Kind)
            {
                case MemberKind.Constructor:
                case MemberKind.Method:
                    MethodDefinitionHandle method = AddMethod(type, member, member.Name, member.Type, member.Parameters, IsSpecial(member));
                    QueueObsolete(member, method);
                    break;
                case MemberKind.Property:
                    WriteProperty(type, handle, member, ref firstProperty);
                    break;
                case MemberKind.Event:
                    WriteEvent(type, handle, member, ref firstEvent);
                    break;
            }
        }
    }

    private static bool IsSpecial(MemberListing member) =>
        member.Kind == MemberKind.Constructor || member.Name.StartsWith("op_", StringComparison.Ordinal);

    private void WriteProperty(TypeListing type, TypeDefinitionHandle typeHandle, MemberListing member, ref bool first)
    {
        string name = member.Name == "this" ? IndexerName(type) : member.Name;
        var blob = new BlobBuilder();
        new BlobEncoder(blob).PropertySignature(isInstanceProperty: !member.Modifiers.Contains("static")).Parameters(
            member.Parameters.Count,
            returned => Encode(type, returned.Type(), member.Type),
            parameters => EncodeParameters(type, parameters, member.Parameters));
        PropertyDefinitionHandle property = _metadata.AddProperty(default, Text(name), _metadata.GetOrAddBlob(blob));
        if (first)
        {
            _metadata.AddPropertyMap(typeHandle, property);
            first = false;
        }

        if (member.HasGetter)
        {
            MethodDefinitionHandle getter = AddMethod(type, member, "get_" + name, member.Type, member.Parameters, special: true);
            _metadata.AddMethodSemantics(property, MethodSemanticsAttributes.Getter, getter);
        }

        if (member.HasSetter)
        {
            List<ParameterListing> parameters = [.. member.Parameters, new ParameterListing("value", member.Type, "", null)];
            MethodDefinitionHandle setter = AddMethod(type, member, "set_" + name, Void, parameters, special: true);
            _metadata.AddMethodSemantics(property, MethodSemanticsAttributes.Setter, setter);
        }

        QueueObsolete(member, property);
    }

    private void WriteEvent(TypeListing type, TypeDefinitionHandle typeHandle, MemberListing member, ref bool first)
    {
        EventDefinitionHandle handle = _metadata.AddEvent(default, Text(member.Name), TypeHandle(type, member.Type));
        if (first)
        {
            _metadata.AddEventMap(typeHandle, handle);
            first = false;
        }

        List<ParameterListing> handler = [new ParameterListing("value", member.Type, "", null)];
        MethodDefinitionHandle add = AddMethod(type, member, "add_" + member.Name, Void, handler, special: true);
        MethodDefinitionHandle remove = AddMethod(type, member, "remove_" + member.Name, Void, handler, special: true);
        _metadata.AddMethodSemantics(handle, MethodSemanticsAttributes.Adder, add);
        _metadata.AddMethodSemantics(handle, MethodSemanticsAttributes.Remover, remove);
    }

    /// <summary>What the runtime itself implements in every delegate; the asynchronous pair goes with the types it needs.</summary>
    private void WriteDelegateMethods(TypeListing type)
    {
        MemberListing invoke = type.Members[0];
        TypeName result = new("System.IAsyncResult", [], 0);
        ParameterListing callback = new("callback", new TypeName("System.AsyncCallback", [], 0), "", null);
        ParameterListing state = new("object", new TypeName("object", [], 0), "", null);
        ParameterListing[] changed = invoke.Parameters.Where(p => p.Passing is "ref" or "out").ToArray();
        const MethodAttributes Common = MethodAttributes.Public | MethodAttributes.HideBySig;
        const MethodAttributes Virtual = Common | MethodAttributes.NewSlot | MethodAttributes.Virtual;

        AddRuntimeMethod(
            Common | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName,
            ".ctor",
            Void,
            [state, new ParameterListing("method", new TypeName("System.IntPtr", [], 0), "", null)]);
        AddRuntimeMethod(Virtual, "Invoke", invoke.Type, invoke.Parameters);
        AddRuntimeMethod(Virtual, "BeginInvoke", result, [.. invoke.Parameters, callback, state]);
        AddRuntimeMethod(Virtual, "EndInvoke", invoke.Type, [.. changed, new ParameterListing("result", result, "", null)]);

        void AddRuntimeMethod(MethodAttributes attributes, string name, TypeName returned, IReadOnlyList<ParameterListing> parameters) =>
            AddMethodRow(type, type.Line, attributes, MethodImplAttributes.Runtime, name, returned, parameters, -1);
    }

    private MethodDefinitionHandle AddMethod(
        TypeListing type, MemberListing member, string name, TypeName returned, IReadOnlyList<ParameterListing> parameters, bool special)
    {
        MethodAttributes attributes = MethodAttributes.HideBySig | member.Access switch
        {
            "public" => MethodAttributes.Public,
            "protected" => MethodAttributes.Family,
            _ => MethodAttributes.FamORAssem,
        };
        attributes |= special ? MethodAttributes.SpecialName : 0;
        attributes |= name == ".ctor" ? MethodAttributes.RTSpecialName : 0;
        bool isAbstract = type.Kind == TypeKind.Interface || member.Modifiers.Contains("abstract");
        if (isAbstract || member.Modifiers.Contains("virtual"))
        {
            attributes |= MethodAttributes.Virtual | MethodAttributes.NewSlot;
        }

        attributes |= isAbstract ? MethodAttributes.Abstract : 0;
        attributes |= member.Modifiers.Contains("override") ? MethodAttributes.Virtual : 0;
        attributes |= member.Modifiers.Contains("sealed") ? MethodAttributes.Final : 0;
        attributes |= member.Modifiers.Contains("static") ? MethodAttributes.Static : 0;
        MethodDefinitionHandle method = AddMethodRow(
            type, member.Line, attributes, MethodImplAttributes.IL, name, returned, parameters, isAbstract ? -1 : _throwNull);
        RememberConstructor(type, name, parameters, method);
        return method;
    }

    private MethodDefinitionHandle AddMethodRow(
        TypeListing type,
        int line,
        MethodAttributes attributes,
        MethodImplAttributes implementation,
        string name,
        TypeName returned,
        IReadOnlyList<ParameterListing> parameters,
        int body)
    {
        ParameterHandle firstParameter = MetadataTokens.ParameterHandle(_metadata.GetRowCount(TableIndex.Param) + 1);
        BlobHandle signature = MethodSignature(type, !attributes.HasFlag(MethodAttributes.Static), returned, parameters);
        MethodDefinitionHandle method = _metadata.AddMethodDefinition(attributes, implementation, Text(name), signature, body, firstParameter);
        for (int i = 0; i < parameters.Count; i++)
        {
            ParameterListing parameter = parameters[i];
            ParameterAttributes flags = parameter.Passing == "out" ? ParameterAttributes.Out : 0;
            flags |= parameter.Default != null ? ParameterAttributes.Optional | ParameterAttributes.HasDefault : 0;
            ParameterHandle handle = _metadata.AddParameter(flags, Text(parameter.Name), i + 1);
            if (parameter.Default != null)
            {
                _metadata.AddConstant(handle, Constant(type, line, parameter.Type, parameter.Default));
            }

            if (parameter.Passing == "params")
            {
                QueueAttribute(handle, "System.ParamArrayAttribute", []);
            }
        }

        return method;
    }
}
