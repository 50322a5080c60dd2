using System.Buffers.Binary;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace KlDivGen.Package.Tests;

/// <summary>What is in the package, and what is not.</summary>
public class PackageContentTests(PackedPackage package)
{
    private static readonly string[] CompilerAssemblies =
    [
        "lib/net10.0/KlDivGen.dll",
        "analyzers/dotnet/cs/KlDivGen.Generator.dll",
        "analyzers/dotnet/cs/KlDivGen.CodeFixes.dll",
    ];

    // What the C# compiler itself brings to an analyzer, and what an IDE brings to a code fix besides.
    private static readonly string[] FromTheCompiler =
        ["netstandard", "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "System.Collections.Immutable"];

    private static readonly string[] FromTheIde =
        ["Microsoft.CodeAnalysis.Workspaces", "Microsoft.CodeAnalysis.CSharp.Workspaces", "System.Composition.AttributedModel"];

    [Fact]
    public void Pack_writes_one_package_and_its_symbols() =>
        Assert.Equal(
            [$"KlDivGen.{package.Version}.nupkg", $"KlDivGen.{package.Version}.snupkg"],
            Directory.GetFileSystemEntries(package.Feed).Select(Path.GetFileName).Order());

    [Fact]
    public void The_package_holds_what_a_consumer_needs_and_nothing_else()
    {
        using ZipArchive archive = ZipFile.OpenRead(package.File);
        string[] container = ["_rels/", "package/", "[Content_Types].xml"];
        Assert.Equal(
            [
                "KlDivGen.nuspec",
                "README.md",
                "analyzers/dotnet/cs/KlDivGen.CodeFixes.dll",
                "analyzers/dotnet/cs/KlDivGen.Generator.dll",
                "build/KlDivGen.props",
                "buildTransitive/KlDivGen.props",
                "icon.png",
                "lib/net10.0/KlDivGen.dll",
                "lib/net10.0/KlDivGen.xml",
            ],
            archive.Entries.Select(entry => entry.FullName).Where(name => !container.Any(name.StartsWith)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_package_page_is_complete()
    {
        XElement metadata = XDocument.Parse(this.ReadText("KlDivGen.nuspec")).Root!.Elements().Single();
        string Value(string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;

        Assert.Equal("KlDivGen", Value("id"));
        Assert.Equal("MIT", Value("license"));
        Assert.Equal("README.md", Value("readme"));
        Assert.Equal("icon.png", Value("icon"));
        Assert.Equal("https://github.com/KlDivGen/KlDivGen", Value("projectUrl"));
        Assert.InRange(Value("description").Length, 100, 4000);
        Assert.InRange(Value("tags").Split(' ').Length, 5, 20);
        Assert.Contains("CHANGELOG.md", Value("releaseNotes"), StringComparison.Ordinal);

        XElement repository = metadata.Elements().Single(element => element.Name.LocalName == "repository");
        Assert.Equal("git", repository.Attribute("type")?.Value);
        Assert.Equal("https://github.com/KlDivGen/KlDivGen", repository.Attribute("url")?.Value);
    }

    [Fact]
    public void The_only_dependency_is_that_on_tensor_spans()
    {
        XElement[] groups = [.. XDocument.Parse(this.ReadText("KlDivGen.nuspec")).Descendants().Where(e => e.Name.LocalName == "group")];
        XElement group = Assert.Single(groups);
        Assert.Equal("net10.0", group.Attribute("targetFramework")!.Value);
        Assert.Equal("System.Numerics.Tensors", Assert.Single(group.Elements()).Attribute("id")!.Value);
    }

    [Fact]
    public void The_icon_is_a_picture_of_the_size_the_gallery_asks_for()
    {
        byte[] icon = this.Read("icon.png");
        Assert.Equal("PNG"u8, icon.AsSpan(1, 3));
        Assert.Equal(128, BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(16)));
        Assert.Equal(128, BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(20)));
    }

    [Fact]
    public void The_generator_needs_nothing_that_the_compiler_has_not() =>
        Assert.Empty(References(this.Read("analyzers/dotnet/cs/KlDivGen.Generator.dll")).Except(FromTheCompiler));

    [Fact]
    public void The_code_fixes_need_nothing_that_an_editor_has_not() =>
        Assert.Empty(References(this.Read("analyzers/dotnet/cs/KlDivGen.CodeFixes.dll"))
            .Except([.. FromTheCompiler, .. FromTheIde, "KlDivGen.Generator"]));

    [Fact]
    public void Every_source_file_is_in_the_symbols_under_a_path_of_no_machine()
    {
        foreach (string assembly in CompilerAssemblies)
        {
            using PEReader image = new(new MemoryStream(this.Read(assembly)));
            using MetadataReaderProvider symbols = this.Symbols(assembly, image);
            MetadataReader reader = symbols.GetMetadataReader();
            Assert.NotEmpty(reader.Documents);
            foreach (DocumentHandle document in reader.Documents)
            {
                Assert.StartsWith("/_/", reader.GetString(reader.GetDocument(document).Name), StringComparison.Ordinal);
                Assert.True(HasSource(reader, document), $"{reader.GetString(reader.GetDocument(document).Name)} of {assembly}");
            }
        }
    }

    [Fact]
    public void The_runtime_assembly_is_small()
    {
        // The README says so, too.
        Assert.InRange(this.Read("lib/net10.0/KlDivGen.dll").Length, 1, 64 * 1024);
    }

    private static string[] References(byte[] assembly)
    {
        using PEReader image = new(new MemoryStream(assembly));
        MetadataReader reader = image.GetMetadataReader();
        return [.. reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name))];
    }

    private static bool HasSource(MetadataReader reader, DocumentHandle document)
    {
        Guid embeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");
        return reader.GetCustomDebugInformation(document)
            .Any(handle => reader.GetGuid(reader.GetCustomDebugInformation(handle).Kind) == embeddedSource);
    }

    /// <summary>The symbols of an assembly: inside it, or in the symbol package.</summary>
    private MetadataReaderProvider Symbols(string assembly, PEReader image)
    {
        DebugDirectoryEntry[] embedded =
            [.. image.ReadDebugDirectory().Where(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb)];
        return embedded is [var entry]
            ? image.ReadEmbeddedPortablePdbDebugDirectoryData(entry)
            : MetadataReaderProvider.FromPortablePdbStream(
                new MemoryStream(ReadEntry(package.Symbols, Path.ChangeExtension(assembly, ".pdb"))));
    }

    private string ReadText(string entry) => new StreamReader(new MemoryStream(this.Read(entry))).ReadToEnd();

    private byte[] Read(string entry) => ReadEntry(package.File, entry);

    private static byte[] ReadEntry(string archive, string name)
    {
        using ZipArchive zip = ZipFile.OpenRead(archive);
        using Stream content = zip.GetEntry(name)!.Open();
        using MemoryStream copy = new();
        content.CopyTo(copy);
        return copy.ToArray();
    }
}
