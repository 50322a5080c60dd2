using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Rows;

/// <summary>
/// The contract's values of one row, before weight, upstream gradient, divisor and temperature squared, in double-double arithmetic, with
/// their error bounds. The check <c>oracle</c> compares it with 50-digit arithmetic and with PyTorch.
/// </summary>
internal sealed partial class RowOracle
{
    private const double Infinity = double.PositiveInfinity;

    private readonly double relative;
    private readonly double logitError;
    private readonly ElementOracle elements;

    private RowOracle(FloatFormat format, int count)
    {
        this.elements = new(Dialect.Strict, format);

        // The contract's 2⁻¹⁹ and 2⁻²³ for float, 2⁻⁴⁴ and 2⁻⁵⁰ for double.
        (this.relative, this.logitError) = format == FloatFormat.Double
            ? (Math.ScaleB(1, -44), Math.ScaleB(1, -50))
            : (Math.ScaleB(1, -19), Math.ScaleB(1, -23));
        (this.Losses, this.GradInput, this.GradTarget) = (new Expected[count], new Expected[count], new Expected[count]);
    }

    /// <summary>The loss of each element.</summary>
    public Expected[] Losses { get; private set; }

    /// <summary>The derivative of the row's loss by each element of the input.</summary>
    public Expected[] GradInput { get; private set; }

    /// <summary>The derivative of the row's loss by each element of the target.</summary>
    public Expected[] GradTarget { get; private set; }

    /// <summary>The row's loss.</summary>
    public Expected Loss { get; private set; }

    /// <summary>Computes the values of a row.</summary>
    /// <param name="settings">The settings of the method.</param>
    /// <param name="temperature">What logits are divided by.</param>
    /// <param name="x">The input.</param>
    /// <param name="y">The target.</param>
    /// <param name="gradOutputs">The upstream gradients of the elements, where gradients by logits have all of them in it; otherwise nothing.</param>
    public static RowOracle Create(
        RowSettings settings, double temperature, ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> gradOutputs = default)
    {
        RowOracle row = new(settings.ComputeFormat, x.Length);
        switch (settings.Form)
        {
            case RowForm.Pair when settings.Divergence == Divergence.Reverse:
                row.ComputePair(temperature, x, y);
                (row.GradInput, row.GradTarget) = (row.GradTarget, row.GradInput);
                break;
            case RowForm.Pair when settings.Divergence == Divergence.JensenShannon:
                row.ComputeMixture(temperature, x, y);
                break;
            case RowForm.Pair:
                row.ComputePair(temperature, y, x);
                break;
            case RowForm.TargetLogits or RowForm.InputLogits or RowForm.InputLogitsLogTarget when settings.Divergence != Divergence.Forward:
                row.ComputeOneSide(settings, temperature, x, y);
                break;
            case RowForm.TargetLogits:
                row.ComputeTargetLogits(temperature, x, y);
                break;
            case RowForm.InputLogits or RowForm.InputLogitsLogTarget:
                row.ComputeInputLogits(settings, temperature, x, y);
                break;
            default:
                row.ComputeElements(settings, x, y);
                break;
        }

        if (settings.MixesGradOutputs)
        {
            row.ApplyUpstream(settings, temperature, x, y, gradOutputs);
        }

        return row;
    }

