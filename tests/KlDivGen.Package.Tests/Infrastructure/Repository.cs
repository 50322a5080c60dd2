using System.Reflection;

namespace KlDivGen.Package.Tests;

/// <summary>The repository these tests were built in.</summary>
internal static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>Where builds that tests start are put, so that they and a build of the repository never meet.</summary>
    public static string TestArtifacts { get; } = Path.Combine(Root, "artifacts", "package-tests");

    /// <summary>The full path of a file or folder, given from the root.</summary>
    public static string PathTo(string relative) => Path.Combine(Root, relative);
}
