using System.Numerics;

namespace KlDivGen.Benchmarks.Data;

/// <summary>The arrays that implementations read and write. Those that only some kernels need are allocated on first use.</summary>
internal sealed class Operands<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Generates data.</summary>
    /// <param name="targetKind">What the target contains.</param>
    /// <param name="specialValues">The special values among the data.</param>
    /// <param name="length">The number of elements.</param>
    /// <param name="classes">The length of a row of logits. Without it, or if it does not divide the length, all elements are one row.</param>
    public Operands(TargetKind targetKind, SpecialValues specialValues, int length, int? classes)
    {
        this.TargetKind = targetKind;
        this.Input = new T[length];
        this.Target = new T[length];
        this.Classes = length % (classes ?? length) == 0 ? classes ?? length : length;
        SoftmaxData.Fill(this.Input, this.Target, targetKind, specialValues);
    }

    /// <summary>Uses existing data.</summary>
    public Operands(TargetKind targetKind, T[] input, T[] target)
    {
        this.TargetKind = targetKind;
        this.Input = input;
        this.Target = target;
        this.Classes = input.Length;
    }

    /// <summary>What the target contains.</summary>
    public TargetKind TargetKind { get; }

    /// <summary>The number of elements.</summary>
    public int Length => this.Input.Length;

    /// <summary>The number of rows, or 1 if the length is not a multiple of the length of a row.</summary>
    public int BatchSize => RowsIn(this.Length);

    /// <summary>The length of a row of logits.</summary>
    public int Classes { get; }

    /// <summary>
    /// The number of rows whose log-probabilities are the logits of one row. Its loss is the sum of theirs, divided by their number.
    /// </summary>
    public int RowsPerRowOfLogits => RowsIn(this.Classes);

    /// <summary>The input, x.</summary>
    public T[] Input { get; }

    /// <summary>The target, y.</summary>
    public T[] Target { get; }

    /// <summary>The sum of the losses, computed in double.</summary>
    public double ExpectedSum
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < this.Length; i++)
            {
                sum += this.Expected(i);
            }

            return sum;
        }
    }

    /// <summary>The loss of an element, computed in double.</summary>
    public double Expected(int index)
    {
        (double x, double y) = (double.CreateTruncating(this.Input[index]), double.CreateTruncating(this.Target[index]));
        return this.TargetKind == TargetKind.LogTarget ? Math.Exp(y) * (y - x) : y <= 0 ? 0 : y * (Math.Log(y) - x);
    }

    /// <summary>Receives the loss of each element.</summary>
    public T[] Output => field ??= new T[this.Length];

    /// <summary>Receives ∂/∂x.</summary>
    public T[] GradInput => field ??= new T[this.Length];

    /// <summary>Receives ∂/∂y.</summary>
    public T[] GradTarget => field ??= new T[this.Length];

    /// <summary>The intermediate result exp y of a sequence of vector operations.</summary>
    public T[] Workspace => field ??= new T[this.Length];

    /// <summary>The intermediate result log y − x or y − x of a sequence of vector operations.</summary>
    public T[] Difference => field ??= new T[this.Length];

    /// <summary>The input as a matrix in several layouts.</summary>
    public MatrixLayouts<T> Matrix => field ??= new MatrixLayouts<T>(this.Input);

    private static int RowsIn(int length) => length % SoftmaxData.Classes == 0 ? length / SoftmaxData.Classes : 1;
}
