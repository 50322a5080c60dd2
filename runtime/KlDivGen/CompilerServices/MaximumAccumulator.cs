using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace KlDivGen.CompilerServices;

/// <summary>Finds the maximum of a row. Used by generated code.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>The maximum of a row that has a NaN is unspecified: processors differ.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct MaximumAccumulator<T>
    where T : IFloatingPointIeee754<T>
{
    private Vector<T> lanes;

    /// <summary>Initializes the maximum of no elements: −∞.</summary>
    public MaximumAccumulator() => this.lanes = new Vector<T>(T.NegativeInfinity);

    /// <summary>Gets the maximum of all lanes.</summary>
    public readonly T Total
    {
        get
        {
            Vector128<T> four = Vector<byte>.Count switch
            {
                16 => this.lanes.AsVector128(),
                32 => Halve(this.lanes.AsVector256()),
                64 => Halve(Halve(this.lanes.AsVector512())),
                _ => Vector128.Create(this.OfLanes),
            };
            T maximum = four[0];
            for (int lane = 1; lane < Vector128<T>.Count; lane++)
            {
                maximum = T.MaxNative(maximum, four[lane]);
            }

            return maximum;
        }
    }

    /// <summary>Gets the maximum of each lane.</summary>
    internal readonly Vector<T> Lanes => this.lanes;

    /// <summary>Gets the maximum of vectors wider than 512 bits.</summary>
    private readonly T OfLanes
    {
        get
        {
            T maximum = this.lanes[0];
            for (int lane = 1; lane < Vector<T>.Count; lane++)
            {
                maximum = T.MaxNative(maximum, this.lanes[lane]);
            }

            return maximum;
        }
    }

    /// <summary>Adds elements.</summary>
    /// <param name="values">The elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector512<T> values)
    {
        Vector<T> part = Vector.MaxNative(VectorPart.Get(values, 0), VectorPart.Get(values, 1));
        this.Add(Vector512<T>.Count > 2 * Vector<T>.Count
            ? Vector.MaxNative(part, Vector.MaxNative(VectorPart.Get(values, 2), VectorPart.Get(values, 3)))
            : part);
    }

    /// <summary>Adds elements.</summary>
    /// <param name="values">The elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector<T> values) => this.lanes = Vector.MaxNative(this.lanes, values);

    /// <summary>Sets the maximum of a lane.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="maximum">The maximum.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetLane(int lane, T maximum) => Unsafe.Add(ref Unsafe.As<Vector<T>, T>(ref this.lanes), lane) = maximum;

    /// <summary>Adds the maximum of another accumulator.</summary>
    /// <param name="other">The other accumulator.</param>
    public void Add(MaximumAccumulator<T> other) => this.Add(other.lanes);

    private static Vector256<T> Halve(Vector512<T> vector) => Vector256.MaxNative(vector.GetLower(), vector.GetUpper());

    private static Vector128<T> Halve(Vector256<T> vector) => Vector128.MaxNative(vector.GetLower(), vector.GetUpper());
}