    /// <summary>KL(p‖q) of the logits a of p and b of q. The gradient by b is that of the input, as in the forward divergence.</summary>
    private void ComputePair(double temperature, ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Softmax p = new(temperature, a), q = new(temperature, b);
        if (!p.IsDefined || !q.IsDefined)
        {
            this.Fill(Expected.NaN);
            return;
        }

        // The sum of p · (d + q/p − 1) is that of p · d, and an error of the offset, which all d have, hardly changes it.
        int count = a.Length;
        DoubleDouble loss = 0, offset = ((DoubleDouble.Sum(p.Maximum, -q.Maximum) / temperature) + p.LogSum) - q.LogSum;
        (DoubleDouble[] differences, DoubleDouble[] changes) = (new DoubleDouble[count], new DoubleDouble[count]);
        bool isInfinite = false;
        for (int i = 0; i < count; i++)
        {
            changes[i] = q.Value[i] - p.Value[i];
            if (double.IsNegativeInfinity(a[i]))
            {
                loss += changes[i];
                continue;
            }

            isInfinite |= double.IsNegativeInfinity(b[i]);
            differences[i] = double.IsNegativeInfinity(b[i]) ? Infinity : (DoubleDouble.Sum(a[i], -b[i]) / temperature) - offset;
            if (Math.Abs(differences[i].Hi) < 0.25)
            {
                (DoubleDouble ratio, DoubleDouble term) = Expansion.Expand(differences[i]);
                changes[i] = p.Value[i] * ratio;
                loss += p.Value[i] * term;
            }
            else if (!isInfinite)
            {
                loss += (p.Value[i] * differences[i]) + changes[i];
            }
        }

        // What half an ULP of the logits changes, in the whole row and in each element.
        double rowChange = 0;
        for (int i = 0; i < count && !isInfinite; i++)
        {
            double excess = p.Value[i].Hi * Math.Abs((differences[i] - loss).Hi);
            double logitChange = this.logitError * (Magnitude(a[i]) + Magnitude(b[i])) / temperature;
            rowChange += ((Math.Abs(changes[i].Hi) + excess) * logitChange) + SecondOrder(p.Value[i].Hi, logitChange);
        }

        // The offset between the two rows is only as exact as the loss needs it. What is left of it is rounded too.
        double mean = MeanMagnitude(p, q), rest = isInfinite ? 0 : Math.Sqrt(Math.Max(loss.Hi, 0));
        for (int i = 0; i < count; i++)
        {
            double change = (((Magnitude(a[i]) + Magnitude(b[i]) + mean) / temperature) + rest) * this.logitError;
            this.GradInput[i] = this.Scaled(changes[i] / temperature, (p.Value[i].Hi + q.Value[i].Hi) * change / temperature);
            if (isInfinite)
            {
                // Infinities cancel. The contract does not say what remains.
                bool isElementInfinite = double.IsNegativeInfinity(b[i]) && !double.IsNegativeInfinity(a[i]);
                this.Losses[i] = isElementInfinite ? new(Infinity) : Unknown;
                this.GradTarget[i] = Unknown;
                continue;
            }

            DoubleDouble difference = differences[i], probability = p.Value[i];
            this.Losses[i] = this.Scaled(probability * difference, probability.Hi * change * (1 + Math.Abs(difference.Hi)));
            this.GradTarget[i] = this.Scaled(
                probability * (difference - loss) / temperature,
                probability.Hi * ((change * (1 + Math.Abs((difference - loss).Hi))) + rowChange + (this.logitError * loss.Hi)) / temperature);
        }

        this.Loss = isInfinite ? new(Infinity) : this.Scaled(loss, rowChange);
    }

    /// <summary>
    /// What a change of the difference of two logits changes in a loss beyond its first order, which vanishes where the rows are equal.
    /// </summary>
    private static double SecondOrder(double probability, double change) => probability * change * change / 2;

