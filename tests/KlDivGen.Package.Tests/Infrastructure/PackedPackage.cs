using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;

namespace KlDivGen.Package.Tests;

/// <summary>
/// The package, packed once for all tests, and a feed that contains it. Each run uses a new version number that is higher than any
/// released one, so that no cache and no other feed can supply another package.
/// </summary>
public sealed class PackedPackage : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    /// <summary>The folder into which the build of this project has restored packages.</summary>
    public static string Cache => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>The version of the package.</summary>
    public string Version { get; } = string.Create(
        CultureInfo.InvariantCulture,
        $"9999.{(DateTime.UtcNow - DateTime.UnixEpoch).Days}.{(int)DateTime.UtcNow.TimeOfDay.TotalMilliseconds}");

    /// <summary>The output folder of <c>dotnet pack</c>, which is also the feed.</summary>
    public string Feed => this.folder.Combine("feed");

    /// <summary>The path of the package.</summary>
    public string File => Path.Combine(this.Feed, $"KlDivGen.{this.Version}.nupkg");

    /// <summary>The path of the symbol package.</summary>
    public string Symbols => Path.Combine(this.Feed, $"KlDivGen.{this.Version}.snupkg");

    /// <summary>
    /// The NuGet settings of a consumer. Packages are extracted to a folder of this run. Dependencies come from the machine's cache:
    /// the build of this project has restored them.
    /// </summary>
    public string NuGetConfig => $"""
        <configuration>
          <config>
            <add key="globalPackagesFolder" value="{this.folder.Combine("packages")}" />
          </config>
          <fallbackPackageFolders>
            <add key="cache" value="{Cache}" />
          </fallbackPackageFolders>
          <packageSources>
            <clear />
            <add key="feed" value="{this.Feed}" />
          </packageSources>
        </configuration>
        """;

    /// <summary>The oldest version of Roslyn that the package's build targets accept.</summary>
    public string MinimumRoslyn
    {
        get
        {
            using ZipArchive archive = ZipFile.OpenRead(this.File);
            using Stream targets = archive.GetEntry("buildTransitive/KlDivGen.targets")!.Open();
            return XDocument.Load(targets).Descendants("KlDivGenMinimumRoslyn").Single().Value;
        }
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        ProcessResult packed = await ProcessRunner.RunDotnetAsync(
            ["pack", "-c", "Release", "-o", this.Feed, "--artifacts-path", TestArtifacts.Path, $"-p:PackageVersion={this.Version}"],
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.DoesNotContain("warning", packed.EnsureSuccess().Output, StringComparison.OrdinalIgnoreCase);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        this.folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
