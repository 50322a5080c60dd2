using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace KlDivGen.Kernels;

/// <summary>What a kernel asks of the sum of a block before it trusts it. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BlockSum
{
    // A subnormal's logarithm, where it is not computed with care, is wrong by less than 2⁵ (2⁶), so its loss by less than 2⁻¹²¹
    // (2⁻¹⁰¹⁶): in a sum of at least this size it does not count.
    private const float SingleLeast = 8.67361738e-19f; // 2⁻⁶⁰
    private const double DoubleLeast = 1.1830521861667747e-271; // 2⁻⁹⁰⁰

    /// <summary>Whether no lane of the sum is ±∞ or NaN.</summary>
    /// <param name="block">The lanes of the sum.</param>
    /// <returns><see langword="true"/> if every lane is finite.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsFinite(Vector<float> block) => block - block == Vector<float>.Zero;

    /// <inheritdoc cref="IsFinite(Vector{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsFinite(Vector<double> block) => block - block == Vector<double>.Zero;

    /// <summary>Whether each lane of the sum is finite and so large that a subnormal target would not count in it, or had no target but 0.</summary>
    /// <param name="block">The lanes of the sum.</param>
    /// <param name="targetBits">The bits of each lane's targets, gathered by "or".</param>
    /// <returns><see langword="true"/> if every lane can be trusted.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOrdinary(Vector<float> block, Vector<int> targetBits)
    {
        Vector<float> magnitude = Vector.Abs(block);
        Vector<int> ordinary = Vector.GreaterThanOrEqual(magnitude, new Vector<float>(SingleLeast))
            & Vector.LessThan(magnitude, new Vector<float>(float.PositiveInfinity));
        Vector<int> nothing = Vector.Equals(targetBits, Vector<int>.Zero) & Vector.Equals(block, Vector<float>.Zero);
        return (ordinary | nothing) == Vector<int>.AllBitsSet;
    }

    /// <inheritdoc cref="IsOrdinary(Vector{float}, Vector{int})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsOrdinary(Vector<double> block, Vector<long> targetBits)
    {
        Vector<double> magnitude = Vector.Abs(block);
        Vector<long> ordinary = Vector.GreaterThanOrEqual(magnitude, new Vector<double>(DoubleLeast))
            & Vector.LessThan(magnitude, new Vector<double>(double.PositiveInfinity));
        Vector<long> nothing = Vector.Equals(targetBits, Vector<long>.Zero) & Vector.Equals(block, Vector<double>.Zero);
        return (ordinary | nothing) == Vector<long>.AllBitsSet;
    }
}
