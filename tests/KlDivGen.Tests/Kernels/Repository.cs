namespace KlDivGen.Tests.Kernels;

/// <summary>Where the sources of this repository lie.</summary>
internal static class Repository
{
    /// <summary>The folder of the solution, found upwards from the test program.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "KlDivGen.sln")) ? folder
        : Path.GetDirectoryName(folder) is { } parent ? Find(parent)
        : throw new InvalidOperationException("The tests do not run inside the repository.");
}
