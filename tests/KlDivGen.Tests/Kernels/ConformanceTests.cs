using KlDivGen.Conformance.Checks;
using KlDivGen.Conformance.Matrix;

namespace KlDivGen.Tests.Kernels;

/// <summary>Every check of the conformance program, on every method of its matrix, in this process.</summary>
public sealed class ConformanceTests
{
    public static TheoryData<string, string> Runs()
    {
        var data = new TheoryData<string, string>();
        foreach (var check in Suite.Checks)
        {
            foreach (string family in Families.Names.Where(f => Families.Of(f).Any(c => check.Applies(c.Settings))))
            {
                data.Add(check.Name, family);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void Every_method_passes(string check, string family)
    {
        var findings = Suite.Run(check, family).ToArray();
        Assert.NotEmpty(findings);
        Assert.Equal("", string.Join('\n', findings.Where(f => f.Count > 0)));
    }

    [Fact]
    public void The_oracle_agrees_with_fifty_digits_and_with_PyTorch() => Assert.Empty(OracleCheck.Run());

    [Fact]
    public void Deterministic_bits_are_those_that_are_kept()
    {
        string[] lines = [.. Families.Names.SelectMany(Hash.Of)];
        Assert.NotEmpty(lines);
        Assert.Equal(Hash.Kept().Order(), lines.Order());
    }
}
