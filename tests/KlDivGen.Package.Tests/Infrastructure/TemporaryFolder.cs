namespace KlDivGen.Package.Tests;

/// <summary>An empty folder outside the repository, where none of its settings reach; gone with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("KlDivGen-").FullName;

    /// <summary>The full path of a file in it.</summary>
    public string PathTo(string name) => System.IO.Path.Combine(this.Path, name);

    /// <summary>Writes a text file into it.</summary>
    public void Write(string name, string text) => File.WriteAllText(this.PathTo(name), text);

    public void Dispose() => Directory.Delete(this.Path, recursive: true);
}