    /// <summary>β · KL(p‖m) + (1 − β) · KL(q‖m) of the logits y of p and x of q, with m = β · p + (1 − β) · q.</summary>
    private void ComputeMixture(double temperature, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Softmax p = new(temperature, y), q = new(temperature, x);
        if (!p.IsDefined || !q.IsDefined)
        {
            this.Fill(Expected.NaN);
            return;
        }

        DoubleDouble beta = Settings.Beta, other = 1 - beta, first = 0, second = 0;
        DoubleDouble offset = ((DoubleDouble.Sum(p.Maximum, -q.Maximum) / temperature) + p.LogSum) - q.LogSum;
        (DoubleDouble[] logP, DoubleDouble[] logQ) = (new DoubleDouble[x.Length], new DoubleDouble[x.Length]);
        for (int i = 0; i < x.Length; i++)
        {
            (bool hasP, bool hasQ) = (p.Value[i].Hi > 0, q.Value[i].Hi > 0);
            DoubleDouble d = hasP && hasQ ? (DoubleDouble.Sum(y[i], -x[i]) / temperature) - offset : 0;
            bool isNear = hasP && hasQ && Math.Abs(d.Hi) < 0.05;
            DoubleDouble ratioOfQ = isNear ? Expansion.Expand(d).Ratio : hasP && hasQ ? (q.Value[i] / p.Value[i]) - 1 : -1;
            DoubleDouble ratioOfP = isNear ? Expansion.Expand(-d).Ratio : hasP && hasQ ? (p.Value[i] / q.Value[i]) - 1 : -1;
            (DoubleDouble logOfP, DoubleDouble excessOfP) = Expansion.LogOnePlus(other * ratioOfQ);
            (DoubleDouble logOfQ, DoubleDouble excessOfQ) = Expansion.LogOnePlus(beta * ratioOfP);
            (logP[i], logQ[i]) = (hasP && double.IsFinite(logOfP.Hi) ? -logOfP : 0, hasQ && double.IsFinite(logOfQ.Hi) ? -logOfQ : 0);

            // The sums of p, of q and of m are equal: what is added for near elements comes to 0 in the whole row.
            DoubleDouble difference = isNear ? p.Value[i] * ratioOfQ : q.Value[i] - p.Value[i];
            first += isNear ? p.Value[i] * excessOfP : (p.Value[i] * logP[i]) + (other * difference);
            second += isNear ? q.Value[i] * excessOfQ : (q.Value[i] * logQ[i]) - (beta * difference);
        }

        double rowChange = 0, mean = MeanMagnitude(p, q);
        for (int i = 0; i < x.Length; i++)
        {
            double effect = (beta.Hi * p.Value[i].Hi * Math.Abs((logP[i] - first).Hi)) + (other.Hi * q.Value[i].Hi * Math.Abs((logQ[i] - second).Hi))
                + Math.Abs((q.Value[i] - p.Value[i]).Hi);
            double logitChange = this.logitError * (Magnitude(x[i]) + Magnitude(y[i]) + mean) / temperature;
            rowChange += (effect * logitChange) + SecondOrder(p.Value[i].Hi, logitChange);
        }

        for (int i = 0; i < x.Length; i++)
        {
            DoubleDouble byTarget = beta * p.Value[i] * (logP[i] - first) / temperature, byInput = other * q.Value[i] * (logQ[i] - second) / temperature;
            double change = (Magnitude(x[i]) + Magnitude(y[i]) + mean) * this.logitError / temperature;
            double error = (p.Value[i].Hi + q.Value[i].Hi) * change * (1 + Math.Abs((logP[i] - first).Hi) + Math.Abs((logQ[i] - second).Hi));
            this.Losses[i] = this.Scaled((beta * p.Value[i] * logP[i]) + (other * q.Value[i] * logQ[i]), error);
            this.GradTarget[i] = this.Scaled(byTarget, (error + (p.Value[i].Hi * (rowChange + (this.logitError * first.Hi)))) / temperature);
            this.GradInput[i] = this.Scaled(byInput, (error + (q.Value[i].Hi * (rowChange + (this.logitError * second.Hi)))) / temperature);
        }

        // The differences of p and q, which have about 80 bits, do not add up to exactly 0 here.
        this.Loss = this.Scaled((beta * first) + (other * second), rowChange + Math.ScaleB(1, -76));
    }

    /// <summary>KL(p‖q) of the logits y of p and the log-probabilities x of q.</summary>
    private void ComputeTargetLogits(double temperature, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Softmax p = new(temperature, y);
        if (!p.IsDefined)
        {
            this.Fill(Expected.NaN);
            return;
        }

        DoubleDouble loss = 0;
        double bound = 0;
        DoubleDouble[] differences = new DoubleDouble[x.Length];
        double[] errors = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            DoubleDouble probability = p.Value[i];
            if (probability.Hi == 0)
            {
                // Its products need not be 0 where it is only too small for a double.
                Expected empty = double.IsNegativeInfinity(y[i]) ? Expected.Zero : Expected.Zero with { Ulps = 1 };
                this.GradInput[i] = this.GradTarget[i] = this.Losses[i] = empty;
                continue;
            }

            differences[i] = p.LogOf(i) - x[i];
            errors[i] = this.LogError(p, i) * (1 + Math.Abs(differences[i].Hi));
            DoubleDouble element = probability * differences[i];
            double error = (Math.Abs(element.Hi) * this.relative) + (probability.Hi * errors[i]);
            this.Losses[i] = new(element, 1, error);
            this.GradInput[i] = new(-probability, 1, probability.Hi * (this.relative + this.LogError(p, i)));
            loss += element;
            bound += error;
        }

