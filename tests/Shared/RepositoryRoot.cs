using System.Reflection;

namespace KlDivGen.Tests.Infrastructure;

/// <summary>The root folder of the repository that this assembly was built from.</summary>
internal static class RepositoryRoot
{
    /// <summary>The full path of the root folder. The build records it, because output may lie outside of the repository.</summary>
    public static string Path { get; } = typeof(RepositoryRoot).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>The full path of a file or folder of the repository.</summary>
    /// <param name="relative">The path from the root, parts separated by '/'.</param>
    public static string Combine(string relative) => System.IO.Path.GetFullPath(System.IO.Path.Combine(Path, relative));
}
