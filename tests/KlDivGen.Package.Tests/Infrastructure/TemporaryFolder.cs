namespace KlDivGen.Package.Tests;

/// <summary>A temporary folder outside the repository, so that no setting of the repository applies in it. Disposing deletes it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    /// <summary>The full path of the folder.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("KlDivGen-").FullName;

    /// <summary>Returns the full path of a file or folder inside this folder.</summary>
    public string Combine(string name) => System.IO.Path.Combine(this.Path, name);

    /// <summary>Writes a text file, and creates the folders on its path.</summary>
    public void Write(string name, string text)
    {
        string path = this.Combine(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(this.Path, recursive: true);
}
