using KlDivGen.Conformance.Checks;
using KlDivGen.Conformance.Fuzzing;
using KlDivGen.Conformance.Matrix;

namespace KlDivGen.Tests.Kernels;

/// <summary>The first cases of the fuzzer. <c>.ci/run</c> runs many more, from a new seed each time.</summary>
public sealed class FuzzerTests
{
    private const ulong Seed = 20260101;

    private static readonly string[] Groups = [.. KernelGroups.Names, .. RowGroups.Names];

    [Fact]
    public void Random_calls_have_the_expected_results()
    {
        CheckResult[] results = [.. new Fuzzer(Groups, Seed, verbose: false).Run(TimeSpan.MaxValue, 1000)];
        Assert.True(results.Length > 100, "Most methods should have been called.");
        Assert.Equal("", string.Join('\n', results.Where(result => !result.HasPassed)));
    }

    [Fact]
    public void A_seed_determines_the_results()
    {
        Fuzzer first = new(Groups, Seed, verbose: false), second = new(Groups, Seed, verbose: false);
        _ = first.Run(TimeSpan.MaxValue, 500);
        _ = second.Run(TimeSpan.MaxValue, 500);
        Assert.NotEqual(0UL, first.Hash);
        Assert.Equal(first.Hash, second.Hash);
    }
}
