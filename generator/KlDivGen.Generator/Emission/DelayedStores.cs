using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// Spells stores that come one iteration late. A processor compares only the low 12 bits of addresses before it lets a load pass an earlier
/// store. Where they nearly agree, as for arrays of a multiple of 4 kB that were allocated one after the other, the load waits for the stored
/// value, which is known only at the end of a long computation. An iteration later it is there.
/// </summary>
/// <param name="plan">The kernel's plan.</param>
/// <param name="api">The vector operations.</param>
/// <param name="body">The body with the stores.</param>
/// <param name="unroll">How many vectors of the compute type an iteration takes.</param>
internal sealed class DelayedStores(KernelPlan plan, VectorApi api, KernelBody body, int unroll) : ElementAccess(plan, api)
{
    /// <summary>The variable with the position of the first iteration, before which there is nothing to store.</summary>
    private const string First = "first";

    private bool isDelayed;

    /// <summary>Declares what an iteration leaves for the next one.</summary>
    public void Declare(SourceWriter writer)
    {
        writer.Comment("What an iteration stores is written by the next one, so that no load waits for it.");
        writer.Line($"nuint {First} = i;");
        foreach (Store store in body.Stores)
        {
            string type = this.Api.Type(store.Value.Type);
            int copies = Copies(this.Plan, store.Value.Type, unroll);
            writer.Declare(type, Enumerable.Range(0, copies).Select(copy => $"{Pending(store, copy, copies)} = {type}.Zero"));
        }
    }

    public override void WriteAfterLoads(SourceWriter writer) => this.WritePending(writer);

    public override void WriteStores(SourceWriter writer, Store store, IReadOnlyList<string> values)
    {
        for (int copy = 0; copy < values.Count; copy++)
        {
            writer.Line($"{Pending(store, copy, values.Count)} = {values[copy]};");
        }
    }

    /// <summary>Writes what the last iteration has left.</summary>
    public void Finish(SourceWriter writer)
    {
        writer.Line();
        this.WritePending(writer);
    }

    protected override string Position(ScalarType type, int copy) => this.isDelayed
        ? CSharp.Offset("i", this.VectorsBefore(type, copy) - unroll)
        : base.Position(type, copy);

    private void WritePending(SourceWriter writer)
    {
        this.isDelayed = true;
        using (writer.Block($"if (i != {First})"))
        {
            foreach (Store store in body.Stores)
            {
                int copies = Copies(this.Plan, store.Value.Type, unroll);
                base.WriteStores(writer, store, [.. Enumerable.Range(0, copies).Select(copy => Pending(store, copy, copies))]);
            }
        }

        this.isDelayed = false;
    }

    private static string Pending(Store store, int copy, int copies)
    {
        string name = store.Destination.Info().Name;
        return $"pending{char.ToUpperInvariant(name[0])}{name.Substring(1)}{(copies > 1 ? CSharp.Number(copy) : string.Empty)}";
    }
}
