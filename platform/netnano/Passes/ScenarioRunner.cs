using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Threading;
using Mono.Cecil;

namespace Sensors.NetNano.Passes;

/// <summary>Loads assemblies built for the device into the PC's CLR, counters and all, and runs scenarios in them.</summary>
public sealed class ScenarioRunner
{
    private const string ScenarioAttribute = "ScenarioAttribute";
    private const string MeasuredAttribute = "MeasuredAttribute";

    private static readonly Lock OneAtATime = new();

    private readonly Dictionary<string, byte[]> _images = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<Block> _blocks;
    private readonly IReadOnlyList<ArrayPlace> _arrays;
    private readonly List<Scenario> _scenarios = [];

    /// <summary>Reads and instruments assemblies.</summary>
    /// <param name="paths">Those to count in: the scenarios' and what they use.</param>
    /// <param name="referenceFolder">The reference assemblies they were built against.</param>
    /// <param name="weights">What opcodes and calls cost.</param>
    public ScenarioRunner(IEnumerable<string> paths, string referenceFolder, WeightTable weights)
    {
        ArgumentNullException.ThrowIfNull(paths);
        using var assemblies = new DeviceAssemblies(paths, referenceFolder);
        var instrumenter = new Instrumenter(weights, assemblies);
        foreach (AssemblyDefinition assembly in assemblies.Own)
        {
            _scenarios.AddRange(Find(assembly));
            instrumenter.Instrument(assembly.MainModule);
        }

        var retargeter = new Retargeter();
        foreach (AssemblyDefinition assembly in assemblies.Own)
        {
            retargeter.Retarget(assembly.MainModule, assemblies.Names);
            using var image = new MemoryStream();
            assembly.Write(image);
            _images.Add(assembly.Name.Name, image.ToArray());
        }

        (_blocks, _arrays) = (instrumenter.Blocks, instrumenter.Arrays);
    }

    /// <summary>Gets the names of all scenarios.</summary>
    public IReadOnlyList<string> Names => [.. _scenarios.Select(s => s.Name)];

    /// <summary>Runs the scenarios whose group or name contains a text.</summary>
    /// <param name="filter">The text, whatever its case; empty for all.</param>
    /// <returns>What they took, in the order of their source.</returns>
    public IReadOnlyList<ScenarioResult> Run(string filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return [.. _scenarios.Where(s => $"{s.Group} {s.Name}".Contains(filter, StringComparison.OrdinalIgnoreCase)).Select(Run)];
    }

    private ScenarioResult Run(Scenario scenario)
    {
        lock (OneAtATime)
        {
            // Loaded afresh, so that static tables are made again and belong to who uses them.
            var context = new Context(_images);
            try
            {
                Assembly assembly = context.LoadFromAssemblyName(new AssemblyName(scenario.Method.Module.Assembly.Name.Name));
                Type type = assembly.GetType(scenario.Method.DeclaringType.FullName, throwOnError: true)!;
                MethodInfo method = type.GetMethod(scenario.Method.Name)!;
                Counters.Reset(_blocks.Count, _arrays.Count);
                (Counters.StaticBlocks, Counters.StaticArrays) = (new long[_blocks.Count], new long[_arrays.Count]);
                object instance = Calling(scenario, () => Activator.CreateInstance(type)!);
                (long[] setUpBlocks, long[] setUpArrays) = (Counters.Blocks, Counters.Arrays);
                Counters.Reset(_blocks.Count, _arrays.Count);
                object? returned = Calling(scenario, () => method.Invoke(instance, null));
                return Result(scenario, Allocations(setUpBlocks, setUpArrays), Convert.ToString(returned, CultureInfo.InvariantCulture) ?? "");
            }
            finally
            {
                context.Unload();
            }
        }
    }

