using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Checks;
using KlDivGen.Conformance.Matrix;
using KlDivGen.Conformance.Rows;

namespace KlDivGen.Tests.Kernels;

/// <summary>The source files of the matrix are up to date, and its rows cover the settings.</summary>
public sealed class MatrixTests
{
    private const string Folder = "tests/KlDivGen.Conformance/Matrix/Generated";

    [Fact]
    public void Source_files_are_up_to_date()
    {
        string folder = RepositoryRoot.Combine(Folder);
        Dictionary<string, string> expected = MatrixWriter.Files().ToDictionary(file => file.Name, file => file.Text);
        Assert.Equal(expected.Keys.Order(), Directory.GetFiles(folder).Select(file => Path.GetFileName(file)!).Order());
        foreach ((string name, string text) in expected)
        {
            Assert.Equal(text, File.ReadAllText(Path.Combine(folder, name)));
        }
    }

    [Fact]
    public void Every_row_has_its_method() =>
        Assert.Equal(
            (MatrixSample.IsWholeMatrix ? MatrixRows.All : MatrixSample.OfMatrix).ToHashSet(),
            KernelGroups.Names.SelectMany(KernelGroups.Get).Select(c => c.Settings).ToHashSet());

    [Fact]
    public void Every_row_of_the_matrix_of_rows_has_its_method() =>
        Assert.Equal(
            (MatrixSample.IsWholeMatrix ? RowMatrix.All : MatrixSample.OfRowMatrix).ToHashSet(),
            RowGroups.Names.SelectMany(RowGroups.Get).Select(c => c.Settings).ToHashSet());

    [Fact]
    public void Rows_have_every_form_with_every_reduction() =>
        Assert.Equal(
            (6 + 2) * 5,
            RowMatrix.All
                .Where(r => r.Group == "RowsSingle" && (r.Form == RowForm.Pair || r.Divergence == Divergence.Forward))
                .Select(r => (r.Form, r.Divergence, r.Reduction))
                .Distinct()
                .Count());

    [Fact]
    public void Every_divergence_has_both_target_forms() =>
        Assert.Equal(
            3 * 2, MatrixRows.All.Where(r => r.Group == "FlatSingle").Select(r => (r.Divergence, r.LogTarget)).Distinct().Count());

    [Fact]
    public void Every_deterministic_row_has_an_expected_hash() =>
        Assert.Equal(
            MatrixRows.All.Where(r => r.Deterministic).Select(r => $"{r.Group}.{r.Name}")
                .Concat(RowMatrix.All.Where(r => r.Deterministic).Select(r => $"{r.Group}.{r.Name}"))
                .Order(),
            Hash.ReadExpected().Select(line => line.Split(' ')[0]).Order());

    [Fact]
    public void The_sample_of_the_matrix_has_every_value_of_each_setting()
    {
        Settings[] some = [.. MatrixSample.OfMatrix];
        Func<Settings, object>[] settings =
        [
            r => r.Reduction, r => r.LogTarget, r => r.Dialect, r => r.Deterministic, r => r.Divergence, r => r.Input, r => r.Target,
            r => r.IsTensor, r => r.Outputs, r => $"{r.GradOutput}", r => $"{r.Return}", r => r.IsParallel, r => r.Group,
        ];
        Assert.All(settings, setting => Assert.Equal(MatrixRows.All.Select(setting).ToHashSet(), some.Select(setting).ToHashSet()));

        RowSettings[] someRows = [.. MatrixSample.OfRowMatrix];
        Func<RowSettings, object>[] rowSettings =
        [
            r => r.Reduction, r => r.Form, r => r.Deterministic, r => r.Divergence, r => r.Input, r => r.Target, r => r.IsTensor,
            r => r.HasMask, r => r.HasWeights, r => r.Dialect, r => r.Outputs, r => $"{r.GradOutput}", r => r.ReturnsDouble,
            r => r.Temperature, r => r.IsSquared, r => r.IsParallel, r => r.Group,
        ];
        Assert.All(rowSettings, setting => Assert.Equal(RowMatrix.All.Select(setting).ToHashSet(), someRows.Select(setting).ToHashSet()));
    }

    [Fact]
    public void Flat_losses_have_every_combination() =>
        Assert.Equal(
            4 * 2 * 3 * 2,
            MatrixRows.All.Where(r => r.Group == "FlatSingle").Select(r => (r.Reduction, r.LogTarget, r.Dialect, r.Deterministic)).Distinct().Count());

    [Theory]
    [InlineData("FlatSingleGradients")]
    [InlineData("FlatDoubleGradients")]
    public void Gradients_have_every_pair_of_values_of_two_settings(string group)
    {
        Func<Settings, object>[] settings =
            [r => r.Reduction, r => r.LogTarget, r => r.Dialect, r => r.Deterministic, r => r.Outputs, r => r.GradOutput is not null];
        Settings[] rows = [.. MatrixRows.All.Where(r => r.Group == group)];
        foreach (Func<Settings, object> one in settings)
        {
            foreach (Func<Settings, object> other in settings.Where(s => s != one))
            {
                int pairs = rows.Select(r => (one(r), other(r))).Distinct().Count();
                Assert.Equal(rows.Select(one).Distinct().Count() * rows.Select(other).Distinct().Count(), pairs);
            }
        }
    }
}
