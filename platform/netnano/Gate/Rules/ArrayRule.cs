using Mono.Cecil;

namespace Sensors.NetNano.Gate.Rules;

/// <summary>No multi-dimensional arrays: the metadata processor refuses them.</summary>
internal sealed class ArrayRule : IRule
{
    public void Check(AssemblySet set, FindingSink sink) =>
        TypeShapes.Report(
            set,
            sink,
            "NANO104",
            t => t is ArrayType { IsVector: false },
            "the metadata processor refuses multi-dimensional arrays; use an array of arrays, or one array and an index");
}
