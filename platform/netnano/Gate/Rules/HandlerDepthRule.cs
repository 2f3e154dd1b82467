using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Sensors.NetNano.Gate.Rules;

/// <summary>Exception handling nests no deeper than the CLR can unwind.</summary>
internal sealed class HandlerDepthRule : IRule
{
    public void Check(AssemblySet set, FindingSink sink)
    {
        foreach (MethodDefinition method in set.Methods.Where(m => m.HasBody && m.Body.HasExceptionHandlers))
        {
            int depth = Depth(method.Body.ExceptionHandlers);
            if (depth > Limits.HandlerDepth)
            {
                sink.Add("NANO109", method, $"try blocks nest {depth} deep and the CLR unwinds {Limits.HandlerDepth}; move the inner ones into a method");
            }
        }
    }

    private static int Depth(IEnumerable<ExceptionHandler> handlers)
    {
        // Several handlers of one try block are one level. A try nests in another's block or in another's handler.
        var levels = handlers.GroupBy(h => (h.TryStart.Offset, End(h.TryEnd))).Select(g => g.First()).ToList();
        return levels.Max(inner => 1 + levels.Count(outer => outer != inner && Encloses(outer, inner)));
    }

    private static bool Encloses(ExceptionHandler outer, ExceptionHandler inner) =>
        Holds(outer.TryStart, outer.TryEnd, inner) || Holds(outer.HandlerStart, outer.HandlerEnd, inner);

    private static bool Holds(Instruction start, Instruction? end, ExceptionHandler inner) =>
        start.Offset <= inner.TryStart.Offset && End(inner.TryEnd) <= End(end);

    private static int End(Instruction? end) => end?.Offset ?? int.MaxValue;
}
