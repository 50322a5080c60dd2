using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace KlDivGen.CompilerServices;

/// <summary>
/// What a kernel knows of rows of two logits that it computes side by side: the numbers of <see cref="LogitPair"/>, one row in each lane.
/// Used by generated code.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct LogitPairLanes
{
    /// <summary>Above it, rounding a corrected offset leaves more than the series of <see cref="HalfOfRows.Ratio"/> is exact for.</summary>
    private const double MaxCorrection = 1e-4;

    /// <summary>How many nats the unit of D is.</summary>
    private readonly double unit;

    private readonly Vector<float> range;
    private HalfOfRows lower;
    private HalfOfRows upper;
    private readonly bool boundsBothRanges;
    private bool isRefined;

    /// <summary>Initializes the rows from the extremes of their logits.</summary>
    /// <param name="inverseTemperature">1/T.</param>
    /// <param name="maximum">The maxima of a.</param>
    /// <param name="minimum">The minima of a.</param>
    /// <param name="otherMaximum">The maxima of b.</param>
    /// <param name="otherMinimum">The minima of b.</param>
    /// <param name="total">Any sums of all a and b, which are not finite where one of them is not.</param>
    /// <param name="powersOfTwo">Whether the kernel computes powers of two.</param>
    public LogitPairLanes(
        float inverseTemperature,
        in MaximumAccumulator<float> maximum,
        in MinimumAccumulator<float> minimum,
        in MaximumAccumulator<float> otherMaximum,
        in MinimumAccumulator<float> otherMinimum,
        in SingleAccumulator total,
        bool powersOfTwo)
        : this(
            inverseTemperature,
            maximum.Lanes,
            Vector.Max(maximum.Lanes - minimum.Lanes, otherMaximum.Lanes - otherMinimum.Lanes),
            otherMaximum.Lanes,
            powersOfTwo)
    {
        this.boundsBothRanges = true;
        this.AreOrdinary &= Vector.LessThanAll(Vector.Abs(total.Lower) + Vector.Abs(total.Upper), new Vector<double>(double.MaxValue));
    }

    /// <summary>
    /// Initializes the rows of a kernel that computes powers of two, for which only the range of a is bounded. The sums tell whether there is a
    /// NaN or an infinite b among the logits (<see cref="Update"/>).
    /// </summary>
    /// <param name="inverseTemperature">1/T.</param>
    /// <param name="maximum">The maxima of a.</param>
    /// <param name="minimum">The minima of a.</param>
    /// <param name="otherMaximum">The maxima of b.</param>
    public LogitPairLanes(
        float inverseTemperature,
        in MaximumAccumulator<float> maximum,
        in MinimumAccumulator<float> minimum,
        in MaximumAccumulator<float> otherMaximum)
        : this(inverseTemperature, maximum.Lanes, maximum.Lanes - minimum.Lanes, otherMaximum.Lanes, powersOfTwo: true)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private LogitPairLanes(
        float inverseTemperature, Vector<float> maximum, Vector<float> range, Vector<float> otherMaximum, bool powersOfTwo)
    {
        this.unit = powersOfTwo ? LogitPair.Ln2 : 1;
        float scale = powersOfTwo ? (float)LogitPair.Log2E * inverseTemperature : inverseTemperature;
        this.LogitScale = new Vector<float>(scale);
        this.Maximum = maximum;
        this.range = range * inverseTemperature;

        // Rounded like LogitPair rounds it.
        this.Offset = (maximum - otherMaximum) * this.LogitScale;
        this.AreOrdinary = Vector.LessThanAll(this.range, new Vector<float>((float)LogitPair.MaxRange(roundsToSingle: true)))
            && Vector.LessThanAll(Vector.Abs(this.Offset), new Vector<float>((float)LogitPair.MaxExactSingleDistance));
    }

    /// <summary>
    /// Gets whether all rows are ordinary: finite, and no exponential leaves the normal numbers. If not, the rows must be computed one after
    /// the other.
    /// </summary>
    public bool AreOrdinary { get; private set; }

    /// <summary>Gets the rows whose sums are to be computed: bit i is that of lane i.</summary>
    public readonly nuint PendingLanes => this.isRefined ? this.GetIncompleteLanes() : nuint.MaxValue;

    /// <summary>Gets what differences of logits are multiplied by: 1/T in the unit of D.</summary>
    public readonly Vector<float> LogitScale { get; }

    /// <summary>Gets max a.</summary>
    public readonly Vector<float> Maximum { get; }

    /// <summary>Gets the offset of D.</summary>
    public Vector<float> Offset { get; private set; }

    /// <summary>Gets R/S with the best offset.</summary>
    public readonly Vector<float> Ratio => this.InUnits(this.lower.Ratio, this.upper.Ratio);

    /// <summary>Gets R/S with the offset of the sums.</summary>
    public readonly Vector<float> SumsRatio => this.InUnits(this.lower.SumsRatio, this.upper.SumsRatio);

    /// <summary>Gets what D is too large by everywhere with the best offset.</summary>
    public readonly Vector<float> Correction => this.InUnits(this.lower.Correction, this.upper.Correction);

    /// <summary>Gets what D is larger by than log p − log q − KL(p‖q).</summary>
    public readonly Vector<float> LossCorrection =>
        this.InUnits(this.lower.Correction + this.lower.Loss, this.upper.Correction + this.upper.Loss);

    /// <summary>Gets S of the lower and of the upper half of the rows.</summary>
    internal readonly (Vector<double> Lower, Vector<double> Upper) Sums => (this.lower.Sum, this.upper.Sum);

    /// <summary>Takes the sums of the rows.</summary>
    /// <param name="sum">S.</param>
    /// <param name="ratioSum">R.</param>
    /// <param name="divergenceSum">F.</param>
    /// <param name="onlyPending">
    /// Whether a second call has the sums of <see cref="PendingLanes"/> only, so that the other rows keep their first ones.
    /// </param>
    /// <returns><see langword="true"/> if the sums must be computed again, with another <see cref="Offset"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Update(
        in SingleAccumulator sum, in SingleAccumulator ratioSum, in SingleAccumulator divergenceSum, bool onlyPending)
    {
        HalfOfRows lower = new(sum.Lower, ratioSum.Lower * this.unit, divergenceSum.Lower * this.unit);
        HalfOfRows upper = new(sum.Upper, ratioSum.Upper * this.unit, divergenceSum.Upper * this.unit);
        Vector<float> correction = Vector.Narrow(lower.Correction, upper.Correction);
        Vector<double> perUnit = new(1 / this.unit);
        Vector<float> offset = Vector.Narrow(
            Vector.WidenLower(this.Offset) + (lower.Correction * perUnit), Vector.WidenUpper(this.Offset) + (upper.Correction * perUnit));
        lower.Correction -= (Vector.WidenLower(offset) - Vector.WidenLower(this.Offset)) * this.unit;
        upper.Correction -= (Vector.WidenUpper(offset) - Vector.WidenUpper(this.Offset)) * this.unit;
        if (onlyPending && this.isRefined)
        {
            HalfOfRows secondLower = lower, secondUpper = upper;
            (lower, upper, offset, correction) = this.KeepCompleteRows(secondLower, secondUpper, offset, correction);
        }

        bool arePrecise = this.boundsBothRanges || (lower.ArePrecise && upper.ArePrecise);
        bool isLast = (lower.AreNear && upper.AreNear && arePrecise) || this.isRefined;
        this.AreOrdinary &= Vector.LessThanAll(
                this.range + Vector.Abs(correction), new Vector<float>((float)LogitPair.MaxRange(roundsToSingle: true)))
            && lower.AreOrdinary
            && upper.AreOrdinary
            && (arePrecise || !isLast);
        (this.lower, this.upper, this.Offset) = (lower, upper, offset);
        if (!arePrecise && !isLast)
        {
            // A call would keep the numbers of a transposed group in memory, in the method that this one is inlined in.
            this.AreOrdinary &= onlyPending ? this.CanBecomePrecise() : lower.HaveBoundedDivergence && upper.HaveBoundedDivergence;
        }

        bool isComplete = isLast || !this.AreOrdinary;
        this.isRefined = true;
        return !isComplete;
    }

    /// <summary>Stores the divergences KL(p‖q), which are not negative.</summary>
    /// <param name="losses">Receives one for each row.</param>
    public readonly void StoreLosses(Span<double> losses)
    {
        this.lower.Loss.CopyTo(losses);
        this.upper.Loss.CopyTo(losses[Vector<double>.Count..]);
    }

    /// <summary>Gets the factors of the gradients by a.</summary>
    /// <param name="scales">The factors of the gradients of the rows.</param>
    /// <param name="inverseTemperature">1/T.</param>
    /// <returns>The factors, divided by S and T, times the unit of D.</returns>
    public readonly Vector<float> GetGradientScale(ReadOnlySpan<double> scales, float inverseTemperature) =>
        Scale(scales, inverseTemperature * this.unit, this.lower.Sum, this.upper.Sum);

    /// <summary>Gets the factors of the gradients by b.</summary>
    /// <param name="scales">The factors of the gradients of the rows.</param>
    /// <param name="inverseTemperature">1/T.</param>
    /// <returns>The factors, divided by Σ exp(−D) · e with the best offset, and T, times the unit of D.</returns>
    public readonly Vector<float> GetOtherGradientScale(ReadOnlySpan<double> scales, float inverseTemperature) => Scale(
        scales,
        inverseTemperature * this.unit,
        this.lower.Sum + (this.lower.Sum * this.lower.Ratio),
        this.upper.Sum + (this.upper.Sum * this.upper.Ratio));

    /// <summary>Gets the factors of the gradients by b, with the offset of the sums.</summary>
    /// <param name="scales">The factors of the gradients of the rows.</param>
    /// <param name="inverseTemperature">1/T.</param>
    /// <returns>The factors, divided by S + R and T, times the unit of D.</returns>
    public readonly Vector<float> GetSumsGradientScale(ReadOnlySpan<double> scales, float inverseTemperature) => Scale(
        scales,
        inverseTemperature * this.unit,
        this.lower.Sum + (this.lower.Sum * this.lower.SumsRatio),
        this.upper.Sum + (this.upper.Sum * this.upper.SumsRatio));

    /// <summary>Takes rows whose first offset was good enough from their first sums, and the others from the second ones.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly (HalfOfRows Lower, HalfOfRows Upper, Vector<float> Offset, Vector<float> Correction) KeepCompleteRows(
        HalfOfRows lower, HalfOfRows upper, Vector<float> offset, Vector<float> correction)
    {
        Vector<long> completeLower = this.lower.GetCompleteRows(this.boundsBothRanges);
        Vector<long> completeUpper = this.upper.GetCompleteRows(this.boundsBothRanges);
        Vector<int> complete = Vector.Narrow(completeLower, completeUpper);
        return (
            HalfOfRows.Select(completeLower, this.lower, lower),
            HalfOfRows.Select(completeUpper, this.upper, upper),
            Vector.ConditionalSelect(complete, this.Offset, offset),
            Vector.AndNot(correction, Vector.AsVectorSingle(complete)));
    }

    private readonly nuint GetIncompleteLanes()
    {
        Vector<long> lower = this.lower.GetCompleteRows(this.boundsBothRanges);
        Vector<long> upper = this.upper.GetCompleteRows(this.boundsBothRanges);
        nuint lanes = 0;
        for (int lane = 0; lane < Vector<double>.Count; lane++)
        {
            lanes |= (nuint)(~lower[lane] & 1) << lane;
            lanes |= (nuint)(~upper[lane] & 1) << (lane + Vector<double>.Count);
        }

        return lanes;
    }

    /// <summary>Whether better offsets may show that the rows are near enough to each other.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly bool CanBecomePrecise() => this.lower.CanBecomePrecise && this.upper.CanBecomePrecise;

    private static Vector<float> Scale(
        ReadOnlySpan<double> scales, double factor, Vector<double> lowerDivisor, Vector<double> upperDivisor) => Vector.Narrow(
        new Vector<double>(scales) * factor / lowerDivisor,
        new Vector<double>(scales[Vector<double>.Count..]) * factor / upperDivisor);

    private readonly Vector<float> InUnits(Vector<double> lower, Vector<double> upper)
    {
        Vector<double> perUnit = new(1 / this.unit);
        return Vector.Narrow(lower * perUnit, upper * perUnit);
    }

    /// <summary>The numbers of half of the rows, in <see cref="double"/>.</summary>
    private struct HalfOfRows
    {
        public Vector<double> Sum;
        public Vector<double> SumsRatio;
        public Vector<double> Divergence;
        public Vector<double> Loss;
        public Vector<double> Correction;

        /// <summary>Initializes the rows from their sums.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public HalfOfRows(Vector<double> sum, Vector<double> ratioSum, Vector<double> divergenceSum)
        {
            Vector<double> inverse = Vector<double>.One / sum;
            this.Sum = sum;
            this.SumsRatio = ratioSum * inverse;
            this.Divergence = divergenceSum * inverse;
            (Vector<double> logarithm, Vector<double> subtracted) = LaneLogarithm.OnePlus(this.SumsRatio);
            this.Loss = Vector.Max(this.Divergence - subtracted, Vector<double>.Zero);
            this.Correction = -logarithm;

            // All of NearRows; a mask of all rows would have to be moved to a vector first.
            this.AreNear = Vector.LessThanOrEqualAll(subtracted, this.Loss * LogitPair.MaxCancellation)
                && Vector.GreaterThanOrEqualAll(this.SumsRatio, new Vector<double>(LogitPair.MinRemainder - 1));
        }

        /// <summary>Gets whether the offset of the sums was so near the true one for all rows that no subtraction lost digits.</summary>
        public bool AreNear { get; }

        /// <summary>Gets R/S with the best offset: exp(−c) − 1 by its series, where c is the rest of the correction.</summary>
        public readonly Vector<double> Ratio
        {
            get
            {
                Vector<double> x = -this.Correction;
                return x * (Vector<double>.One + (x * 0.5 * (Vector<double>.One + (x * (1.0 / 3)))));
            }
        }

        /// <summary>Gets whether the rows can be computed side by side with the corrected offsets.</summary>
        public readonly bool AreOrdinary
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => Vector.GreaterThanAll(this.SumsRatio, -Vector<double>.One)
                && Vector.LessThanOrEqualAll(Vector.Abs(this.Correction), new Vector<double>(MaxCorrection));
        }

        /// <summary>Takes some rows from one half and the others from another.</summary>
        public static HalfOfRows Select(Vector<long> isFirst, in HalfOfRows first, in HalfOfRows second) => new()
        {
            Sum = Vector.ConditionalSelect(isFirst, first.Sum, second.Sum),
            SumsRatio = Vector.ConditionalSelect(isFirst, first.SumsRatio, second.SumsRatio),
            Divergence = Vector.ConditionalSelect(isFirst, first.Divergence, second.Divergence),
            Loss = Vector.ConditionalSelect(isFirst, first.Loss, second.Loss),
            Correction = Vector.ConditionalSelect(isFirst, first.Correction, second.Correction),
        };

        /// <summary>Gets whether R has the digits that rows without a bound for b need (<see cref="LogitPair.MaxDivergence"/>).</summary>
        public readonly bool ArePrecise
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => Vector.LessThanOrEqualAll(this.Divergence, this.Remainder * LogitPair.MaxDivergence);
        }

        /// <summary>Gets whether the sums can tell a better offset (<see cref="LogitPair.MaxFirstDivergence"/>).</summary>
        public readonly bool HaveBoundedDivergence
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => Vector.LessThanOrEqualAll(this.Divergence, this.Remainder * LogitPair.MaxFirstDivergence);
        }

        /// <summary>
        /// Gets whether better offsets may show that the rows are near enough to each other: the loss of a row that had a good offset will not change.
        /// </summary>
        public readonly bool CanBecomePrecise
        {
            get
            {
                Vector<long> isFar = Vector.GreaterThan(this.Loss, new Vector<double>(LogitPair.MaxDivergence));
                return this.HaveBoundedDivergence && Vector.EqualsAll(this.NearRows & isFar, Vector<long>.Zero);
            }
        }

        /// <summary>Gets 1 + R/S.</summary>
        private readonly Vector<double> Remainder => Vector<double>.One + this.SumsRatio;

        /// <summary>Gets the rows for which the offset of the sums was good enough: all bits of their lanes are set.</summary>
        private readonly Vector<long> NearRows =>
            Vector.LessThanOrEqual(LaneLogarithm.OnePlus(this.SumsRatio).Excess, this.Loss * LogitPair.MaxCancellation)
            & Vector.GreaterThanOrEqual(this.SumsRatio, new Vector<double>(LogitPair.MinRemainder - 1));

        /// <summary>Gets the rows whose sums need not be computed again: all bits of their lanes are set.</summary>
        /// <param name="boundsBothRanges">Whether the logits of both sides are near each other, so that R has all digits.</param>
        public readonly Vector<long> GetCompleteRows(bool boundsBothRanges) => boundsBothRanges
            ? this.NearRows
            : this.NearRows & Vector.LessThanOrEqual(this.Divergence, this.Remainder * LogitPair.MaxDivergence);
    }
}
