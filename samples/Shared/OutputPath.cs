namespace KlDivGen.Samples;

/// <summary>Checks of a path that the program will write to, before the work begins.</summary>
internal static class OutputPath
{
    /// <summary>Requires that the path is not a folder, and that its folder exists.</summary>
    /// <exception cref="InvalidInputException">The path cannot be written.</exception>
    public static void RequireFolder(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
        if (Directory.Exists(path))
        {
            throw new InvalidInputException($"{path} cannot be written: it is a folder");
        }

        if (!Directory.Exists(folder))
        {
            throw new InvalidInputException($"{path} cannot be written: there is no folder {folder}");
        }
    }
}
