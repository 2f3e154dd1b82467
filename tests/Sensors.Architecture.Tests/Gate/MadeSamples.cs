using System;
using System.Collections.Generic;
using System.IO;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Sensors.NetNano.Gate;

namespace Sensors.Architecture.Tests.Gate;

/// <summary>Makes assemblies that the compiler would refuse, and lets the gate read them.</summary>
internal static class MadeSamples
{
    public static IReadOnlyList<Finding> Check(Action<ModuleDefinition> make)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("gate");
        try
        {
            string path = Path.Combine(folder.FullName, "Made.dll");
            using (AssemblyDefinition assembly = AssemblyDefinition.CreateAssembly(new AssemblyNameDefinition("Made", new Version(1, 0)), "Made", ModuleKind.Dll))
            {
                make(assembly.MainModule);
                assembly.Write(path);
            }

            return new DeviceGate(Repository.OfficialApi, Repository.BanList).Check([path]).Findings;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static TypeDefinition AddType(this ModuleDefinition module, string name)
    {
        var type = new TypeDefinition("Made", name, TypeAttributes.Public | TypeAttributes.Class, module.TypeSystem.Object);
        module.Types.Add(type);
        return type;
    }

    public static MethodDefinition AddMethod(this TypeDefinition type, string name, MethodAttributes more, params Instruction[] body)
    {
        var method = new MethodDefinition(name, MethodAttributes.Public | MethodAttributes.HideBySig | more, type.Module.TypeSystem.Void);
        foreach (Instruction instruction in body)
        {
            method.Body.Instructions.Add(instruction);
        }

        method.Body.Instructions.Add(Instruction.Create(OpCodes.Ret));
        type.Methods.Add(method);
        return method;
    }

    public static MethodReference Method(this ModuleDefinition module, string type, string name, params TypeReference[] parameters)
    {
        int dot = type.LastIndexOf('.');
        var declaring = new TypeReference(type[..dot], type[(dot + 1)..], module, module.TypeSystem.CoreLibrary);
        var method = new MethodReference(name, module.TypeSystem.Void, declaring);
        foreach (TypeReference parameter in parameters)
        {
            method.Parameters.Add(new ParameterDefinition(parameter));
        }

        return method;
    }
}
