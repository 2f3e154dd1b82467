using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Sensors.NetNano.ReferenceAssemblies;

namespace Sensors.Architecture.Tests.Listings;

/// <summary>The generated assemblies say what the listings say: read back, they give the same lines.</summary>
public sealed class ReferenceAssemblyTests
{
    private static readonly string Api = Path.Combine(Repository.Root, "platform", "netnano", "api");

    public static TheoryData<string> Names =>
        new(Directory.GetFiles(Api, "*.api.txt").Select(path => Path.GetFileName(path)[..^".api.txt".Length]).Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void An_assembly_read_back_is_its_listing(string name)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(Path.Combine(Repository.OfficialApi, name + ".dll"));
        Assert.Equal(
            ListedLines(name).Order(StringComparer.Ordinal),
            ListingPrinter.Lines(module).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_assembly_references_what_its_listing_says(string name)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(Path.Combine(Repository.OfficialApi, name + ".dll"));
        string header = File.ReadLines(Path.Combine(Api, name + ".api.txt")).First(line => line.StartsWith("# references", StringComparison.Ordinal));
        string[] listed = header["# references".Length..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(listed, module.AssemblyReferences.Select(r => r.Name));
        Assert.Equal("v4.0.30319", module.RuntimeVersion);
    }

    [Fact]
    public void The_core_library_stands_alone()
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(Path.Combine(Repository.OfficialApi, "mscorlib.dll"));
        Assert.Empty(module.AssemblyReferences);
        Assert.Null(module.GetType("System.Object").BaseType);
        Assert.Equal(MetadataType.Int32, module.GetType("System.Int32").Fields.Single(f => f.Name == "m_value").FieldType.MetadataType);
        Assert.Contains(module.GetType("System.String").Methods, m => m.Name == "get_Chars"); // what a foreach over a text calls
    }

    [Fact]
    public void The_same_listing_gives_the_same_bytes()
    {
        List<AssemblyListing> listings = Directory.GetFiles(Api, "*.api.txt").Select(ListingParser.ParseFile).ToList();
        byte[] made = new AssemblyWriter(listings.Single(l => l.Name == "System.Net"), new TypeCatalog(listings)).Write();
        Assert.Equal(File.ReadAllBytes(Path.Combine(Repository.OfficialApi, "System.Net.dll")), made);
    }

    [Theory]
    [InlineData("  gadget public int X", "expected field, ctor, property, event or method")]
    [InlineData("  field public int X extra", "nothing is known to stand here")]
    [InlineData("  property public int X { get; init; }", "expected '}'")]
    [InlineData("  method private int X()", "expected public or protected")]
    [InlineData("  field public const int X", "a constant has a value")]
    [InlineData("  field public const int X = ten", "ten is not a int")]
    [InlineData("  field public Some.Where.Else X", "neither in made nor in what it references")]
    public void A_line_that_is_not_understood_stops_the_build_and_is_named(string line, string message)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("listing").FullName, "made.api.txt");
        try
        {
            File.WriteAllText(path, $"# assembly made\n# references mscorlib\n\nclass Made.Type\n{line}\n");
            var error = Assert.Throws<ListingException>(() =>
            {
                AssemblyListing listing = ListingParser.ParseFile(path);
                List<AssemblyListing> all = [listing, ListingParser.ParseFile(Path.Combine(Api, "mscorlib.api.txt"))];
                new AssemblyWriter(listing, new TypeCatalog(all)).Write();
            });
            Assert.Contains("made.api.txt(", error.Message, StringComparison.Ordinal);
            Assert.Contains("error NANO010", error.Message, StringComparison.Ordinal);
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.GetParent(path)!.Delete(recursive: true);
        }
    }

    /// <summary>The lines of a listing, each with its type, and base types in one order: metadata has an order of its own.</summary>
    private static IEnumerable<string> ListedLines(string name)
    {
        string type = "";
        foreach (string line in File.ReadLines(Path.Combine(Api, name + ".api.txt")).Select(l => l.TrimEnd()).Where(l => l.Length > 0 && l[0] != '#'))
        {
            string normal = line;
            if (line[0] != ' ')
            {
                int colon = line.IndexOf(" : ", StringComparison.Ordinal);
                string head = colon < 0 ? line : line[..colon];
                string declared = head.Contains("delegate ", StringComparison.Ordinal) ? head[..head.IndexOf('(', StringComparison.Ordinal)] : head;
                type = declared[(declared.LastIndexOf(' ') + 1)..];
                normal = colon < 0 ? line : head + " : " + string.Join(", ", line[(colon + 3)..].Split(", ").Order(StringComparer.Ordinal));
            }

            yield return $"{type} | {normal}";
        }
    }
}
