using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace KlDivGen.CompilerServices;

/// <summary>
/// What a kernel knows of a row of two logits: p = softmax(a / T) and q = softmax(b / T), with the divergence KL(p‖q). For the reverse
/// divergence, a is the input and b the target. Used by generated code.
/// </summary>
/// <remarks>
/// <para>
/// A kernel computes e = exp((a − max a) / T) and D = (a − b) / T − offset for each class, where the offset is near
/// log Σ exp(a / T) − log Σ exp(b / T). It adds up S = Σ e, R = Σ e · (exp(−D) − 1) and F = Σ e · (D + exp(−D) − 1). Then Σ exp(−D) · e is
/// S + R, so that the offset's own error is log(1 + R/S), and KL(p‖q) = F/S − (R/S − log(1 + R/S)). Every term of F is at least 0, and no
/// term loses digits where the two rows are near each other.
/// </para>
/// <para>
/// Where the first offset is so far from the true one that a subtraction would lose digits, the sums are computed again with a better
/// offset. The results of the row are computed with the best one (<see cref="Update"/>).
/// </para>
/// <para>
/// A kernel may compute powers of two instead of exponentials. Its D, R, F, offset and corrections then have the logarithm of 2 as their unit
/// (they are in bits, not in nats); <see cref="Loss"/> is in nats. The factors <see cref="InverseSum"/>, <see cref="InverseOtherSum"/> and
/// <see cref="InverseSumsTotal"/> have that unit in them.
/// </para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct LogitPair
{
    /// <summary>The largest difference of logits that is exact enough in a kernel that computes in float.</summary>
    internal const double MaxExactSingleDistance = 1 << 20;

    /// <summary>The largest difference of logits that is exact enough in a kernel that computes in double.</summary>
    private const double MaxExactDoubleDistance = 1L << 49;

    /// <summary>ln 2, how many nats a bit is.</summary>
    internal const double Ln2 = 0.69314718055994531;

    /// <summary>1 / ln 2.</summary>
    internal const double Log2E = 1.4426950408889634;

    /// <summary>How much larger than the divergence the subtracted term may be: 3 bits are lost then.</summary>
    internal const double MaxCancellation = 8;

    /// <summary>The largest distance of the logits of one side, divided by T, in an ordinary row of a kernel that computes in float.</summary>
    private const double MaxSingleRange = 80;

    /// <summary>The largest distance of the logits of one side, divided by T, in an ordinary row of a kernel that computes in double.</summary>
    private const double MaxDoubleRange = 650;

    /// <summary>How much smaller than S the sum S + R may be: 2 bits are lost then.</summary>
    internal const double MinRemainder = 0.25;

    /// <summary>
    /// The largest (F/S) / (1 + R/S) of an ordinary row without a bound for b, in nats. A kernel may find R as F − Σ e · D, which costs as many
    /// digits as F is larger than S + R.
    /// </summary>
    internal const double MaxDivergence = 32;

    /// <summary>
    /// The largest (F/S) / (1 + R/S) of an ordinary row without a bound for b whose sums are only used to find a better offset: R is off by a quarter
    /// of S + R at most, and so the offset by 0.3.
    /// </summary>
    internal const double MaxFirstDivergence = 1 << 20;

    /// <summary>How many nats the unit of D is.</summary>
    private readonly double unit;

    private readonly double range;
    private readonly double distance;
    private readonly bool roundsToSingle;
    private readonly bool boundsBothRanges;
    private bool isRefined;
    private double sum;
    private double sumsRatio;
    private double correction;

    /// <summary>Initializes the row from the extremes of its logits.</summary>
    /// <param name="inverseTemperature">1/T, a number of the kernel's type.</param>
    /// <param name="maximum">The maximum of a.</param>
    /// <param name="minimum">The minimum of a.</param>
    /// <param name="otherMaximum">The maximum of b.</param>
    /// <param name="otherMinimum">The minimum of b.</param>
    /// <param name="total">Any sum of all a and b, which is not finite where one of them is not.</param>
    /// <param name="roundsToSingle">Whether the kernel computes in <see cref="float"/>.</param>
    /// <param name="powersOfTwo">Whether the kernel computes powers of two.</param>
    public LogitPair(
        double inverseTemperature,
        double maximum,
        double minimum,
        double otherMaximum,
        double otherMinimum,
        double total,
        bool roundsToSingle,
        bool powersOfTwo)
    {
        this.roundsToSingle = roundsToSingle;
        this.boundsBothRanges = true;
        this.unit = powersOfTwo ? Ln2 : 1;
        this.LogitScale = powersOfTwo ? this.Round(this.Round(Log2E) * inverseTemperature) : inverseTemperature;
        this.Maximum = maximum;
        this.OtherMaximum = otherMaximum;
        this.IsDefined = double.IsFinite(maximum) && double.IsFinite(otherMaximum);
        this.range = Math.Max(maximum - minimum, otherMaximum - otherMinimum) * inverseTemperature;
        this.IsOrdinary = double.IsFinite(total) && this.range < MaxRange(this.roundsToSingle);
        this.distance = (maximum - otherMaximum) * this.LogitScale;
        this.Offset = this.Round(this.Round(maximum - otherMaximum) * this.LogitScale);
        this.IsOrdinary &= Math.Abs(this.Offset) < (roundsToSingle ? MaxExactSingleDistance : MaxExactDoubleDistance);
        this.Loss = double.NaN;
    }

    /// <summary>
    /// Initializes the row of a kernel that computes powers of two, for which only the range of a is bounded. The sums tell whether there is a
    /// NaN or an infinite b among the logits (<see cref="Update"/>).
    /// </summary>
    /// <param name="inverseTemperature">1/T, a number of the kernel's type.</param>
    /// <param name="maximum">The maximum of a.</param>
    /// <param name="minimum">The minimum of a.</param>
    /// <param name="otherMaximum">The maximum of b.</param>
    /// <param name="roundsToSingle">Whether the kernel computes in <see cref="float"/>.</param>
    public LogitPair(double inverseTemperature, double maximum, double minimum, double otherMaximum, bool roundsToSingle)
        : this(inverseTemperature, maximum, minimum, otherMaximum, otherMaximum, total: 0, roundsToSingle, powersOfTwo: true) =>
        this.boundsBothRanges = false;

    /// <summary>
    /// Gets whether all logits are finite, as far as is known yet, and so near each other that no exponential leaves the normal numbers, so
    /// that the fast passes are right.
    /// </summary>
    public bool IsOrdinary { get; private set; }

    /// <summary>Gets whether the row has two distributions: it has no NaN and no +∞, and neither side is −∞ throughout.</summary>
    public bool IsDefined { get; private set; }

    /// <summary>Gets what differences of logits are multiplied by, 1/T in the unit of D: a number of the kernel's type.</summary>
    public readonly double LogitScale { get; }

    /// <summary>Gets max a.</summary>
    public readonly double Maximum { get; }

    /// <summary>Gets max b.</summary>
    public readonly double OtherMaximum { get; }

    /// <summary>
    /// Gets the offset of D, a number of the kernel's type. The first one is rounded like a kernel of natural exponentials rounds (a − b) / T, so
    /// that D is 0 for a class that is the maximum of both rows.
    /// </summary>
    public double Offset { get; private set; }

    /// <summary>Gets what (b − max b) / T must be reduced by, so that its exponential is exp(−D) · e.</summary>
    public readonly double Residual => this.distance - this.Offset;

    /// <summary>Gets what (b − max b) / T must be reduced by, so that its exponential is q · S.</summary>
    public readonly double CorrectedResidual => this.Residual - this.Correction;

    /// <summary>Gets KL(p‖m), where m is a mixture of p and q; NaN for an undefined row.</summary>
    public double FirstLoss { get; private set; }

    /// <summary>Gets KL(q‖m), where m is a mixture of p and q; NaN for an undefined row.</summary>
    public double SecondLoss { get; private set; }

    /// <summary>Gets R/S with the best offset, by which exp(−D) − 1 is too large everywhere; NaN for an undefined row.</summary>
    public readonly double Ratio => this.BestRatio / this.unit;

    /// <summary>Gets what D is too large by everywhere with the best offset; NaN for an undefined row.</summary>
    public readonly double Correction => this.IsDefined ? this.correction / this.unit : double.NaN;

    /// <summary>Gets R/S with the offset of the sums.</summary>
    public readonly double SumsRatio => this.sumsRatio / this.unit;

    /// <summary>Gets KL(p‖q), which is not negative; NaN for an undefined row.</summary>
    public double Loss { get; private set; }

    /// <summary>Gets what D is larger by than log p − log q − KL(p‖q).</summary>
    public readonly double LossCorrection => this.Correction + (this.Loss / this.unit);

    /// <summary>Gets 1/S, times the unit of D; NaN for an undefined row.</summary>
    public readonly double InverseSum => this.IsDefined ? this.unit / this.sum : double.NaN;

    /// <summary>Gets 1 / Σ exp(−D) · e with the best offset, times the unit of D; NaN for an undefined row.</summary>
    public readonly double InverseOtherSum => this.PerOtherSum(this.unit);

    /// <summary>Gets 1 / (S + R) with the offset of the sums, times the unit of D.</summary>
    public readonly double InverseSumsTotal => this.unit / (this.sum + (this.sum * this.sumsRatio));

    /// <summary>Gets R/S with the best offset, in nats.</summary>
    private readonly double BestRatio => this.IsDefined ? ExponentialMinusOne(-this.correction) : double.NaN;

    /// <summary>Takes the sums of the row.</summary>
    /// <param name="sum">S.</param>
    /// <param name="ratioSum">R.</param>
    /// <param name="divergenceSum">F.</param>
    /// <returns>
    /// <see langword="true"/> if the sums must be computed again: with a better <see cref="Offset"/>, which may also show that the rows are not as
    /// far from each other as they seemed, or as those of a row that turned out not to be ordinary.
    /// </returns>
    public bool Update(double sum, double ratioSum, double divergenceSum)
    {
        this.sum = sum;
        this.sumsRatio = ratioSum / sum * this.unit;
        (double logarithm, double subtracted) = ScalarLogarithm.OnePlus(this.sumsRatio);
        double divergence = divergenceSum / sum * this.unit;
        double loss = Math.Max(divergence - subtracted, 0);
        double correction = -logarithm;
        double offset = this.Offset + (correction / this.unit);
        bool canImprove = !this.isRefined && double.IsFinite(offset) && this.Round(offset) != this.Offset;
        double remainder = 1 + this.sumsRatio;
        bool isNear = !(subtracted > MaxCancellation * loss) && remainder >= MinRemainder;
        bool isPrecise = !this.IsOrdinary || this.boundsBothRanges || divergence <= remainder * MaxDivergence;
        bool canBecomePrecise = canImprove && divergence <= remainder * MaxFirstDivergence && !(isNear && loss > MaxDivergence);
        if (!isPrecise && !canBecomePrecise)
        {
            this.IsOrdinary = false;
            return true;
        }

        // The maximum of a row may ignore a NaN. Without this, a class of probability 0 would have the gradient 0 in such a row.
        this.IsDefined &= !double.IsNaN(this.sumsRatio);
        this.Loss = this.IsDefined ? loss : double.NaN;
        bool isComplete = (isNear && isPrecise) || !canImprove;
        if (double.IsFinite(offset))
        {
            // Not offset less the new one: the correction would be lost in a large offset.
            double change = (this.Round(offset) - this.Offset) * this.unit;
            this.IsOrdinary &= this.range + Math.Abs(correction) < MaxRange(this.roundsToSingle);
            this.Offset = this.Round(offset);
            correction -= change;
        }

        this.correction = correction;
        this.isRefined = true;
        return !isComplete;
    }

    /// <summary>
    /// Takes the sums of a mixture m = β · p + (1 − β) · q. The <see cref="Loss"/> becomes the generalized Jensen–Shannon divergence
    /// β · KL(p‖m) + (1 − β) · KL(q‖m).
    /// </summary>
    /// <param name="beta">β.</param>
    /// <param name="firstSum">Σ e · (log(m/p) − (m/p − 1)).</param>
    /// <param name="secondSum">Σ e · q/p · (log(m/q) − (m/q − 1)).</param>
    public void UpdateMixture(double beta, double firstSum, double secondSum)
    {
        bool isDefined = this.IsDefined && !double.IsNaN(this.sumsRatio);
        this.FirstLoss = isDefined ? Math.Max(-firstSum / this.sum, 0) : double.NaN;
        this.SecondLoss = isDefined ? Math.Max(-secondSum / this.sum, 0) : double.NaN;
        this.Loss = (beta * this.FirstLoss) + ((1 - beta) * this.SecondLoss);
    }

    /// <summary>Returns a sum, divided by Σ exp(−D) · e with the best offset; NaN for an undefined row.</summary>
    /// <param name="sum">The sum.</param>
    public readonly double PerOtherSum(double sum) =>
        this.IsDefined ? sum * (1 / (this.sum + (this.sum * this.BestRatio))) : double.NaN;

    /// <summary>Returns the mean under p of values whose sum, each times e, is known; NaN for a row whose <see cref="Loss"/> is NaN.</summary>
    /// <param name="sum">The sum.</param>
    public readonly double MeanOf(double sum) => double.IsNaN(this.Loss) ? double.NaN : sum / this.sum;

    /// <summary>
    /// exp(x) − 1 by its series. It is small unless rounding the offset to the kernel's type changes it by more than that: then the argument is
    /// halved first, and exp(2x) − 1 = (exp(x) − 1) · (2 + exp(x) − 1).
    /// </summary>
    private static double ExponentialMinusOne(double x)
    {
        const double MaxSeriesArgument = 1e-4;
        const int MaxHalvings = 32;
        int halvings = 0;
        while (Math.Abs(x) > MaxSeriesArgument && halvings < MaxHalvings)
        {
            x /= 2;
            halvings++;
        }

        double result = x * (1 + (x / 2 * (1 + (x / 3))));
        for (int i = 0; i < halvings; i++)
        {
            result *= 2 + result;
        }

        return result;
    }

    /// <summary>The largest distance of the logits of one side, divided by T, in an ordinary row.</summary>
    internal static double MaxRange(bool roundsToSingle) => roundsToSingle ? MaxSingleRange : MaxDoubleRange;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly double Round(double value) => this.roundsToSingle ? (float)value : value;
}
