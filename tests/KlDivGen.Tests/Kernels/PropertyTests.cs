using FsCheck;
using FsCheck.Fluent;
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Matrix;
using KlDivGen.Conformance.Memory;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Tests.Kernels;

/// <summary>
/// Properties of random data that compare kernels with each other, checked by FsCheck with a fixed seed. The tolerance is the contract's
/// error bound of a reduction for each of the compared sums.
/// </summary>
public sealed class PropertyTests : IDisposable
{
    private static readonly KernelCase[] Kernels = KernelGroups.Get("FlatSingle");

    private readonly OperandMemory memory = new();

    /// <summary>Pairs of an input and a target.</summary>
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
        return this.IsClose(logTarget, data, this.Reduced(Reduction.Sum, logTarget, data), this.Losses(logTarget, data).Sum());
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Mean_is_the_sum_over_the_count(bool logTarget) => Holds(logTarget, data =>
        this.IsClose(logTarget, data, this.Reduced(Reduction.Mean, logTarget, data) * data.Length, this.Reduced(Reduction.Sum, logTarget, data)));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Batchmean_times_the_batch_is_the_sum(bool logTarget) => Holds(logTarget, data =>
    {
        (float X, float Y)[] even = data[..(data.Length / 3 * 3)];
        return even.Length == 0
            || this.IsClose(logTarget, even, this.Reduced(Reduction.BatchMean, logTarget, even, 3) * 3, this.Reduced(Reduction.Sum, logTarget, even));
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Parts_add_up(bool logTarget) => Holds(logTarget, data =>
    {
        int middle = data.Length / 3;
        double parts = this.Reduced(Reduction.Sum, logTarget, data[..middle]) + this.Reduced(Reduction.Sum, logTarget, data[middle..]);
        return this.IsClose(logTarget, data, parts, this.Reduced(Reduction.Sum, logTarget, data));
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Order_does_not_matter(bool logTarget) => Holds(logTarget, data =>
    {
        (float X, float Y)[] reversed = [.. data.Reverse()];
        return this.IsClose(logTarget, data, this.Reduced(Reduction.Sum, logTarget, reversed), this.Reduced(Reduction.Sum, logTarget, data));
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_loss_of_an_element_does_not_depend_on_its_position(bool logTarget) => Holds(logTarget, data =>
    {
        double[] losses = this.Losses(logTarget, data), reversed = this.Losses(logTarget, [.. data.Reverse()]);
        return losses.SequenceEqual(reversed.Reverse());
    });

    /// <summary>The logarithm is rounded before it becomes a target, by at most 2⁻²¹ for |log y| up to 16.</summary>
    [Fact]
    public void Both_target_forms_agree() => Holds(false, data =>
    {
        (float X, float Y)[] positive = data.Where(p => p.Y > 0).ToArray();
        (float X, float Y)[] logs = Array.ConvertAll(positive, p => (p.X, MathF.Log(p.Y)));
        double[] losses = this.Losses(false, positive);
        double rounding = positive.Zip(losses, (p, l) => (Math.Abs(l) + p.Y) / (1 << 21)).Sum();
        return positive.Length == 0
            || Math.Abs(this.Reduced(Reduction.Sum, true, logs) - this.Reduced(Reduction.Sum, false, positive))
                <= rounding + this.Tolerance(false, positive);
    });

    public void Dispose() => this.memory.Dispose();

    private static void Holds(bool logTarget, Func<(float X, float Y)[], bool> property) =>
        Prop.ForAll(Data(logTarget), property).Check(Config.QuickThrowOnFailure.WithReplay(20_261_122, 7).WithMaxTest(200));

    private static KernelCase Find(Reduction reduction, bool logTarget) => Kernels.First(c =>
        c.Settings.Reduction == reduction && c.Settings.LogTarget == logTarget && c.Settings.Dialect == Dialect.Paddle
        && !c.Settings.Deterministic && c.Settings.Return is null or ElementType.Single);

    private static Call CreateCall((float X, float Y)[] data, int batch = 1) =>
        new(Array.ConvertAll(data, p => (double)p.X), Array.ConvertAll(data, p => (double)p.Y))
    {
        BatchSize = batch,
    };

    /// <summary>The bound of two reductions, and of the rounding of their elements if these are added in double.</summary>
    private double Tolerance(bool logTarget, (float X, float Y)[] data) => 3 * Dataset.ReductionError(
        FloatFormat.Single,
        this.Losses(logTarget, data).Sum(Math.Abs),
        data.Sum(pair => logTarget ? Math.Exp(pair.Y) : pair.Y));

    private bool IsClose(bool logTarget, (float X, float Y)[] data, double a, double b) => Math.Abs(a - b) <= this.Tolerance(logTarget, data);

    private double Reduced(Reduction reduction, bool logTarget, (float X, float Y)[] data, int batch = 1) =>
        Find(reduction, logTarget).Run(this.memory, CreateCall(data, batch)).Returned;

    private double[] Losses(bool logTarget, (float X, float Y)[] data) =>
        Find(Reduction.None, logTarget).Run(this.memory, CreateCall(data)).Output;
}
