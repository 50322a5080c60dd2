using System.Numerics;
using KlDivGen.Conformance.Columns;
using KlDivGen.Conformance.Matrix;

namespace KlDivGen.Tests.Kernels;

/// <summary>Targets that are no probabilities, and so large that what is computed on the way to their losses must not overflow.</summary>
public sealed class HugeTargetTests
{
    [Fact]
    public void Many_floats_add_up_to_a_finite_sum() => Check<float>("FlatSingle", 3e38f, 88.59f, precision: 24);

    [Fact]
    public void Many_doubles_add_up_to_a_finite_sum() => Check("FlatDouble", 1.7e308, 709.72, precision: 53);

    /// <summary>The allowance is the contract's for a reduction, and for the elements' differences, which are small here.</summary>
    private static void Check<T>(string family, T y, T x, int precision)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Length = 64;
        T[] input = [.. Enumerable.Repeat(x, Length)], target = [.. Enumerable.Repeat(y, Length)];
        double each = double.CreateChecked(y) * (Math.Log(double.CreateChecked(y)) - double.CreateChecked(x));
        double allowed = Math.ScaleB(each, 2 - precision) + Math.ScaleB(double.CreateChecked(y), -2 - precision);

        // The judge, too, rounds the logarithm.
        allowed += double.CreateChecked(y) * 1e-13;
        foreach (Column<T, T, T> column in Families.Of(family).OfType<Column<T, T, T>>().Where(c =>
            c.Settings is { Reduction: Reduction.Sum, LogTarget: false, Outputs: Outputs.Loss }))
        {
            for (int length = 1; length <= Length; length++)
            {
                double sum = column.Kernel(new() { Input = input.AsSpan(0, length), Target = target.AsSpan(0, length) });
                Assert.InRange(sum / length, each - allowed, each + allowed);
            }
        }
    }
}
