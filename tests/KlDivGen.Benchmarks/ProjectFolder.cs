namespace KlDivGen.Benchmarks;

/// <summary>The folders of the repository, found from wherever the program was built to.</summary>
internal static class ProjectFolder
{
    /// <summary>The folder of this project.</summary>
    public static string Path { get; } = Find();

    /// <summary>The root of the repository.</summary>
    public static string Repository => System.IO.Path.GetFullPath(System.IO.Path.Combine(Path, "..", ".."));

    /// <summary>Where results and plots are kept.</summary>
    public static string Results => System.IO.Path.Combine(Path, "results");

    /// <summary>Where things are put that this program builds for itself.</summary>
    public static string Intermediate => Directory.CreateDirectory(System.IO.Path.Combine(Path, "obj", "contenders")).FullName;

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "KlDivGen.Benchmarks.csproj")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"{AppContext.BaseDirectory} is not inside the KlDivGen.Benchmarks project.");
    }
}
