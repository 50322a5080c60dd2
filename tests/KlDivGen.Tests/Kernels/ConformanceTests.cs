using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Checks;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Matrix;
using KlDivGen.Conformance.Oracle;
using KlDivGen.Conformance.Rows;

namespace KlDivGen.Tests.Kernels;

/// <summary>
/// Every check of the conformance program, in this process, on all methods of the matrix that this build has. <c>.ci/run</c> runs the
/// program on the whole matrix.
/// </summary>
public sealed class ConformanceTests
{
    public static TheoryData<string, string> Runs()
    {
        TheoryData<string, string> data = new();
        foreach (Check check in CheckSuite.Checks)
        {
            foreach (string group in KernelGroups.Names.Where(name => KernelGroups.Get(name).Any(c => check.Applies(c.Settings))))
            {
                data.Add(check.Name, group);
            }
        }

        return data;
    }

    public static TheoryData<string, string> RowRuns()
    {
        TheoryData<string, string> data = new();
        foreach (RowCheck check in RowChecks.Checks)
        {
            foreach (string group in RowGroups.Names.Where(name => RowGroups.Get(name).Any(c => check.Applies(c.Settings))))
            {
                data.Add(check.Name, group);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Methods_pass(string check, string group)
    {
        CheckResult[] results = [.. CheckSuite.Run(check, group)];
        Assert.NotEmpty(results);
        Assert.Equal("", string.Join('\n', results.Where(result => !result.HasPassed)));
    }

    [Theory]
    [MemberData(nameof(RowRuns))]
    public void Methods_over_rows_pass(string check, string group)
    {
        CheckResult[] results = [.. RowChecks.Run(check, group)];
        Assert.NotEmpty(results);
        Assert.Equal("", string.Join('\n', results.Where(result => !result.HasPassed)));
    }

    [Fact]
    public void Every_check_has_methods()
    {
        Assert.Equal(CheckSuite.Checks.Select(check => check.Name), Runs().Select(run => run.Data.Item1).Distinct());
        Assert.Equal(RowChecks.Checks.Select(check => check.Name), RowRuns().Select(run => run.Data.Item1).Distinct());
    }

    [Fact]
    public void The_oracle_agrees_with_50_digits_and_with_PyTorch() => Assert.Empty(OracleCheck.Run());

    [Fact]
    public void The_oracle_of_rows_agrees_with_50_digits_and_with_PyTorch() => 
        Assert.Empty(RowReferences.VerifyOracle().Concat(RowReferences.VerifyOneSideOracle()));

    [Fact]
    public void Deterministic_methods_have_the_expected_bits()
    {
        string[] lines = [.. KernelGroups.Names.SelectMany(Hash.Compute), .. RowGroups.Names.SelectMany(RowHash.Compute)];
        Assert.NotEmpty(lines);
        Assert.Empty(lines.Except(Hash.ReadExpected()));
    }

    /// <summary>Otherwise the check <c>cancelling</c> would not test the second term of the error bound.</summary>
    [Theory]
    [InlineData("FlatSingle")]
    [InlineData("FlatDouble")]
    public void Cancelling_data_needs_the_second_term_of_the_error_bound(string group)
    {
        Settings settings = KernelGroups.Get(group).Select(c => c.Settings).First(s => s is { Reduction: Reduction.Sum, LogTarget: false });
        Dataset dataset = Datasets.Cancelling(settings);
        double losses = Enumerable.Range(0, dataset.Length).Sum(i => Math.Abs(dataset.Loss(settings, i).Value.Hi));
        double probabilities = Enumerable.Range(0, dataset.Length).Sum(i => dataset.Probability(settings, i));
        FloatFormat format = settings.ComputeFormat;
        Assert.True(Dataset.ReductionError(format, losses, 0) * 1000 < Dataset.ReductionError(format, 0, probabilities));
    }
}
