using System.Numerics;
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Matrix;

namespace KlDivGen.Conformance.Exhaustive;

/// <summary>The memory of one thread for a batch of elements.</summary>
internal sealed class ElementBatch<T>(int count)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>So many elements that the main loop takes all of them, at every vector width.</summary>
    private const int ZeroCount = 256;

    private readonly T[] unused1 = new T[count], unused2 = new T[count];
    private readonly T[] zeroX = [.. Enumerable.Repeat(-T.One, ZeroCount)], zeroY = [.. Enumerable.Repeat(-T.One, ZeroCount)];

    public T[] X { get; } = new T[count];

    public T[] Y { get; } = new T[count];

    /// <summary>The upstream gradients, initially 1.</summary>
    public T[] GradOutputs { get; } = [.. Enumerable.Repeat(T.One, count)];

    public T[] Result { get; } = new T[count];

    /// <summary>The exact values, rounded to double.</summary>
    public double[] Exact { get; } = new double[count];

    /// <summary>Finds a method that computes a result element by element.</summary>
    public static KernelCase<T, T, T> Find(bool gradients, bool logTarget, Outputs output, bool deterministic) =>
        KernelGroups.Get($"Flat{typeof(T).Name}{(gradients ? "Gradients" : "")}").OfType<KernelCase<T, T, T>>().First(c =>
            c.Settings is { Reduction: Reduction.None, Divergence: Divergence.Forward } && c.Settings.LogTarget == logTarget && c.Settings.Outputs.HasFlag(output)
            && c.Settings.Deterministic == deterministic);

    /// <summary>Finds a method that computes all results of another divergence than the forward one element by element.</summary>
    public static KernelCase<T, T, T> Find(Divergence divergence, bool logTarget, bool deterministic) =>
        KernelGroups.Get($"Flat{typeof(T).Name}Gradients").OfType<KernelCase<T, T, T>>().First(c =>
            c.Settings is { Reduction: Reduction.None, HasLoss: true, HasGradInput: true, HasGradTarget: true }
            && c.Settings.Divergence == divergence && c.Settings.LogTarget == logTarget && c.Settings.Deterministic == deterministic);

    /// <summary>Finds a method that returns the sum of the losses as double.</summary>
    public static KernelCase<T, T, T> FindSum(bool logTarget, bool deterministic) =>
        KernelGroups.Get($"Flat{typeof(T).Name}").OfType<KernelCase<T, T, T>>().First(c =>
            c.Settings is { Reduction: Reduction.Sum, Dialect: Dialect.Paddle, Divergence: Divergence.Forward, Return: ElementType.Double }
            && c.Settings.LogTarget == logTarget && c.Settings.Deterministic == deterministic);

    /// <summary>Calls a method that sums losses once for each element. <see cref="Result"/> receives the sums of one loss each.</summary>
    public void RunSingleElements(KernelCase<T, T, T> kernel)
    {
        for (int i = 0; i < count; i++)
        {
            this.Result[i] = T.CreateTruncating(kernel.Invoke(new() { Input = this.X.AsSpan(i, 1), Target = this.Y.AsSpan(i, 1) }));
        }
    }

    /// <summary>
    /// Calls a method that sums losses once for each element, among others whose loss is 0, as equal logarithms have.
    /// <see cref="Result"/> receives the sums, each of one loss.
    /// </summary>
    public void RunAmongZeros(KernelCase<T, T, T> kernel)
    {
        for (int i = 0; i < count; i++)
        {
            int place = i % ZeroCount;
            (this.zeroX[place], this.zeroY[place]) = (this.X[i], this.Y[i]);
            this.Result[i] = T.CreateTruncating(kernel.Invoke(new() { Input = this.zeroX, Target = this.zeroY }));
            (this.zeroX[place], this.zeroY[place]) = (-T.One, -T.One);
        }
    }

    /// <summary>Calls a method with all elements. <see cref="Result"/> receives the chosen output.</summary>
    public void Run(KernelCase<T, T, T> kernel, Outputs output) => kernel.Invoke(new()
    {
        Input = this.X,
        Target = this.Y,
        GradOutput = 1,
        GradOutputs = this.GradOutputs,
        Output = output == Outputs.Loss ? this.Result : this.unused1,
        GradInput = output == Outputs.GradInput ? this.Result : output == Outputs.Loss ? this.unused1 : this.unused2,
        GradTarget = output == Outputs.GradTarget ? this.Result : this.unused2,
    });
}
