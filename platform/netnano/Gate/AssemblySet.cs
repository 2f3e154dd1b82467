using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Sensors.NetNano.Gate;

/// <summary>The project's own assemblies, and the official ones they refer to.</summary>
internal sealed class AssemblySet : IAssemblyResolver
{
    private readonly string _officialFolder;
    private readonly Dictionary<string, AssemblyDefinition> _assemblies = [];
    private readonly List<AssemblyDefinition> _opened = [];
    private readonly List<ModuleDefinition> _own = [];

    public AssemblySet(IEnumerable<string> paths, string officialFolder)
    {
        _officialFolder = officialFolder;
        foreach (string path in paths)
        {
            AssemblyDefinition assembly = Open(path, symbols: true);
            _assemblies.Add(assembly.Name.Name, assembly);
            _own.Add(assembly.MainModule);
        }
    }

    /// <summary>Gets the project's own modules.</summary>
    public IReadOnlyList<ModuleDefinition> Own => _own;

    /// <summary>Gets every type of the own modules, nested ones included.</summary>
    public IEnumerable<TypeDefinition> Types => _own.SelectMany(m => m.GetTypes()).Where(t => t.Name != "<Module>");

    /// <summary>Gets every method of the own modules.</summary>
    public IEnumerable<MethodDefinition> Methods => Types.SelectMany(t => t.Methods);

    /// <summary>Gets every instruction of the own modules.</summary>
    public IEnumerable<(MethodDefinition Method, Instruction Instruction)> Instructions =>
        Methods.Where(m => m.HasBody).SelectMany(m => m.Body.Instructions.Select(i => (m, i)));

    /// <summary>Tells whether a member is defined in one of the own modules.</summary>
    public bool IsOwn(MemberReference member)
    {
        IMemberDefinition? found = member.Resolve();
        return (found as TypeDefinition ?? found?.DeclaringType) is { } type && _own.Contains(type.Module);
    }

    /// <summary>The names of all assemblies that would be loaded together.</summary>
    public IReadOnlySet<string> Loaded()
    {
        var names = new HashSet<string>();
        var open = new Stack<AssemblyDefinition>(_own.Select(m => m.Assembly));
        while (open.TryPop(out AssemblyDefinition? next))
        {
            if (names.Add(next.Name.Name))
            {
                foreach (AssemblyNameReference reference in next.MainModule.AssemblyReferences)
                {
                    if (Find(reference.Name) is { } found)
                    {
                        open.Push(found);
                    }
                }
            }
        }

        return names;
    }

    /// <inheritdoc />
    /// <remarks>An unknown assembly is null, so that its types resolve to null, which a rule reports.</remarks>
    public AssemblyDefinition? Resolve(AssemblyNameReference name) => Find(name.Name);

    public AssemblyDefinition? Resolve(AssemblyNameReference name, ReaderParameters parameters) => Resolve(name);

    public void Dispose()
    {
        foreach (AssemblyDefinition assembly in _opened)
        {
            assembly.Dispose();
        }
    }

    private AssemblyDefinition? Find(string name)
    {
        if (_assemblies.TryGetValue(name, out AssemblyDefinition? known))
        {
            return known;
        }

        string path = Path.Combine(_officialFolder, name + ".dll");
        if (!File.Exists(path))
        {
            return null;
        }

        AssemblyDefinition official = Open(path, symbols: false);
        _assemblies.Add(name, official);
        return official;
    }

    private AssemblyDefinition Open(string path, bool symbols)
    {
        var parameters = new ReaderParameters { AssemblyResolver = this, InMemory = true };
        if (symbols)
        {
            parameters.ReadSymbols = true;
            parameters.SymbolReaderProvider = new DefaultSymbolReaderProvider(throwIfNoSymbol: false);
        }

        AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(path, parameters);
        _opened.Add(assembly);
        return assembly;
    }
}
