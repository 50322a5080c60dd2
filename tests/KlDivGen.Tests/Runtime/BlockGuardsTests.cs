using System.Numerics;
using System.Runtime.Intrinsics;
using KlDivGen.CompilerServices;

namespace KlDivGen.Tests.Runtime;

/// <summary>Tests the guards with one unusual lane among ordinary lanes.</summary>
public sealed class BlockGuardsTests
{
    /// <summary>The sum and the target of a lane, and the expected results of IsValid and IsValidOrInfinite.</summary>
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
    public void IsValid_of_floats_accepts_what_the_fast_path_computes_correctly(double sum, double target, bool valid, bool validOrInfinite)
    {
        for (int lane = 0; lane < Vector<float>.Count; lane++)
        {
            Vector<float> block = Vector<float>.One.WithElement(lane, (float)sum);
            Vector<int> bits = Vector.AsVectorInt32(new Vector<float>(0.75f).WithElement(lane, (float)target));
            Assert.Equal(valid, BlockGuards.IsValid(block, bits));
            Assert.Equal(validOrInfinite, BlockGuards.IsValidOrInfinite(block, bits));
        }
    }

    [Theory]
    [MemberData(nameof(Lanes))]
    public void IsValid_of_doubles_accepts_what_the_fast_path_computes_correctly(double sum, double target, bool valid, bool validOrInfinite)
    {
        for (int lane = 0; lane < Vector<double>.Count; lane++)
        {
            Vector<double> block = Vector<double>.One.WithElement(lane, sum);
            Vector<long> bits = Vector.AsVectorInt64(new Vector<double>(0.75).WithElement(lane, target));
            Assert.Equal(valid, BlockGuards.IsValid(block, bits));
            Assert.Equal(validOrInfinite, BlockGuards.IsValidOrInfinite(block, bits));
        }
    }

    [Theory]
    [MemberData(nameof(Lanes))]
    public void Wide_IsValidOrInfinite_of_floats_accepts_what_the_fast_path_computes_correctly(double sum, double target, bool valid, bool validOrInfinite)
    {
        for (int lane = 0; lane < Vector512<float>.Count; lane++)
        {
            Vector512<float> block = Vector512<float>.One.WithElement(lane, (float)sum);
            Vector512<int> bits = Vector512.AsInt32(Vector512.Create(0.75f).WithElement(lane, (float)target));
            Assert.True(validOrInfinite || !valid);
            Assert.Equal(validOrInfinite, BlockGuards.IsValidOrInfinite(block, bits));
        }
    }

    [Theory]
    [MemberData(nameof(Lanes))]
    public void Wide_IsValidOrInfinite_of_doubles_accepts_what_the_fast_path_computes_correctly(double sum, double target, bool valid, bool validOrInfinite)
    {
        for (int lane = 0; lane < Vector512<double>.Count; lane++)
        {
            Vector512<double> block = Vector512<double>.One.WithElement(lane, sum);
            Vector512<long> bits = Vector512.AsInt64(Vector512.Create(0.75).WithElement(lane, target));
            Assert.True(validOrInfinite || !valid);
            Assert.Equal(validOrInfinite, BlockGuards.IsValidOrInfinite(block, bits));
        }
    }
}
