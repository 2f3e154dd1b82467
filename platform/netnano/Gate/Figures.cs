using System.Collections.Generic;
using System.Linq;
using System.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Sensors.NetNano.Gate;

/// <summary>Counts what an assembly will take on the device.</summary>
internal static class Figures
{
    private const int BytesPerHandler = 12; // one row of the device's exception table

    public static IReadOnlyList<AssemblyFigures> Of(IEnumerable<string> paths)
    {
        var figures = new List<AssemblyFigures>();
        foreach (string path in paths)
        {
            using ModuleDefinition module = ModuleDefinition.ReadModule(path);
            figures.Add(Of(module));
        }

        return figures;
    }

    public static AssemblyFigures Of(ModuleDefinition module)
    {
        List<TypeDefinition> types = module.GetTypes().Where(t => t.Name != "<Module>").ToList();
        List<MethodDefinition> methods = types.SelectMany(t => t.Methods).ToList();
        int code = methods.Where(m => m.HasBody).Sum(m => m.Body.CodeSize + (m.Body.ExceptionHandlers.Count * BytesPerHandler));
        return new AssemblyFigures(
            module.Assembly.Name.Name, code, StringBytes(module, types, methods), types.Count, methods.Count, types.Sum(t => t.Fields.Count), types.Max(MethodsOfAKind));
    }

    /// <summary>The CLR counts the virtual, instance and static methods of a type in a byte each.</summary>
    private static int MethodsOfAKind(TypeDefinition type) => Limits.Kinds.Max(kind => type.Methods.Count(kind.Is));

    private static int StringBytes(ModuleDefinition module, List<TypeDefinition> types, List<MethodDefinition> methods)
    {
        var texts = new HashSet<string>();
        foreach (TypeReference type in types.Concat(module.GetTypeReferences()))
        {
            texts.Add(type.Name);
            texts.Add(type.Namespace);
        }

        texts.UnionWith(module.GetMemberReferences().Select(m => m.Name));
        texts.UnionWith(types.SelectMany(t => t.Fields).Select(f => f.Name));
        texts.UnionWith(methods.Select(m => m.Name));
        texts.UnionWith(methods.Where(m => m.HasBody).SelectMany(m => m.Body.Instructions).Where(i => i.OpCode.Code == Code.Ldstr).Select(i => (string)i.Operand));
        return texts.Sum(t => Encoding.UTF8.GetByteCount(t) + 1);
    }
}
