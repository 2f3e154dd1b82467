using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Sensors.NetNano.Gate;

/// <summary>Collects findings, except those that a member is excused from.</summary>
internal sealed class FindingSink
{
    private readonly List<Finding> _findings = [];
    private readonly HashSet<Finding> _known = [];

    public IReadOnlyList<Finding> Findings => _findings;

    public void Add(string rule, IMemberDefinition member, string message) => Add(rule, member, "", message);

    public void Add(string rule, MethodDefinition method, Instruction at, string message) => Add(rule, method, LocationOf(method, at), message);

    public void Add(string rule, ModuleDefinition module, string message) => Keep(new Finding(rule, module.Assembly.Name.Name, "", message));

    private void Add(string rule, IMemberDefinition member, string location, string message)
    {
        if (!Suppressions.Excuse(member, rule))
        {
            Keep(new Finding(rule, member.FullName, location, message));
        }
    }

    private void Keep(Finding finding)
    {
        if (_known.Add(finding))
        {
            _findings.Add(finding);
        }
    }

    private static string LocationOf(MethodDefinition method, Instruction at)
    {
        SequencePoint? nearest = null;
        foreach (SequencePoint point in method.DebugInformation.SequencePoints)
        {
            if (point.Offset <= at.Offset && !point.IsHidden)
            {
                nearest = point;
            }
        }

        string offset = $"IL_{at.Offset:x4}";
        return nearest == null ? offset : $"{System.IO.Path.GetFileName(nearest.Document.Url)}({nearest.StartLine}), {offset}";
    }
}