    private ScenarioResult Result(Scenario scenario, List<Allocation> setUp, string returned)
    {
        var methods = new Dictionary<MethodDefinition, MethodCost>();
        var lines = new Dictionary<string, LineCost>(StringComparer.Ordinal);
        var library = new Dictionary<string, LibraryCost>(StringComparer.Ordinal);
        double passes = 0;
        long opcodes = 0;
        for (int i = 0; i < _blocks.Count; i++)
        {
            Block block = _blocks[i];
            long times = Counters.Blocks[i];
            if (times == 0)
            {
                continue;
            }

            MethodCost cost = methods.GetValueOrDefault(block.Method) ?? new MethodCost(NameOf(block.Method), 0, 0, 0, MeasuredOf(block.Method));
            cost = cost with { Calls = cost.Calls + (block.IsEntry ? times : 0) };
            foreach (CountedInstruction instruction in block.Instructions.Where(one => one.IsExecuted))
            {
                double weight = times * instruction.Passes;
                passes += weight;
                opcodes += times;
                cost = cost with { Opcodes = cost.Opcodes + times, Passes = cost.Passes + weight };
                if (instruction.Line is { } line)
                {
                    LineCost old = lines.GetValueOrDefault(line) ?? new LineCost(line, 0, 0);
                    lines[line] = old with { Opcodes = old.Opcodes + times, Passes = old.Passes + weight };
                }

                if (instruction.Library is { } member)
                {
                    LibraryCost old = library.GetValueOrDefault(member) ?? new LibraryCost(member, 0, 0, instruction.Assumed);
                    library[member] = old with { Calls = old.Calls + times, Passes = old.Passes + weight };
                }
            }

            methods[block.Method] = cost;
        }

        List<Allocation> tables = Allocations(Counters.StaticBlocks, Counters.StaticArrays);
        List<Allocation> running = Allocations(Counters.Blocks, Counters.Arrays);
        return new ScenarioResult(
            scenario.Name,
            scenario.Group,
            passes / scenario.Per,
            scenario.Measured,
            scenario.Budget,
            opcodes,
            Sum(setUp) + Sum(tables),
            Sum(tables),
            scenario.MemoryBudget,
            Sum(running),
            returned,
            [.. methods.Values.OrderByDescending(m => m.Passes)],
            [.. library.Values.OrderByDescending(m => m.Passes)],
            [.. lines.Values.OrderByDescending(m => m.Passes)],
            running,
            [.. setUp.Concat(tables).OrderByDescending(a => a.Bytes)]);
    }

    private List<Allocation> Allocations(long[] blocks, long[] arrays)
    {
        IEnumerable<Allocation> objects = _blocks
            .Select((block, i) => (block, times: blocks[i]))
            .Where(one => one.times > 0)
            .SelectMany(one => one.block.Instructions.Where(i => i.Made != null).Select(i => new Allocation(NameOf(one.block.Method), i.Made!, one.times * i.Bytes)));
        IEnumerable<Allocation> made = _arrays.Select((place, i) => new Allocation(NameOf(place.Method), place.What, arrays[i])).Where(a => a.Bytes > 0);
        return [.. made.Concat(objects)];
    }

    private static long Sum(List<Allocation> allocations) => allocations.Sum(a => a.Bytes);

    private static string NameOf(MethodDefinition method) => $"{method.DeclaringType.Name}.{method.Name}";

    private static double MeasuredOf(MethodDefinition method) =>
        method.CustomAttributes.FirstOrDefault(a => a.AttributeType.Name == MeasuredAttribute) is { } attribute ? (double)attribute.ConstructorArguments[0].Value : 0;

    private static IEnumerable<Scenario> Find(AssemblyDefinition assembly) =>
        from type in assembly.MainModule.GetTypes()
        from method in type.Methods
        let attribute = method.CustomAttributes.FirstOrDefault(a => a.AttributeType.Name == ScenarioAttribute)
        where attribute != null
        let values = attribute.Properties.ToDictionary(p => p.Name, p => p.Argument.Value)
        select new Scenario(
            (string)attribute.ConstructorArguments[0].Value,
            type.Name,
            method,
            (int)values.GetValueOrDefault("Per", 1),
            (double)values.GetValueOrDefault("Measured", 0.0),
            (int)values.GetValueOrDefault("Budget", 0),
            (int)values.GetValueOrDefault("MemoryBudget", 0));

    /// <summary>What failed inside is told with the scenario's name, not wrapped by the reflection that called it.</summary>
    private static T Calling<T>(Scenario scenario, Func<T> call)
    {
        try
        {
            return call();
        }
        catch (TargetInvocationException wrapped) when (wrapped.InnerException is { } inner)
        {
            throw new InvalidOperationException($"{scenario.Name} failed: {inner.Message}", inner);
        }
    }

    /// <summary>The instrumented assemblies; everything else is the PC's.</summary>
    private sealed class Context(Dictionary<string, byte[]> images) : AssemblyLoadContext(isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (assemblyName.Name == typeof(Counters).Assembly.GetName().Name)
            {
                return typeof(Counters).Assembly;
            }

            return images.TryGetValue(assemblyName.Name!, out byte[]? image) ? LoadFromStream(new MemoryStream(image)) : null;
        }
    }
}
