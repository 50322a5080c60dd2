using System.Numerics;

namespace KlDivGen.Benchmarks.Data;

/// <summary>The data of one scenario at one length. Implementations that ask for the same data get the same arrays.</summary>
internal sealed class TestData(TargetKind targetKind, int length, int? classes)
{
    private readonly Dictionary<(Type Type, SpecialValues SpecialValues), object> data = [];

    /// <summary>The arrays of an element type, with the given special values among the data.</summary>
    public Operands<T> Operands<T>(SpecialValues specialValues)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!this.data.TryGetValue((typeof(T), specialValues), out object? operands))
        {
            operands = new Operands<T>(targetKind, specialValues, length, classes);
            this.data.Add((typeof(T), specialValues), operands);
        }

        return (Operands<T>)operands;
    }
}
