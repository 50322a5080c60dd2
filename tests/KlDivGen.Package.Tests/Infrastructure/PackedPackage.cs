using System.Globalization;

namespace KlDivGen.Package.Tests;

/// <summary>
/// The package, packed once for all tests by the command the README gives, and a feed that offers it. Its version is new in every
/// run and higher than any released one, so no cache and no other feed can stand in for it.
/// </summary>
public sealed class PackedPackage : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    /// <summary>The version packed.</summary>
    public string Version { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"9999.{(DateTime.UtcNow - DateTime.UnixEpoch).Days}.{(int)DateTime.UtcNow.TimeOfDay.TotalMilliseconds}");

    /// <summary>What <c>dotnet pack</c> was told to write into, and the feed.</summary>
    public string Feed => this.folder.PathTo("feed");

    /// <summary>The package itself.</summary>
    public string File => Path.Combine(this.Feed, $"KlDivGen.{this.Version}.nupkg");

    /// <summary>Its symbols.</summary>
    public string Symbols => Path.Combine(this.Feed, $"KlDivGen.{this.Version}.snupkg");

    /// <summary>
    /// The settings of a consumer that finds it. Packages are unpacked into a folder of the run; what KlDivGen needs is taken from
    /// the machine's cache, into which the build of this very test has put it.
    /// </summary>
    public string NuGetConfig => $"""
        <configuration>
          <config>
            <add key="globalPackagesFolder" value="{this.folder.PathTo("packages")}" />
          </config>
          <fallbackPackageFolders>
            <add key="cache" value="{Cache}" />
          </fallbackPackageFolders>
          <packageSources>
            <add key="feed" value="{this.Feed}" />
          </packageSources>
        </configuration>
        """;

    private static string Cache => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public async ValueTask InitializeAsync()
    {
        Finished packed = await Command.Dotnet(
            Repository.Root,
            "pack", "-c", "Release", "-o", this.Feed, "--artifacts-path", Repository.TestArtifacts, $"-p:PackageVersion={this.Version}");
        packed.Succeeded();
        Assert.DoesNotContain("warning", packed.Output, StringComparison.OrdinalIgnoreCase);
    }

    public ValueTask DisposeAsync()
    {
        this.folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
