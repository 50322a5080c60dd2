using System.Numerics;

namespace KlDivGen.Benchmarks.Data;

/// <summary>The arrays that contenders read and write. Those that not every kernel needs are made when first asked for.</summary>
internal sealed class Operands<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Draws data of a form, a kind and a length.</summary>
    public Operands(Form form, DataKind kind, int length)
    {
        this.Form = form;
        this.Input = new T[length];
        this.Target = new T[length];
        Scores.Fill(this.Input, this.Target, form, kind);
    }

    /// <summary>Takes data that is there already.</summary>
    public Operands(Form form, T[] input, T[] target)
    {
        this.Form = form;
        this.Input = input;
        this.Target = target;
    }

    /// <summary>What the target holds.</summary>
    public Form Form { get; }

    /// <summary>The number of elements.</summary>
    public int Length => this.Input.Length;

    /// <summary>N of the batchmean: the number of rows, where the data is whole rows.</summary>
    public int BatchSize => this.Length % Scores.Classes == 0 ? this.Length / Scores.Classes : 1;

    /// <summary>The input, x.</summary>
    public T[] Input { get; }

    /// <summary>The target, y.</summary>
    public T[] Target { get; }

    /// <summary>The sum of the losses, in double: what contenders must come near.</summary>
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

    /// <summary>The loss of an element, in double.</summary>
    public double Expected(int index)
    {
        (double x, double y) = (double.CreateTruncating(this.Input[index]), double.CreateTruncating(this.Target[index]));
        return this.Form == Form.LogTarget ? Math.Exp(y) * (y - x) : y <= 0 ? 0 : y * (Math.Log(y) - x);
    }

    /// <summary>Where the loss of each element goes.</summary>
    public T[] Output => field ??= new T[this.Length];

    /// <summary>Where ∂/∂x goes.</summary>
    public T[] GradInput => field ??= new T[this.Length];

    /// <summary>Where ∂/∂y goes.</summary>
    public T[] GradTarget => field ??= new T[this.Length];

    /// <summary>Room for what a chain of vector operations keeps between two of them: log y or exp y.</summary>
    public T[] Scratch => field ??= new T[this.Length];

    /// <summary>The same for a second value: log y − x or y − x.</summary>
    public T[] Difference => field ??= new T[this.Length];

    /// <summary>The same data as one matrix, in the layouts a tensor can have.</summary>
    public MatrixLayouts<T> Matrix => field ??= new MatrixLayouts<T>(this.Input);
}
