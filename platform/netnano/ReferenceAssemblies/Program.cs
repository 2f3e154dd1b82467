using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace Sensors.NetNano.ReferenceAssemblies;

/// <summary>Reads every listing of a folder and writes one reference assembly for each.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments.Length != 2)
        {
            Console.Error.WriteLine("usage: <folder with *.api.txt> <output folder>");
            return 2;
        }

        try
        {
            Write(arguments[0], arguments[1]);
            return 0;
        }
        catch (ListingException e)
        {
            Console.Error.WriteLine(e.Message); // "file(line): error NANO010: ..." is what MSBuild shows as an error of that file
            return 1;
        }
    }

    private static void Write(string apiFolder, string outputFolder)
    {
        List<AssemblyListing> listings = Directory.GetFiles(apiFolder, "*.api.txt")
            .OrderBy(path => path, StringComparer.Ordinal)
            .Select(ListingParser.ParseFile)
            .ToList();
        var catalog = new TypeCatalog(listings);
        Directory.CreateDirectory(outputFolder);

        foreach (AssemblyListing listing in listings)
        {
            byte[] image = new AssemblyWriter(listing, catalog).Write();
            File.WriteAllBytes(Path.Combine(outputFolder, listing.Name + ".dll"), image);

            // What a compilation against this assembly needs besides it, as a package would bring it along.
            File.WriteAllLines(Path.Combine(outputFolder, listing.Name + ".closure.txt"), catalog.Closure(listing).Select(l => l.Name));
            Console.WriteLine($"{listing.Name}: {listing.Types.Count} types");
        }

        File.WriteAllText(Path.Combine(outputFolder, "complete.stamp"), listings.Count + " assemblies\n");
    }
}
