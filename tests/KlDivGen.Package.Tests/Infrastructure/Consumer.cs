namespace KlDivGen.Package.Tests;

/// <summary>A consumer of the package: projects in a temporary folder whose only package source is the test's feed.</summary>
internal sealed class Consumer : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly PackedPackage package;

    /// <summary>Creates a folder that contains nothing but the NuGet settings and an empty folder for the SDK's data.</summary>
    public Consumer(PackedPackage package)
    {
        this.package = package;
        this.Write("nuget.config", package.NuGetConfig);
        Directory.CreateDirectory(this.DataFolder);
    }

    /// <summary>Creates a folder with the console project <c>App.csproj</c>, which references the package.</summary>
    /// <param name="package">The package.</param>
    /// <param name="properties">MSBuild properties of the project, as XML.</param>
    public Consumer(PackedPackage package, string properties)
        : this(package) => this.WriteProject("App.csproj", "<OutputType>Exe</OutputType>" + properties, this.Reference());

    /// <summary>
    /// The environment of every command. The SDK keeps the builds of file-based apps in the user's data folder. Its processes are too short
    /// for a profile of themselves to pay.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Environment =>
        new Dictionary<string, string?> { ["XDG_DATA_HOME"] = this.DataFolder, ["DOTNET_TieredPGO"] = "0" };

    // The default globs of a project exclude folders whose name starts with a dot.
    private string DataFolder => this.Combine(".data");

    /// <summary>Returns the package reference, as XML.</summary>
    /// <param name="attributes">Further attributes, such as <c>ExcludeAssets="analyzers"</c>.</param>
    public string Reference(string attributes = "") =>
        $"""<PackageReference Include="KlDivGen" Version="{this.package.Version}" {attributes} />""";

    /// <summary>Writes a project file for .NET 10.</summary>
    /// <param name="name">The file, relative to the consumer's folder.</param>
    /// <param name="properties">MSBuild properties, as XML.</param>
    /// <param name="items">MSBuild items, as XML.</param>
    public void WriteProject(string name, string properties, string items) => this.Write(name, $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            {properties}
          </PropertyGroup>
          <ItemGroup>
            {items}
          </ItemGroup>
        </Project>
        """);

    /// <summary>Writes a file, relative to the consumer's folder.</summary>
    public void Write(string name, string text) => this.folder.Write(name, text);

    /// <summary>Returns the full path of a file, relative to the consumer's folder.</summary>
    public string Combine(string name) => this.folder.Combine(name);

    /// <summary>Reads the one file whose name matches a pattern, in any subfolder.</summary>
    public string ReadSingle(string pattern) => File.ReadAllText(
        Directory.EnumerateFiles(this.folder.Path, pattern, SearchOption.AllDirectories).Single());

    /// <summary>Runs a <c>dotnet</c> command in the consumer's folder.</summary>
    public Task<ProcessResult> DotnetAsync(params IEnumerable<string> arguments) => ProcessRunner.RunDotnetAsync(
        arguments,
        new() { WorkingDirectory = this.folder.Path, Environment = this.Environment },
        TestContext.Current.CancellationToken);

    /// <inheritdoc/>
    public void Dispose() => this.folder.Dispose();
}
