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
            T maximum = this.lanes[0];
            for (int lane = 1; lane < Vector<T>.Count; lane++)
            {
                maximum = T.Max(maximum, this.lanes[lane]);
            }

            return maximum;
        }
    }

    /// <summary>Adds elements.</summary>
    /// <param name="values">The elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector512<T> values)
    {
        this.Add(VectorPart.Get(values, 0));
        this.Add(VectorPart.Get(values, 1));
        if (Vector512<T>.Count > 2 * Vector<T>.Count)
        {
            this.Add(VectorPart.Get(values, 2));
            this.Add(VectorPart.Get(values, 3));
        }
    }

    /// <summary>Adds elements.</summary>
    /// <param name="values">The elements.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Vector<T> values) => this.lanes = Vector.MaxNative(this.lanes, values);
}
