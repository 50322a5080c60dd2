using System.Reflection;

namespace KlDivGen.Generator.Tests;

/// <summary>Where the sources are, which path mapping hides from the compiler's own attributes in a build for release.</summary>
internal static class Projects
{
    public static string TestsDirectory { get; } = typeof(Projects).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "ProjectDirectory").Value!;

    public static string Root { get; } = Path.GetFullPath(Path.Combine(TestsDirectory, "..", ".."));
}
