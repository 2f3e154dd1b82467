using System.Collections.Generic;

namespace Sensors.Tests.Shared
{
    /// <summary>How C# writes the types that have a keyword, and so how a listing of an API does.</summary>
    /// <remarks>
    /// The generator of the reference assemblies has such a table too, and these tests must not use it: they are the check on what
    /// it reads and writes, and an error in a table that both sides share would show nowhere.
    /// </remarks>
    internal static class Keywords
    {
        /// <summary>Gets the keyword of a type by its full name.</summary>
        public static IReadOnlyDictionary<string, string> OfTypes { get; } = new Dictionary<string, string>
        {
            ["System.Void"] = "void",
            ["System.Boolean"] = "bool",
            ["System.Byte"] = "byte",
            ["System.SByte"] = "sbyte",
            ["System.Char"] = "char",
            ["System.Int16"] = "short",
            ["System.UInt16"] = "ushort",
            ["System.Int32"] = "int",
            ["System.UInt32"] = "uint",
            ["System.Int64"] = "long",
            ["System.UInt64"] = "ulong",
            ["System.Single"] = "float",
            ["System.Double"] = "double",
            ["System.String"] = "string",
            ["System.Object"] = "object",
        };
    }
}
