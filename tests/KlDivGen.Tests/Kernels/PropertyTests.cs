using FsCheck;
using FsCheck.Fluent;
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Columns;
using KlDivGen.Conformance.Matrix;
using KlDivGen.Conformance.Memory;

namespace KlDivGen.Tests.Kernels;

/// <summary>
/// What must hold of any data, found out by FsCheck with a fixed seed; each of these compares kernels with kernels. The tolerance is
/// the contract's for a reduction, 2⁻²² of the sum of magnitudes, for each of the sums that are compared.
/// </summary>
public sealed class PropertyTests : IDisposable
{
    private const double Bound = 1.0 / (1 << 22);

    private static readonly Column[] Kernels = Families.Of("FlatSingle");

    private readonly Arena arena = new();

    /// <summary>Pairs of floats: log-probabilities, and targets of the form asked for.</summary>
    private static Arbitrary<(float X, float Y)[]> Data(bool logTarget) => Arb.From(
        from length in Gen.Choose(1, 900)
        from pairs in Gen.ArrayOf(
            from x in Gen.Choose(-12_000_000, 0)
            from y in Gen.Choose(logTarget ? -12_000_000 : -200_000, logTarget ? 500_000 : 1_000_000)
            select (x / 1_000_000f, logTarget ? y / 1_000_000f : Math.Max(0, y / 1_000_000f)), length)
        select pairs);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sum_is_the_sum_of_none(bool logTarget) => Holds(logTarget, data =>
    {
        double[] losses = this.Losses(logTarget, data);
        return Close(this.Reduced(Reduction.Sum, logTarget, data), losses.Sum(), losses);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Mean_is_the_sum_over_the_count(bool logTarget) => Holds(logTarget, data =>
        Close(this.Reduced(Reduction.Mean, logTarget, data) * data.Length, this.Reduced(Reduction.Sum, logTarget, data), this.Losses(logTarget, data)));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Batchmean_times_the_batch_is_the_sum(bool logTarget) => Holds(logTarget, data =>
    {
        var even = data[..(data.Length / 3 * 3)];
        return even.Length == 0
            || Close(this.Reduced(Reduction.BatchMean, logTarget, even, 3) * 3, this.Reduced(Reduction.Sum, logTarget, even), this.Losses(logTarget, even));
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Parts_add_up(bool logTarget) => Holds(logTarget, data =>
    {
        int middle = data.Length / 3;
        double parts = this.Reduced(Reduction.Sum, logTarget, data[..middle]) + this.Reduced(Reduction.Sum, logTarget, data[middle..]);
        return Close(parts, this.Reduced(Reduction.Sum, logTarget, data), this.Losses(logTarget, data));
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Order_does_not_matter(bool logTarget) => Holds(logTarget, data =>
    {
        var turned = data.Reverse().ToArray();
        return Close(this.Reduced(Reduction.Sum, logTarget, turned), this.Reduced(Reduction.Sum, logTarget, data), this.Losses(logTarget, data));
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_elements_loss_does_not_depend_on_its_place(bool logTarget) => Holds(logTarget, data =>
    {
        double[] losses = this.Losses(logTarget, data), turned = this.Losses(logTarget, [.. data.Reverse()]);
        return losses.SequenceEqual(turned.Reverse());
    });

    /// <summary>The logarithm is rounded before it becomes a target: by half a unit, at most 2⁻²¹ for |log y| up to 16.</summary>
    [Fact]
    public void Both_target_forms_agree() => Holds(false, data =>
    {
        var positive = data.Where(p => p.Y > 0).ToArray();
        var logs = Array.ConvertAll(positive, p => (p.X, MathF.Log(p.Y)));
        double[] losses = this.Losses(false, positive);
        double rounding = positive.Zip(losses, (p, l) => (Math.Abs(l) + p.Y) / (1 << 21)).Sum();
        return positive.Length == 0
            || Math.Abs(this.Reduced(Reduction.Sum, true, logs) - this.Reduced(Reduction.Sum, false, positive)) <= rounding + Tolerance(losses);
    });

    public void Dispose() => this.arena.Dispose();

    private static void Holds(bool logTarget, Func<(float X, float Y)[], bool> property) =>
        Prop.ForAll(Data(logTarget), property).Check(Config.QuickThrowOnFailure.WithReplay(20_261_122, 7).WithMaxTest(200));

    /// <summary>Two sums, and the rounding of the elements that were added.</summary>
    private static double Tolerance(double[] losses) => 3 * Bound * losses.Sum(Math.Abs);

    private static bool Close(double a, double b, double[] losses) => Math.Abs(a - b) <= Tolerance(losses);

    private static Column Find(Reduction reduction, bool logTarget) => Kernels.First(c =>
        c.Settings.Reduction == reduction && c.Settings.LogTarget == logTarget && c.Settings.Dialect == Dialect.Paddle
        && !c.Settings.Deterministic && c.Settings.Return is null or Element.Single);

    private static Call Of((float X, float Y)[] data, int batch = 1) =>
        new(Array.ConvertAll(data, p => (double)p.X), Array.ConvertAll(data, p => (double)p.Y)) { BatchSize = batch };

    private double Reduced(Reduction reduction, bool logTarget, (float X, float Y)[] data, int batch = 1) =>
        Find(reduction, logTarget).Run(this.arena, Of(data, batch)).Returned;

    private double[] Losses(bool logTarget, (float X, float Y)[] data) =>
        Find(Reduction.None, logTarget).Run(this.arena, Of(data)).Output;
}
