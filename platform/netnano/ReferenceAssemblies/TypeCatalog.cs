using System.Collections.Generic;
using System.Linq;

namespace Sensors.NetNano.ReferenceAssemblies;

/// <summary>Finds types by name in an assembly and in those it references.</summary>
internal sealed class TypeCatalog
{
    private readonly Dictionary<string, AssemblyListing> _assemblies;
    private readonly Dictionary<AssemblyListing, Dictionary<string, TypeListing>> _types = [];
    private readonly HashSet<(string File, string FullName)> _names = [];

    public TypeCatalog(IEnumerable<AssemblyListing> listings)
    {
        _assemblies = listings.ToDictionary(l => l.Name);
        foreach (AssemblyListing listing in _assemblies.Values)
        {
            var byName = new Dictionary<string, TypeListing>();
            foreach (TypeListing type in listing.Types)
            {
                _names.Add((type.File, type.FullName));
                if (!byName.TryAdd(type.MetadataName, type))
                {
                    throw new ListingException(type.File, type.Line, $"{type.MetadataName} is listed twice");
                }
            }

            _types.Add(listing, byName);
        }
    }

    public AssemblyListing Assembly(string name, AssemblyListing from) =>
        _assemblies.TryGetValue(name, out AssemblyListing? found)
            ? found
            : throw new ListingException(from.File, 2, $"referenced assembly {name} has no listing");

    /// <summary>Tells whether a listing has a type of this full name.</summary>
    public bool IsListed(string file, string fullName) => _names.Contains((file, fullName));

    /// <summary>The type of this name, and where it is; null where neither the assembly nor its references have it.</summary>
    public (AssemblyListing Assembly, TypeListing Type)? Find(AssemblyListing from, string metadataName)
    {
        foreach (AssemblyListing assembly in from.References.Select(r => Assembly(r, from)).Prepend(from))
        {
            if (_types[assembly].TryGetValue(metadataName, out TypeListing? type))
            {
                return (assembly, type);
            }
        }

        return null;
    }

    /// <summary>The assembly and all it references, directly or not, sorted by name.</summary>
    public IReadOnlyList<AssemblyListing> Closure(AssemblyListing root)
    {
        var found = new SortedDictionary<string, AssemblyListing>(System.StringComparer.Ordinal);
        var open = new Stack<AssemblyListing>([root]);
        while (open.TryPop(out AssemblyListing? next))
        {
            if (found.TryAdd(next.Name, next))
            {
                foreach (string name in next.References)
                {
                    open.Push(Assembly(name, next));
                }
            }
        }

        return found.Values.ToList();
    }
}
