using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Mono.Cecil;

namespace Sensors.NetNano.Deployment;

/// <summary>The official metadata processor, loaded from its package: turns an assembly into the form the device loads.</summary>
/// <remarks>
/// The package's MSBuild task is made for the .NET Framework; its library runs on .NET as well. It is called by reflection, because a
/// build that cannot restore the package must still compile this tool.
/// </remarks>
internal sealed class MetadataProcessor
{
    private const string Space = "nanoFramework.Tools.MetadataProcessor.";

    private readonly Type _builder;
    private readonly MethodInfo _makeWriter;

    public MetadataProcessor(string library)
    {
        Assembly core = Assembly.LoadFrom(library);
        _builder = core.GetType(Space + "nanoAssemblyBuilder") ?? throw Unknown("nanoAssemblyBuilder");
        _makeWriter = core.GetType(Space + "nanoBinaryWriter")?.GetMethod("CreateLittleEndianBinaryWriter") ?? throw Unknown("nanoBinaryWriter");
    }

    /// <summary>Writes the PE file of an assembly.</summary>
    public void Convert(string assembly, string peFile, IReadOnlyList<string> folders)
    {
        using var resolver = new DefaultAssemblyResolver();
        foreach (string folder in folders)
        {
            resolver.AddSearchDirectory(folder);
        }

        using AssemblyDefinition definition = AssemblyDefinition.ReadAssembly(assembly, new ReaderParameters { AssemblyResolver = resolver });

        // Its parameters: the assembly, classes to leave out, verbose; the others have defaults.
        ConstructorInfo constructor = _builder.GetConstructors()[0];
        object?[] arguments = constructor.GetParameters().Select(p => p.HasDefaultValue ? p.DefaultValue : null).ToArray();
        arguments[0] = definition;
        arguments[1] = new List<string>();
        arguments[2] = false;
        object builder = constructor.Invoke(arguments);

        // Minimizing works on what a first pass has collected, so that pass writes to nowhere.
        Write(builder, Stream.Null);
        Method("Minimize").Invoke(builder, null);
        using FileStream output = File.Create(peFile);
        Write(builder, output);
    }

    private void Write(object builder, Stream stream)
    {
        using var memory = new MemoryStream(); // the writer seeks
        using var writer = new BinaryWriter(memory);
        object nanoWriter = _makeWriter.Invoke(null, [writer])!;
        Method("Write", _makeWriter.ReturnType).Invoke(builder, [nanoWriter]);
        writer.Flush();
        stream.Write(memory.ToArray());
    }

    private MethodInfo Method(string name, params Type[] parameters) => _builder.GetMethod(name, parameters) ?? throw Unknown(name);

    private static DeploymentException Unknown(string name) =>
        new($"the metadata processor has no {name} as version 3.0 has it: compare the version pinned in NanoPackages.props");
}
