using System.ComponentModel;

namespace KlDivGen.CompilerServices;

/// <summary>
/// Adds up the results of a kernel that is called once per block of a tensor. The rounding errors of the additions are kept (Knuth's
/// TwoSum), so that the error of the total does not grow with the number of blocks. Used by generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct CompensatedSum
{
    private double sum;
    private double error;

    /// <summary>Gets the total.</summary>
    // The rounding errors of an infinite sum are NaN. Of infinities that cancel, NaN has another sign on each processor family.
    public readonly double Total => double.IsFinite(this.sum) ? this.sum + this.error : double.IsNaN(this.sum) ? double.NaN : this.sum;

    /// <summary>Adds a number to the total.</summary>
    /// <param name="value">The number to add.</param>
    public void Add(double value)
    {
        CompensatedDoubleAccumulator.TwoSum(this.sum, value, out this.sum, out double roundingError);
        this.error += roundingError;
    }

    /// <summary>Adds numbers to the total, in their order.</summary>
    /// <param name="values">The numbers to add.</param>
    public void Add(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            this.Add(value);
        }
    }
}
