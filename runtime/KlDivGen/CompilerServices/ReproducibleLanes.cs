using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KlDivGen.CompilerServices;

/// <summary>The lanes of a reproducible sum.</summary>
internal static class ReproducibleLanes
{
    /// <summary>The number of elements that a block adds to each lane.</summary>
    public const int BlockIterations = 8;

    /// <summary>Throws if the vectors of a machine have more lanes than a reproducible sum.</summary>
    /// <param name="vectorSize">The size of a vector, in bytes.</param>
    /// <remarks>
    /// Generated code uses as many lanes as two vectors of 512 bits hold and takes two vectors at a time. With wider vectors, it would
    /// access memory outside of the data and of the lanes.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ThrowIfFewerThanVectorLanes(int vectorSize)
    {
        if (vectorSize > Vector512<byte>.Count)
        {
            ThrowHelper.ThrowVectorTooWide(vectorSize);
        }
    }
}
