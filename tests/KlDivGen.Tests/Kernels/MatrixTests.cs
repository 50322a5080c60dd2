using KlDivGen.Conformance.Columns;
using KlDivGen.Conformance.Matrix;

namespace KlDivGen.Tests.Kernels;

/// <summary>The matrix's source files are what its writer writes, and cover what they say.</summary>
public sealed class MatrixTests
{
    private const string Folder = "tests/KlDivGen.Conformance/Matrix/Written";

    [Fact]
    public void Source_files_are_not_stale()
    {
        string folder = RepositoryRoot.Combine(Folder);
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

    [Fact]
    public void Flat_losses_have_every_combination() =>
        Assert.Equal(4 * 2 * 3 * 2, Rows.All.Where(r => r.Family == "FlatSingle").Select(r => (r.Reduction, r.LogTarget, r.Dialect, r.Deterministic)).Distinct().Count());

    [Theory]
    [InlineData("FlatSingleGradients")]
    [InlineData("FlatDoubleGradients")]
    public void In_gradients_every_setting_meets_every_value_of_each_other(string family)
    {
        Func<Settings, object>[] settings = [r => r.Reduction, r => r.LogTarget, r => r.Dialect, r => r.Deterministic, r => r.Outputs, r => r.Upstream];
        var rows = Rows.All.Where(r => r.Family == family).ToArray();
        foreach (var one in settings)
        {
            foreach (var other in settings.Where(s => s != one))
            {
                int pairs = rows.Select(r => (one(r), other(r))).Distinct().Count();
                Assert.Equal(rows.Select(one).Distinct().Count() * rows.Select(other).Distinct().Count(), pairs);
            }
        }
    }
}
