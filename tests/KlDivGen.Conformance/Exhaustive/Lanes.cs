using System.Numerics;
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Columns;
using KlDivGen.Conformance.Matrix;

namespace KlDivGen.Conformance.Exhaustive;

/// <summary>Memory for one thread's share of values, and the methods that they are given to.</summary>
internal sealed class Lanes<T>(int count)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] first = new T[count], second = new T[count];

    public T[] X { get; } = new T[count];

    public T[] Y { get; } = new T[count];

    /// <summary>∂L/∂loss, 1 unless it is changed.</summary>
    public T[] GradOutputs { get; } = [.. Enumerable.Repeat(T.One, count)];

    public T[] Result { get; } = new T[count];

    /// <summary>The exact values, as far as one double knows them.</summary>
    public double[] Exact { get; } = new double[count];

    /// <summary>The method of a family that computes something element by element.</summary>
    public static Column<T, T, T> Find(bool gradients, bool logTarget, Outputs output, bool deterministic) =>
        Families.Of($"Flat{typeof(T).Name}{(gradients ? "Gradients" : "")}").OfType<Column<T, T, T>>().First(c =>
            c.Settings.Reduction == Reduction.None && c.Settings.LogTarget == logTarget && c.Settings.Outputs.HasFlag(output)
            && c.Settings.Deterministic == deterministic);

    /// <summary>The method that adds a family's losses up, and returns the sum before its last rounding.</summary>
    public static Column<T, T, T> FindSum(bool logTarget, bool deterministic) =>
        Families.Of($"Flat{typeof(T).Name}").OfType<Column<T, T, T>>().First(c =>
            c.Settings is { Reduction: Reduction.Sum, Dialect: Dialect.Paddle, Return: Element.Double }
            && c.Settings.LogTarget == logTarget && c.Settings.Deterministic == deterministic);

    /// <summary>Calls such a method on each element alone: each loss, as a sum of one, goes to <see cref="Result"/>.</summary>
    public void RunAlone(Column<T, T, T> column)
    {
        for (int i = 0; i < count; i++)
        {
            this.Result[i] = T.CreateTruncating(column.Kernel(new() { Input = this.X.AsSpan(i, 1), Target = this.Y.AsSpan(i, 1) }));
        }
    }

    /// <summary>Calls a method on <see cref="X"/> and <see cref="Y"/>: what is asked for goes to <see cref="Result"/>.</summary>
    public void Run(Column<T, T, T> column, Outputs output) => column.Kernel(new()
    {
        Input = this.X,
        Target = this.Y,
        GradOutput = T.One,
        GradOutputs = this.GradOutputs,
        Output = output == Outputs.Loss ? this.Result : this.first,
        GradInput = output == Outputs.GradInput ? this.Result : output == Outputs.Loss ? this.first : this.second,
        GradTarget = output == Outputs.GradTarget ? this.Result : this.second,
    });
}
