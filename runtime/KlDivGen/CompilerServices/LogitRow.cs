using System.ComponentModel;

namespace KlDivGen.CompilerServices;

/// <summary>
/// What a kernel knows of a row of logits z whose log-softmax it takes: log p = (z − max z) / T − log Σ exp((z − max z) / T). Used by generated
/// code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct LogitRow
{
    private readonly bool isDefined;

    /// <summary>Initializes the row from the extremes of its logits.</summary>
    /// <param name="inverseTemperature">1/T, a number of the kernel's type.</param>
    /// <param name="maximum">The maximum of z.</param>
    /// <param name="minimum">The minimum of z.</param>
    /// <param name="total">Any sum of all z, which is not finite where one of them is not.</param>
    /// <param name="roundsToSingle">Whether the kernel computes in <see cref="float"/>.</param>
    public LogitRow(double inverseTemperature, double maximum, double minimum, double total, bool roundsToSingle)
    {
        this.Maximum = maximum;
        this.isDefined = double.IsFinite(maximum);
        this.IsOrdinary = double.IsFinite(total)
            && (maximum - minimum) * inverseTemperature < LogitPair.MaxRange(roundsToSingle);
        this.LogSum = double.NaN;
    }

    /// <summary>
    /// Gets whether all logits are finite and so near each other that no exponential leaves the normal numbers, so that the fast passes are
    /// right.
    /// </summary>
    public readonly bool IsOrdinary { get; }

    /// <summary>Gets max z.</summary>
    public readonly double Maximum { get; }

    /// <summary>Gets log Σ exp((z − max z) / T); NaN for a row without a distribution: one with a NaN or a +∞, or −∞ throughout.</summary>
    public double LogSum { get; private set; }

    /// <summary>Takes the sum of the row.</summary>
    /// <param name="sum">Σ exp((z − max z) / T).</param>
    public void Update(double sum) => this.LogSum = this.isDefined ? ScalarLogarithm.Log(sum) : double.NaN;
}
