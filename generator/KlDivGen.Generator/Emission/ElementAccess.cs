using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>Spells how the vectors of an iteration are loaded and stored: here, side by side from the position i on.</summary>
internal class ElementAccess(KernelPlan plan, VectorApi api)
{
    protected KernelPlan Plan { get; } = plan;

    protected VectorApi Api { get; } = api;

    /// <summary>The number of vectors of a type that hold the elements of some vectors of the compute type.</summary>
    public static int Copies(KernelPlan plan, ScalarType type, int copies) => copies * type.Size() / plan.ComputeType.Size();

    public virtual string Load(ScalarType type, int copy, ParameterRole source) => this.Api.Load(source.Info().Name, this.Position(type, copy));

    public virtual string Store(ScalarType type, int copy, string value, ParameterRole destination) =>
        VectorApi.Store(value, destination.Info().Name, this.Position(type, copy));

    /// <summary>Writes what comes after all loads of an iteration.</summary>
    public virtual void WriteAfterLoads(SourceWriter writer)
    {
    }

    /// <summary>Writes the stores of the vectors of an iteration.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="store">What is stored.</param>
    /// <param name="values">The value of each copy.</param>
    public virtual void WriteStores(SourceWriter writer, Store store, IReadOnlyList<string> values)
    {
        for (int copy = 0; copy < values.Count; copy++)
        {
            writer.Line(this.Store(store.Value.Type, copy, values[copy], store.Destination) + ";");
        }
    }

    /// <summary>The mask of the lanes that count in a vector of the compute type, or <see langword="null"/> where all do.</summary>
    public virtual string? Mask(int copy) => null;

    /// <summary>The position of the first element of a copy.</summary>
    protected virtual string Position(ScalarType type, int copy) => CSharp.Offset("i", this.VectorsBefore(type, copy));

    /// <summary>How many vectors of the compute type hold the elements before a copy.</summary>
    protected int VectorsBefore(ScalarType type, int copy) => copy * this.Plan.ComputeType.Size() / type.Size();
}
