namespace KlDivGen.Benchmarks;

/// <summary>The folders of this project.</summary>
internal static class ProjectFolder
{
    /// <summary>The results, one folder per processor.</summary>
    public static string Results { get; } = RepositoryRoot.Combine("tests/KlDivGen.Benchmarks/Results");

    /// <summary>The output of the builds that this program starts.</summary>
    public static string Builds => Directory.CreateDirectory(Combine("obj/builds")).FullName;

    /// <summary>The full path of a file or folder of this project.</summary>
    public static string Combine(string relative) => RepositoryRoot.Combine("tests/KlDivGen.Benchmarks/" + relative);
}
