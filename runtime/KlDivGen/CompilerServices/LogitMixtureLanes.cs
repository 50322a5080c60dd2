using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace KlDivGen.CompilerServices;

/// <summary>
/// What a kernel knows of the mixture m = β · p + (1 − β) · q of rows of two logits that it computes side by side, one row in each lane. Used
/// by generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct LogitMixtureLanes
{
    private readonly double beta;
    private readonly Vector<double> firstLower;
    private readonly Vector<double> firstUpper;
    private readonly Vector<double> secondLower;
    private readonly Vector<double> secondUpper;

    /// <summary>Takes the sums of the rows.</summary>
    /// <param name="beta">β.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="firstSum">Σ e · (log(m/p) − (m/p − 1)).</param>
    /// <param name="secondSum">Σ e · q/p · (log(m/q) − (m/q − 1)).</param>
    public LogitMixtureLanes(double beta, in LogitPairLanes rows, in SingleAccumulator firstSum, in SingleAccumulator secondSum)
    {
        this.beta = beta;
        (Vector<double> lower, Vector<double> upper) = rows.Sums;
        this.firstLower = Loss(firstSum.Lower, lower);
        this.firstUpper = Loss(firstSum.Upper, upper);
        this.secondLower = Loss(secondSum.Lower, lower);
        this.secondUpper = Loss(secondSum.Upper, upper);
    }

    /// <summary>Gets KL(p‖m).</summary>
    public Vector<float> FirstLoss => Vector.Narrow(this.firstLower, this.firstUpper);

    /// <summary>Gets KL(q‖m).</summary>
    public Vector<float> SecondLoss => Vector.Narrow(this.secondLower, this.secondUpper);

    /// <summary>Stores the generalized Jensen–Shannon divergences β · KL(p‖m) + (1 − β) · KL(q‖m), which are not negative.</summary>
    /// <param name="losses">Receives one for each row.</param>
    public void StoreLosses(Span<double> losses)
    {
        ((this.firstLower * this.beta) + (this.secondLower * (1 - this.beta))).CopyTo(losses);
        ((this.firstUpper * this.beta) + (this.secondUpper * (1 - this.beta))).CopyTo(losses[Vector<double>.Count..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Loss(Vector<double> sum, Vector<double> normalizer) => Vector.Max(-sum / normalizer, Vector<double>.Zero);
}
