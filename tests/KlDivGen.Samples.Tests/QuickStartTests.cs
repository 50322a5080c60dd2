using System.Globalization;

namespace KlDivGen.Samples.Tests;

/// <summary>Tests of the QuickStart sample.</summary>
public sealed class QuickStartTests
{
    // The bound of a float32 reduction over losses of one sign, relative to the result: 2⁻²² plus 2⁻²⁶ for a sum of the targets
    // that is at most the sum of the losses.
    private const double Tolerance = 2.6e-7;

    [Fact]
    public async Task Prints_each_loss_beside_its_exact_value()
    {
        ProgramResult result = await ProgramResult.RunProcessAsync("QuickStart");

        result.AssertSuccess();
        string[][] probabilities = result.GetRows("probabilities");
        string[] logProbabilities = result.GetRow("log-probabilities");
        Assert.Equal(["sum", "mean", "batchmean"], probabilities.Select(row => row[1]));
        Assert.Equal(
            ["458.35689183821003", "0.10185708707515778", "1.0185708707515778", "1.0185708706129442"],
            ((string[][])[.. probabilities, logProbabilities]).Select(row => row[3]));
        Assert.All((string[][])[.. probabilities, logProbabilities], row =>
        {
            double loss = double.Parse(row[2], CultureInfo.InvariantCulture);
            double exact = double.Parse(row[3], CultureInfo.InvariantCulture);
            Assert.InRange(Math.Abs((loss / exact) - 1), 0, Tolerance);
        });
        Assert.All(result.Output.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 100));
        Assert.DoesNotContain('\u001b', result.Output);
    }
}
