namespace KlDivGen.Conformance.Exhaustive;

/// <summary>The largest of many errors, relative to its bound, and the number of errors that exceed their bounds.</summary>
internal sealed class ErrorStatistics(string name, string unit)
{
    private readonly Lock gate = new();
    private double error, fraction;
    private string location = "";
    private long exceeded, count;

    /// <summary>The number of errors that exceed their bounds.</summary>
    public int ErrorCount => (int)Math.Min(this.exceeded, int.MaxValue);

    /// <summary>Records one error. NaN exceeds every bound.</summary>
    /// <param name="error">The error in the unit of the report.</param>
    /// <param name="fraction">The error divided by its bound.</param>
    /// <param name="x">The input.</param>
    /// <param name="y">The target.</param>
    public void Record(double error, double fraction, double x, double y)
    {
        this.count++;
        if (!(fraction <= 1))
        {
            this.exceeded++;
            fraction = double.IsNaN(fraction) ? double.PositiveInfinity : fraction;
        }

        if (fraction > this.fraction)
        {
            (this.fraction, this.error, this.location) = (fraction, error, $"x = {x:R}, y = {y:R}");
        }
    }

    /// <summary>Adds the statistics of another thread.</summary>
    public void Merge(ErrorStatistics other)
    {
        lock (this.gate)
        {
            this.exceeded += other.exceeded;
            this.count += other.count;
            if (other.fraction > this.fraction)
            {
                (this.fraction, this.error, this.location) = (other.fraction, other.error, other.location);
            }
        }
    }

    /// <summary>Creates empty statistics with the same name, for another thread.</summary>
    public ErrorStatistics CreateEmpty() => new(name, unit);

    public override string ToString() =>
        $"{name}: {this.count:N0} values, worst {this.error:F4} {unit} ({this.fraction:P1} of the bound) at {this.location}; "
        + $"{this.exceeded:N0} exceed the bound";
}
