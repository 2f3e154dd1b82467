using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Sensors.NetNano.Passes;

/// <summary>Assemblies built for the device, read with their symbols, and the reference assemblies they were built against.</summary>
internal sealed class DeviceAssemblies : IAssemblyResolver
{
    private readonly string _referenceFolder;
    private readonly Dictionary<string, AssemblyDefinition?> _assemblies = new(StringComparer.Ordinal);

    public DeviceAssemblies(IEnumerable<string> paths, string referenceFolder)
    {
        _referenceFolder = referenceFolder;
        foreach (string path in paths)
        {
            AssemblyDefinition assembly = Open(path, symbols: true);
            _assemblies.Add(assembly.Name.Name, assembly);
            Own.Add(assembly);
        }

        Names = Own.Select(a => a.Name.Name).ToHashSet(StringComparer.Ordinal);
        foreach (AssemblyDefinition assembly in Own)
        {
            RefuseUnoptimised(assembly);
        }
    }

    /// <summary>Gets the assemblies to count in.</summary>
    public List<AssemblyDefinition> Own { get; } = [];

    /// <summary>Gets their names.</summary>
    public IReadOnlySet<string> Names { get; }

    public AssemblyDefinition? Resolve(AssemblyNameReference name)
    {
        if (!_assemblies.TryGetValue(name.Name, out AssemblyDefinition? found))
        {
            string path = Path.Combine(_referenceFolder, name.Name + ".dll");
            found = File.Exists(path) ? Open(path, symbols: false) : null;
            _assemblies.Add(name.Name, found);
        }

        return found;
    }

    public AssemblyDefinition? Resolve(AssemblyNameReference name, ReaderParameters parameters) => Resolve(name);

    public void Dispose()
    {
        foreach (AssemblyDefinition? assembly in _assemblies.Values)
        {
            assembly?.Dispose();
        }
    }

    private AssemblyDefinition Open(string path, bool symbols)
    {
        var parameters = new ReaderParameters { AssemblyResolver = this, InMemory = true };
        if (symbols)
        {
            parameters.ReadSymbols = true;
            parameters.SymbolReaderProvider = new DefaultSymbolReaderProvider(throwIfNoSymbol: false);
        }

        return AssemblyDefinition.ReadAssembly(path, parameters);
    }

    /// <summary>A compiler that does not optimise puts a nop where a body's brace is, and elsewhere stores that a board would never execute.</summary>
    private static void RefuseUnoptimised(AssemblyDefinition assembly)
    {
        MethodDefinition? lazy = assembly.MainModule.GetTypes().SelectMany(t => t.Methods)
            .FirstOrDefault(m => m.HasBody && m.Body.Instructions[0].OpCode.Code == Code.Nop);
        if (lazy != null)
        {
            throw new InvalidOperationException($"{assembly.Name.Name} was built without optimisation ({lazy.FullName} starts with a nop): what it executes is not what a board executes");
        }
    }
}
