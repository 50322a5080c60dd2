using System.Numerics;
using KlDivGen.CompilerServices;

namespace KlDivGen.Tests.Runtime;

/// <summary>A lane of a block's sum, and a target that was added to it, among ordinary ones.</summary>
public sealed class BlockGuardsTests
{
    /// <summary>The sum, the target, and whether the block is ordinary; and whether it is, or infinite.</summary>
    public static TheoryData<double, double, bool, bool> Lanes => new()
    {
        { 1, 0.5, true, true },
        { 0, 0, true, true },
        { -1, 1.5, true, true },
        { 1e30, 3, true, true },
        { 0, 0.5, false, false },
        { 0, float.Epsilon, false, false },
        { 1e-300, 0.5, false, false },
        { double.PositiveInfinity, 0.5, false, true },
        { double.PositiveInfinity, 2, false, false },
        { double.PositiveInfinity, double.PositiveInfinity, false, false },
        { double.NegativeInfinity, 0.5, false, false },
        { double.NaN, 0.5, false, false },
        { -double.NaN, 0.5, false, false },
        { 1, -0.0, false, false },
        { 1, -0.5, false, false },
    };

    [Theory]
    [MemberData(nameof(Lanes))]
    public void A_sum_of_floats_is_trusted(double sum, double target, bool ordinary, bool orInfinite)
    {
        for (int lane = 0; lane < Vector<float>.Count; lane++)
        {
            Vector<float> block = Vector<float>.One.WithElement(lane, (float)sum);
            Vector<int> bits = Vector.AsVectorInt32(new Vector<float>(0.75f).WithElement(lane, (float)target));
            Assert.Equal(ordinary, BlockGuards.IsValid(block, bits));
            Assert.Equal(orInfinite, BlockGuards.IsValidOrInfinite(block, bits));
        }
    }

    [Theory]
    [MemberData(nameof(Lanes))]
    public void A_sum_of_doubles_is_trusted(double sum, double target, bool ordinary, bool orInfinite)
    {
        for (int lane = 0; lane < Vector<double>.Count; lane++)
        {
            Vector<double> block = Vector<double>.One.WithElement(lane, sum);
            Vector<long> bits = Vector.AsVectorInt64(new Vector<double>(0.75).WithElement(lane, target));
            Assert.Equal(ordinary, BlockGuards.IsValid(block, bits));
            Assert.Equal(orInfinite, BlockGuards.IsValidOrInfinite(block, bits));
        }
    }
}