        this.Loss = new(loss, 1, bound);
        for (int i = 0; i < x.Length; i++)
        {
            DoubleDouble gradient = p.Value[i] * (differences[i] - loss) / temperature;
            double error = p.Value[i].Hi * (errors[i] + bound + (Math.Abs(loss.Hi) * this.LogError(p, i))) / temperature;
            if (p.Value[i].Hi > 0)
            {
                this.GradTarget[i] = this.Scaled(gradient, error);
            }
        }
    }

    /// <summary>Probabilities or log-probabilities y, and the logits x of q.</summary>
    private void ComputeInputLogits(RowSettings settings, double temperature, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Softmax q = new(temperature, x);
        if (!q.IsDefined)
        {
            // The dialect gives the loss of a target of 0 whatever the input is.
            this.Fill(Expected.NaN);
            for (int i = 0; i < x.Length; i++)
            {
                if (!settings.LogTarget && y[i] == 0)
                {
                    (this.Losses[i], this.GradTarget[i]) = (Unknown, Unknown);
                }
            }

            this.Loss = Array.TrueForAll(this.Losses, loss => double.IsNaN(loss.Value.Hi)) ? Expected.NaN : Unknown;
            return;
        }

        DoubleDouble loss = 0, sum = 0;
        double bound = 0;
        for (int i = 0; i < x.Length; i++)
        {
            sum += settings.LogTarget ? Elementary.Exp(y[i]) : y[i];
        }

        for (int i = 0; i < x.Length; i++)
        {
            DoubleDouble probability = settings.LogTarget ? Elementary.Exp(y[i]) : y[i];
            DoubleDouble logTarget = settings.LogTarget ? y[i] : y[i] > 0 ? Elementary.Log(y[i]) : 0;
            DoubleDouble logInput = q.LogOf(i), difference = logTarget - logInput, element = probability * difference;
            double error = this.LogError(q, i), elementError = (Math.Abs(element.Hi) * this.relative) + (probability.Hi * error);
            this.Losses[i] = new(element, 1, elementError);
            loss += element;
            bound += elementError;
            DoubleDouble product = q.Value[i] * sum, change = product - probability;
            this.GradInput[i] = new(
                change / temperature,
                1,
                ((Math.Abs(change.Hi) * this.relative) + (product.Hi * error) + (probability.Hi * this.logitError * 4)) / temperature);
            this.GradTarget[i] = settings.LogTarget ? this.Scaled(probability * (difference + 1), probability.Hi * (error + (2 * this.logitError * (1 + Math.Abs(difference.Hi)))))
                : y[i] > 0 ? this.Scaled(difference + 1, error + (2 * this.logitError * (1 + Math.Abs(logTarget.Hi))))
                : settings.Dialect switch
                {
                    Dialect.Paddle => Expected.Zero,
                    Dialect.PyTorch => Expected.NaN,
                    _ => new(-Infinity),
                };
        }

        this.Loss = new(loss, 1, bound);
    }

    /// <summary>Probabilities or log-probabilities on both sides: the oracle of the elements.</summary>
    private void ComputeElements(RowSettings settings, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        FloatFormat format = settings.ComputeFormat;
        DivergenceOracle oracle = new(settings.Divergence, settings.LogTarget, settings.Dialect, format);
        DoubleDouble loss = 0;
        double bound = 0, magnitude = 0;
        for (int i = 0; i < x.Length; i++)
        {
            ScaledValue t = ElementOracle.Transcendental(settings.LogTarget, y[i]);
            this.Losses[i] = oracle.Loss(x[i], y[i], t);
            this.GradInput[i] = oracle.GradInput(x[i], y[i], t);
            this.GradTarget[i] = oracle.GradTarget(x[i], y[i], t);
            double value = this.Losses[i].Value.Hi, probability = oracle.Probability(x[i], y[i], t);
            loss = double.IsFinite(value) && double.IsFinite(loss.Hi) ? loss + this.Losses[i].Value : loss.Hi + value;
            magnitude += Math.Abs(value);
            bound += double.IsFinite(value)
                ? oracle.ReductionError(Math.Abs(value), probability) + Dataset.ElementError(format, this.Losses[i], probability)
                    + Dataset.RoundingError(format, this.Losses[i])
                : 0;
        }

        this.Loss = new(loss, 1, bound, settings.Divergence == Divergence.Forward ? AllowedAlternatives.None : Dataset.AllowOverflow(format, magnitude));
    }

    private static Expected Unknown =>
        new(0, 1, Infinity, AllowedAlternatives.NaN | AllowedAlternatives.Infinity | AllowedAlternatives.Zero);

    private static double Magnitude(double logit) => double.IsFinite(logit) ? Math.Abs(logit) : 0;

    /// <summary>
    /// The mean of the magnitudes of both logits, under both distributions: the ratio of two probabilities is computed from the difference
    /// of both logits, whichever of them is small.
    /// </summary>
    private static double MeanMagnitude(Softmax p, Softmax q)
    {
        double mean = 0;
        for (int i = 0; i < p.Logits.Length; i++)
        {
            mean += (p.Value[i].Hi + q.Value[i].Hi) * (Magnitude(p.Logits[i]) + Magnitude(q.Logits[i]));
        }

        return mean;
    }

    /// <summary>The error of a log-probability from logits of about their size, and of what is computed with it.</summary>
    private double LogError(Softmax softmax, int index) =>
        this.logitError * (2 + (2 * Math.Abs(softmax.LogOf(index).Hi)) + ((Magnitude(softmax.Logits[index]) + Math.Abs(softmax.Maximum)) * 2 / softmax.Temperature));

    private Expected Scaled(DoubleDouble value, double error) => new(value, 1, (Math.Abs(value.Hi) * this.relative) + error);

    private void Fill(Expected value)
    {
        this.Loss = value;
        Array.Fill(this.Losses, value);
        Array.Fill(this.GradInput, value);
        Array.Fill(this.GradTarget, value);
    }

    /// <summary>The softmax of a row of logits.</summary>
    private sealed class Softmax
    {
        public Softmax(double temperature, ReadOnlySpan<double> logits)
        {
            this.Temperature = temperature;
            this.Logits = logits.ToArray();
            this.Value = new DoubleDouble[logits.Length];
            this.Maximum = this.Logits.Max();
            this.IsDefined = double.IsFinite(this.Maximum) && !Array.Exists(this.Logits, double.IsNaN);
            if (!this.IsDefined)
            {
                return;
            }

            DoubleDouble sum = 0;
            for (int i = 0; i < logits.Length; i++)
            {
                this.Value[i] = double.IsNegativeInfinity(logits[i]) ? 0 : Expansion.Exp(DoubleDouble.Sum(logits[i], -this.Maximum) / temperature);
                sum += this.Value[i];
            }

            this.LogSum = Expansion.Log(sum);
            for (int i = 0; i < logits.Length; i++)
            {
                this.Value[i] /= sum;
            }
        }

        public double Temperature { get; }

        public double[] Logits { get; }

        /// <summary>Whether there is a distribution.</summary>
        public bool IsDefined { get; }

        public double Maximum { get; }

        /// <summary>log Σ exp((z − max z) / T).</summary>
        public DoubleDouble LogSum { get; }

        /// <summary>The probabilities.</summary>
        public DoubleDouble[] Value { get; }

        /// <summary>The logarithm of a probability, of a finite logit.</summary>
        public DoubleDouble LogOf(int index) => (DoubleDouble.Sum(this.Logits[index], -this.Maximum) / this.Temperature) - this.LogSum;
    }
}
