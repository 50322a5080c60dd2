using System.Buffers.Binary;
using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace KlDivGen.Package.Tests;

/// <summary>The content of the package.</summary>
public class PackageContentTests(PackedPackage package)
{
    private static readonly string[] PackedAssemblies =
    [
        "lib/net10.0/KlDivGen.dll",
        "analyzers/dotnet/cs/KlDivGen.Generator.dll",
        "analyzers/dotnet/cs/KlDivGen.CodeFixes.dll",
    ];

    // The assemblies that the C# compiler supplies to an analyzer, and those that an IDE supplies to a code fix.
    private static readonly string[] CompilerAssemblies =
        ["netstandard", "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "System.Collections.Immutable", "System.Memory"];

    private static readonly string[] IdeAssemblies =
        ["Microsoft.CodeAnalysis.Workspaces", "Microsoft.CodeAnalysis.CSharp.Workspaces", "System.Composition.AttributedModel"];

    [Fact]
    public void Pack_writes_one_package_and_its_symbols() =>
        Assert.Equal(
            [$"KlDivGen.{package.Version}.nupkg", $"KlDivGen.{package.Version}.snupkg"],
            Directory.GetFileSystemEntries(package.Feed).Select(Path.GetFileName).Order());

    [Fact]
    public void The_package_contains_the_expected_files_and_no_others()
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
                "build/KlDivGen.targets",
                "buildTransitive/KlDivGen.props",
                "buildTransitive/KlDivGen.targets",
                "icon.png",
                "lib/net10.0/KlDivGen.dll",
                "lib/net10.0/KlDivGen.xml",
            ],
            archive.Entries.Select(entry => entry.FullName).Where(name => !container.Any(name.StartsWith)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_package_metadata_is_complete()
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
    public void The_only_dependency_is_the_oldest_package_with_stable_tensor_spans()
    {
        XElement[] groups = [.. XDocument.Parse(this.ReadText("KlDivGen.nuspec")).Descendants().Where(e => e.Name.LocalName == "group")];
        XElement group = Assert.Single(groups);
        Assert.Equal("net10.0", group.Attribute("targetFramework")!.Value);
        XElement dependency = Assert.Single(group.Elements());
        Assert.Equal("System.Numerics.Tensors", dependency.Attribute("id")!.Value);
        Assert.Equal("10.0.0", dependency.Attribute("version")!.Value);
    }

    [Fact]
    public void The_icon_is_a_png_of_128_by_128_pixels()
    {
        byte[] icon = this.Read("icon.png");
        Assert.Equal("PNG"u8, icon.AsSpan(1, 3));
        Assert.Equal(128, BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(16)));
        Assert.Equal(128, BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(20)));
    }

    [Fact]
    public void The_generator_references_only_assemblies_of_the_compiler() =>
        Assert.Empty(References(this.Read("analyzers/dotnet/cs/KlDivGen.Generator.dll")).Except(CompilerAssemblies));

    [Fact]
    public void The_build_targets_require_the_roslyn_that_the_generator_references()
    {
        using PEReader image = new(new MemoryStream(this.Read("analyzers/dotnet/cs/KlDivGen.Generator.dll")));
        MetadataReader reader = image.GetMetadataReader();
        Version referenced = reader.AssemblyReferences.Select(reader.GetAssemblyReference)
            .Single(reference => reader.GetString(reference.Name) == "Microsoft.CodeAnalysis").Version;
        Assert.Equal(referenced.ToString(2), package.MinimumRoslyn);
    }

    [Fact]
    public void The_code_fixes_reference_only_assemblies_of_the_compiler_and_the_ide() =>
        Assert.Empty(References(this.Read("analyzers/dotnet/cs/KlDivGen.CodeFixes.dll"))
            .Except([.. CompilerAssemblies, .. IdeAssemblies, "KlDivGen.Generator"]));

    [Fact]
    public void The_symbols_embed_every_source_file_under_a_machine_independent_path()
    {
        foreach (string assembly in PackedAssemblies)
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
    public void Every_assembly_is_signed_with_the_key_in_the_repository()
    {
        foreach (string assembly in PackedAssemblies)
        {
            using PEReader image = new(new MemoryStream(this.Read(assembly)));
            Assert.True(image.PEHeaders.CorHeader!.Flags.HasFlag(CorFlags.StrongNameSigned), assembly);
            byte[] token = image.GetMetadataReader().GetAssemblyDefinition().GetAssemblyName().GetPublicKeyToken()!;
            Assert.Equal("17a412e348f8bfa5", Convert.ToHexStringLower(token));
        }
    }

    [Fact]
    public void The_runtime_assembly_is_small()
    {
        // The README states this limit.
        Assert.InRange(this.Read("lib/net10.0/KlDivGen.dll").Length, 1, 84 * 1024);
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

    /// <summary>Opens the symbols of an assembly, which are embedded in it or in the symbol package.</summary>
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
