using System;
using System.Collections.Generic;
using Mono.Cecil;

namespace Sensors.NetNano.Gate;

/// <summary>Limits of the 1.x CLR and of its metadata processor.</summary>
public static class Limits
{
    /// <summary>Bytes of bytecode, and bytes of strings, in one assembly: tokens are 16 bits wide.</summary>
    public const int TableBytes = 65536;

    /// <summary>Virtual, instance or static methods of one type, each kind counted by itself in a byte.</summary>
    public const int MethodsOfAKind = 255;

    /// <summary>Assemblies loaded at once.</summary>
    public const int Assemblies = 64;

    /// <summary>Exception handlers within one another.</summary>
    public const int HandlerDepth = 6;

    /// <summary>Gets the kinds of method that <see cref="MethodsOfAKind"/> counts.</summary>
    internal static IReadOnlyList<(string Name, Func<MethodDefinition, bool> Is)> Kinds { get; } =
    [
        ("virtual", method => method.IsVirtual),
        ("static", method => method.IsStatic),
        ("instance", method => !method.IsStatic && !method.IsVirtual),
    ];
}
