using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Sensors.NetNano.Gate.Rules;

/// <summary>Nothing from the ban list is used, not even where only the compiler wrote the call.</summary>
internal sealed class BanRule : IRule
{
    /// <summary>The analyzer's number, so that one suppression excuses from both.</summary>
    private const string Rule = "RS0030";

    private readonly BanList _bans;

    public BanRule(BanList bans) => _bans = bans;

    public void Check(AssemblySet set, FindingSink sink)
    {
        foreach ((MethodDefinition method, Instruction instruction) in set.Instructions)
        {
            if (Banned(instruction) is { } hint)
            {
                sink.Add(Rule, method, instruction, $"{instruction.Operand}: {hint}");
            }
        }
    }

    private string? Banned(Instruction instruction) => instruction.Operand switch
    {
        MethodReference method => EnumHint(instruction, method)
            ?? _bans.Hint(DocumentationId.Of(method))
            ?? (DocumentationId.OfProperty(method) is { } property ? _bans.Hint(property) : null)
            ?? _bans.Hint(DocumentationId.Of(method.DeclaringType)),
        FieldReference field => _bans.Hint(DocumentationId.Of(field)) ?? _bans.Hint(DocumentationId.Of(field.DeclaringType)),
        TypeReference type => _bans.Hint(DocumentationId.Of(type)),
        _ => null,
    };

    /// <summary>ToString of an enum is a call of Object.ToString, constrained to the enum's type.</summary>
    private string? EnumHint(Instruction instruction, MethodReference method)
    {
        bool onEnum = instruction.Previous is { OpCode.Code: Code.Constrained, Operand: TypeReference type } && type.Resolve() is { IsEnum: true };
        return onEnum && method.Name == "ToString" && !method.HasParameters ? _bans.Hint("M:System.Enum.ToString") : null;
    }
}
