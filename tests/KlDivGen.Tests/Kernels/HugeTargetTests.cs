using System.Numerics;
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Matrix;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Tests.Kernels;

/// <summary>Targets so large that an intermediate result of their losses could overflow.</summary>
public sealed class HugeTargetTests
{
    [Fact]
    public void Many_floats_add_up_to_a_finite_sum() => Check("FlatSingle", 3e38f, 88.59f, FloatFormat.Single);

    [Fact]
    public void Many_doubles_add_up_to_a_finite_sum() => Check("FlatDouble", 1.7e308, 709.72, FloatFormat.Double);

    private static void Check<T>(string group, T y, T x, FloatFormat format)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Length = 64;
        T[] input = [.. Enumerable.Repeat(x, Length)], target = [.. Enumerable.Repeat(y, Length)];
        double each = double.CreateChecked(y) * (Math.Log(double.CreateChecked(y)) - double.CreateChecked(x));

        // The expected value, too, has a rounded logarithm.
        double allowed = Dataset.ReductionError(format, each, double.CreateChecked(y)) + (double.CreateChecked(y) * 1e-13);
        KernelCase<T, T, T>[] kernels = [.. KernelGroups.Get(group).OfType<KernelCase<T, T, T>>().Where(c =>
            c.Settings is { Divergence: Divergence.Forward, Reduction: Reduction.Sum, LogTarget: false, Outputs: Outputs.Loss })];
        Assert.NotEmpty(kernels);
        foreach (KernelCase<T, T, T> kernel in kernels)
        {
            for (int length = 1; length <= Length; length++)
            {
                double sum = kernel.Invoke(new() { Input = input.AsSpan(0, length), Target = target.AsSpan(0, length) });
                Assert.InRange(sum / length, each - allowed, each + allowed);
            }
        }
    }
}
