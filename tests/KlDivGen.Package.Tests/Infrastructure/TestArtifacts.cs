namespace KlDivGen.Package.Tests;

/// <summary>The output folder of the builds that tests start. It is separate, so that they never collide with a build of the repository.</summary>
internal static class TestArtifacts
{
    /// <summary>The full path of the folder.</summary>
    public static string Path { get; } = RepositoryRoot.Combine("artifacts/package-tests");
}
