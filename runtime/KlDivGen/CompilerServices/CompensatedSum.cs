using System.ComponentModel;

namespace KlDivGen.CompilerServices;

/// <summary>
/// The sum of what a kernel returns for each run of a tensor, added with the rounding errors kept (Knuth's two-sum), so that the error
/// does not grow with the number of runs. For generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct CompensatedSum
{
    private double sum;
    private double error;

    /// <summary>The sum of all runs so far.</summary>
    // Where the sum is not finite, its errors are not numbers.
    public readonly double Total => double.IsFinite(this.sum) ? this.sum + this.error : this.sum;

    /// <summary>Adds a run.</summary>
    /// <param name="run">The sum of the run's losses.</param>
    public void Add(double run)
    {
        CompensatedDoubleAccumulator.TwoSum(this.sum, run, out this.sum, out double error);
        this.error += error;
    }
}
