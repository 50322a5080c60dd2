using KlDivGen.Conformance.Matrix;

namespace KlDivGen.Tests.Kernels;

/// <summary>The matrix's source files are what its writer writes, and cover what they say.</summary>
public sealed class MatrixTests
{
    private const string Folder = "tests/KlDivGen.Conformance/Matrix/Written";

    [Fact]
    public void Source_files_are_not_stale()
    {
        string folder = Path.Combine(Repository.Root, Folder);
        var written = Writer.Files().ToDictionary(f => f.Name, f => f.Text);
        Assert.Equal(written.Keys.Order(), Directory.GetFiles(folder).Select(f => Path.GetFileName(f)!).Order());
        foreach (var (name, text) in written)
        {
            Assert.Equal(text, File.ReadAllText(Path.Combine(folder, name)));
        }
    }

    [Fact]
    public void Every_row_has_its_method() =>
        Assert.Equal(Rows.All.ToHashSet(), Families.Names.SelectMany(Families.Of).Select(c => c.Settings).ToHashSet());
}
