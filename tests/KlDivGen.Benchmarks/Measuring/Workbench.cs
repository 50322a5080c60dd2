using System.Numerics;
using KlDivGen.Benchmarks.Data;

namespace KlDivGen.Benchmarks.Measuring;

/// <summary>The data of one scenario at one length: contenders that ask for the same get the same arrays.</summary>
internal sealed class Workbench(Form form, int length)
{
    private readonly Dictionary<(Type Type, DataKind Kind), object> data = [];

    /// <summary>Data of an element type and a kind.</summary>
    public Operands<T> Data<T>(DataKind kind)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!this.data.TryGetValue((typeof(T), kind), out object? operands))
        {
            operands = new Operands<T>(form, kind, length);
            this.data.Add((typeof(T), kind), operands);
        }

        return (Operands<T>)operands;
    }
}
