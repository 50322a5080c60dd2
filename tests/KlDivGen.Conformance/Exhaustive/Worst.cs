namespace KlDivGen.Conformance.Exhaustive;

/// <summary>The largest of many errors, each as a share of what it may be, and how many were larger than that.</summary>
internal sealed class Worst(string name, string unit)
{
    private readonly Lock gate = new();
    private double error, share;
    private string where = "";
    private long wrong, seen;

    /// <summary>How many errors were larger than allowed.</summary>
    public int Wrong => (int)Math.Min(this.wrong, int.MaxValue);

    /// <summary>Looks at one error; NaN is as wrong as can be.</summary>
    /// <param name="error">The error in the unit that is reported.</param>
    /// <param name="share">The error as a share of what it may be: 1 is just allowed.</param>
    /// <param name="x">The input.</param>
    /// <param name="y">The target.</param>
    public void See(double error, double share, double x, double y)
    {
        this.seen++;
        if (!(share <= 1))
        {
            this.wrong++;
            share = double.IsNaN(share) ? double.PositiveInfinity : share;
        }

        if (share > this.share)
        {
            (this.share, this.error, this.where) = (share, error, $"x = {x:R}, y = {y:R}");
        }
    }

    /// <summary>Adds what another thread saw.</summary>
    public void Add(Worst other)
    {
        lock (this.gate)
        {
            this.wrong += other.wrong;
            this.seen += other.seen;
            if (other.share > this.share)
            {
                (this.share, this.error, this.where) = (other.share, other.error, other.where);
            }
        }
    }

    /// <summary>The same question, to be asked by another thread.</summary>
    public Worst Fresh() => new(name, unit);

    public override string ToString() =>
        $"{name}: {this.seen:N0} values, worst {this.error:F4} {unit} ({this.share:P1} of what is allowed) at {this.where}; {this.wrong:N0} wrong";
}
