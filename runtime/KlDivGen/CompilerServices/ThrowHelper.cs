using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace KlDivGen.CompilerServices;

/// <summary>
/// Throws the exceptions of the argument checks, so that a check that passes costs no more than a comparison.
/// </summary>
/// <remarks>
/// Each method is a single throw. The just-in-time compiler then sees that it does not return and keeps no register alive across the
/// call; that analysis needs to look into the method, so none is marked NoInlining.
/// </remarks>
internal static class ThrowHelper
{
    [DoesNotReturn]
    public static void ThrowLengthsDiffer(int length, int inputLength, string paramName) =>
        throw new ArgumentException($"The length is {length}, but the input's length is {inputLength}; they must be equal.", paramName);

    [DoesNotReturn]
    public static void ThrowDestinationTooShort(int length, int inputLength, string paramName) =>
        throw new ArgumentException(
            $"The destination's length is {length}, but the input's length is {inputLength}; it must not be shorter.", paramName);

    [DoesNotReturn]
    public static void ThrowBatchSizeNotPositive(int batchSize, string paramName) =>
        throw new ArgumentOutOfRangeException(paramName, batchSize, "The batch size must be positive.");

    [DoesNotReturn]
    public static void ThrowBatchSizeDoesNotDivideLength(int batchSize, int inputLength, string paramName) =>
        throw new ArgumentException(
            $"The batch size is {batchSize}, which does not divide the input's length, {inputLength}.", paramName);

    [DoesNotReturn]
    public static void ThrowClassesNotPositive(int classes, string paramName) =>
        throw new ArgumentOutOfRangeException(paramName, classes, "The number of classes must be positive.");

    [DoesNotReturn]
    public static void ThrowClassesDoNotDivideLength(int classes, int inputLength, string paramName) =>
        throw new ArgumentException(
            $"The number of classes is {classes}, which does not divide the input's length, {inputLength}.", paramName);

    [DoesNotReturn]
    public static void ThrowNotOnePerRow(int length, nint rows, string paramName) =>
        throw new ArgumentException($"The length is {length}, but there are {rows} rows; they must be equal.", paramName);

    [DoesNotReturn]
    public static void ThrowFewerThanRows(int length, nint rows, string paramName) =>
        throw new ArgumentException($"The destination's length is {length}, but there are {rows} rows; it must not be shorter.", paramName);

    [DoesNotReturn]
    public static void ThrowNotShapeOfRows(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> inputLengths, string paramName) =>
        throw new ArgumentException(
            $"The shape is {Format(lengths)}, but must be the input's shape, {Format(inputLengths)}, without its last dimension"
            + $"{(inputLengths.Length == 1 ? ": one row, [1]" : string.Empty)}.",
            paramName);

    [DoesNotReturn]
    public static void ThrowTemperature(double temperature, bool roundsToSingle, string paramName)
    {
        string range = roundsToSingle ? "2.94E-39 to 3.4E+38" : "5.57E-309 to 1.79E+308";
        throw new ArgumentOutOfRangeException(paramName, temperature, $"The temperature must be a number from {range}.");
    }

    [DoesNotReturn]
    public static void ThrowSquaredTemperature(double temperature, bool roundsToSingle, string paramName)
    {
        string range = roundsToSingle ? "1.09E-19 to 1.84E+19" : "1.5E-154 to 1.34E+154";
        throw new ArgumentOutOfRangeException(
            paramName, temperature, $"The temperature must be a number from {range}, because its square multiplies losses and gradients.");
    }

    [DoesNotReturn]
    public static void ThrowOverlapsSource(string paramName) =>
        throw new ArgumentException("The destination overlaps a source without being exactly the same memory.", paramName);

    [DoesNotReturn]
    public static void ThrowOverlapsDestination(string paramName) =>
        throw new ArgumentException("The destination overlaps another destination.", paramName);

    [DoesNotReturn]
    public static void ThrowShapesDiffer(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> inputLengths, string paramName) =>
        throw new ArgumentException(
            $"The shape is {Format(lengths)}, but the input's shape is {Format(inputLengths)}; they must be equal.", paramName);

    [DoesNotReturn]
    public static void ThrowSelfOverlapping(ReadOnlySpan<nint> lengths, ReadOnlySpan<nint> strides, string paramName) =>
        throw new ArgumentException(
            $"The destination, of shape {Format(lengths)} and strides {Format(strides)}, may have two elements in the same memory.",
            paramName);

    [DoesNotReturn]
    public static void ThrowVectorTooWide(int vectorSize) =>
        throw new PlatformNotSupportedException(
            $"Deterministic methods support vectors of up to 512 bits, but the vectors of this machine have {8 * vectorSize} bits.");

    /// <summary>Formats a shape or strides like <c>[5, 20]</c>.</summary>
    private static string Format(ReadOnlySpan<nint> values)
    {
        StringBuilder text = new("[");
        foreach (nint value in values)
        {
            text.Append(text.Length > 1 ? ", " : "").Append(value);
        }

        return text.Append(']').ToString();
    }
}
