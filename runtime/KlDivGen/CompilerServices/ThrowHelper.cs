using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace KlDivGen.CompilerServices;

/// <summary>
/// The exceptions of the checks, out of line: a call that passes carries no more than a comparison. Each is a single throw, which the
/// compiler knows not to return, so that it keeps nothing across the call. That shows only where it may look into the method: no
/// NoInlining.
/// </summary>
internal static class ThrowHelper
{
    [DoesNotReturn]
    public static void DifferentLength(int length, int inputLength, string name) =>
        throw new ArgumentException($"The length is {length}, but the input's length is {inputLength}; they must be equal.", name);

    [DoesNotReturn]
    public static void DestinationTooShort(int length, int inputLength, string name) =>
        throw new ArgumentException(
            $"The destination's length is {length}, but the input's length is {inputLength}; it must not be shorter.", name);

    [DoesNotReturn]
    public static void BatchSizeNotPositive(int batchSize, string name) =>
        throw new ArgumentOutOfRangeException(name, batchSize, "The batch size must be positive.");

    [DoesNotReturn]
    public static void BatchSizeDoesNotDivide(int batchSize, int inputLength, string name) =>
        throw new ArgumentException($"The batch size is {batchSize}, which does not divide the input's length, {inputLength}.", name);

    [DoesNotReturn]
    public static void OverlapsSource(string name) =>
        throw new ArgumentException("The destination overlaps a source without being exactly the same memory.", name);

    [DoesNotReturn]
    public static void OverlapsDestination(string name) =>
        throw new ArgumentException("The destination overlaps another destination.", name);

    [DoesNotReturn]
    public static void DifferentShape(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> inputLengths, string name) =>
        throw new ArgumentException(
            $"The shape is {Text(lengths)}, but the input's shape is {Text(inputLengths)}; they must be equal.", name);

    [DoesNotReturn]
    public static void OverlapsItself(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides, string name) =>
        throw new ArgumentException(
            $"The destination, of shape {Text(lengths)} and strides {Text(strides)}, may have two elements in the same memory.",
            name);

    /// <summary>A shape as it is usually written: <c>[5, 20]</c>.</summary>
    private static string Text(ReadOnlySpan<nint> values)
    {
        StringBuilder text = new("[");
        foreach (nint value in values)
        {
            text.Append(text.Length > 1 ? ", " : "").Append(value);
        }

        return text.Append(']').ToString();
    }
}
