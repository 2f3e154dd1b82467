using System;

namespace Sensors.NetNano.ReferenceAssemblies;

/// <summary>A line of a listing that cannot be understood, or a name that cannot be resolved.</summary>
internal sealed class ListingException : Exception
{
    public ListingException(string file, int line, string message)
        : base($"{file}({line}): error NANO010: {message}")
    {
    }
}
