namespace KlDivGen.Package.Tests;

/// <summary>A program of somebody else's, in a folder of its own, that finds the package in the feed.</summary>
internal sealed class Consumer : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>The folder, empty but for the settings that say where the package is.</summary>
    public Consumer(PackedPackage package) => this.folder.Write("nuget.config", package.NuGetConfig);

    /// <summary>The same with a console project, <c>App.csproj</c>, that refers to the package and sets <paramref name="properties"/>.</summary>
    public Consumer(PackedPackage package, string properties)
        : this(package) => this.folder.Write("App.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="KlDivGen" Version="{package.Version}" />
              </ItemGroup>
            </Project>
            """);

    /// <summary>Writes a file of the program.</summary>
    public void Write(string name, string text) => this.folder.Write(name, text);

    /// <summary>The text of a file of the program, wherever below its folder.</summary>
    public string Read(string name) => File.ReadAllText(
        Directory.EnumerateFiles(this.folder.Path, name, SearchOption.AllDirectories).Single());

    /// <summary>Runs a <c>dotnet</c> command in the folder.</summary>
    public Task<Finished> Dotnet(params string[] arguments) => Command.Dotnet(this.folder.Path, arguments);

    public void Dispose() => this.folder.Dispose();
}
