using KlDivGen.Generator.Model;
using KlDivGen.Generator.Planning;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// Spells how whole vectors take the elements from i on, less than a group: the last one ends where the data ends, and none reaches
/// beyond it, so they overlap others. Masks tell what is new in each; what is not is loaded as 0, and left as it is by a store.
/// </summary>
/// <param name="writer">Where to.</param>
/// <param name="plan">The kernel's plan.</param>
internal sealed class OverlapWriter(SourceWriter writer, KernelPlan plan)
{
    /// <summary>How many times vectors of all operands are taken together; each time may begin elsewhere.</summary>
    private int Steps => plan.Unroll / plan.Step;

    /// <summary>Writes where each step begins, how many of its elements it finds taken already, and the masks of the others.</summary>
    public void Write()
    {
        string last = plan.Step == 1 ? "length - lanes" : $"length - ({Spelling.Times(plan.Step, "lanes")})";
        for (int step = 0; step < this.Steps; step++)
        {
            string at = step == this.Steps - 1 ? last : $"nuint.Min({Spelling.VectorsOn("i", step * plan.Step)}, {last})";
            writer.Line($"nuint {this.Numbered("at", step)} = {at};");
        }

        for (int step = 0; step < this.Steps; step++)
        {
            writer.Line($"int {this.Numbered("seen", step)} = (int)({Spelling.VectorsOn("i", step * plan.Step)} - {this.Numbered("at", step)});");
        }

        foreach (Lane lane in plan.Operands.Select(o => Storage.LaneOf(o.Element).Integer()).Distinct().OrderBy(lane => lane))
        {
            for (int copy = 0; copy < this.Copies(lane); copy++)
            {
                this.WriteMask(lane, copy);
            }
        }
    }

    /// <summary>What is new in a vector of a source.</summary>
    public string Load(Lane lane, int copy, ParameterRole source) =>
        $"Vector.LoadUnsafe(ref {Spelling.Operand(source)}, {this.At(lane, copy)})"
            + $" & {Spelling.Reinterpret(lane, lane.Integer(), this.Mask(lane, copy))}";

    /// <summary>The statement that stores what is new in a vector.</summary>
    public string Store(Lane lane, int copy, string value, ParameterRole destination)
    {
        string place = $"ref {Spelling.Operand(destination)}, {this.At(lane, copy)}";
        return $"Vector.ConditionalSelect({this.Mask(lane, copy)}, {value}, Vector.LoadUnsafe({place})).StoreUnsafe({place});";
    }

    /// <summary>Writes copies of a source's vectors to a room, side by side.</summary>
    public void WriteFill(Operand operand, string room)
    {
        Lane lane = Storage.LaneOf(operand.Element);
        for (int copy = 0; copy < this.Copies(lane); copy++)
        {
            writer.Line($"({this.Load(lane, copy, operand.Role)}).StoreUnsafe({this.InRoom(room, lane, copy)});");
        }
    }

    /// <summary>Writes what is new in each vector of a room to where it belongs in a destination.</summary>
    public void WriteTake(Operand operand, string room)
    {
        Lane lane = Storage.LaneOf(operand.Element);
        for (int copy = 0; copy < this.Copies(lane); copy++)
        {
            writer.Line(this.Store(lane, copy, $"Vector.LoadUnsafe({this.InRoom(room, lane, copy)})", operand.Role));
        }
    }

    private void WriteMask(Lane lane, int copy)
    {
        int vectors = this.Before(lane, copy);
        string type = Spelling.Vector(lane);
        string seen = this.Numbered("seen", vectors / plan.Step);
        seen += (vectors % plan.Step) switch { 0 => string.Empty, 1 => " - (int)lanes", int k => $" - ({Spelling.Times(k, "(int)lanes")})" };
        string last = lane == Lane.Int16 ? $"(short)({seen} - 1)" : $"{seen} - 1";
        writer.Line($"{type} {this.Mask(lane, copy)} = Vector.GreaterThan({type}.Indices, new {type}({last}));");
    }

    /// <summary>How many vectors of a lane hold the elements of a group.</summary>
    private int Copies(Lane lane) => plan.Unroll * lane.Size() / plan.Compute.Size();

    /// <summary>How many vectors of the compute type hold the elements before a copy.</summary>
    private int Before(Lane lane, int copy) => copy * plan.Compute.Size() / lane.Size();

    private string At(Lane lane, int copy)
    {
        int vectors = this.Before(lane, copy);
        return Spelling.VectorsOn(this.Numbered("at", vectors / plan.Step), vectors % plan.Step);
    }

    private string InRoom(string room, Lane lane, int copy)
    {
        int vectors = this.Before(lane, copy);
        return $"ref MemoryMarshal.GetReference({room}), {(vectors == 0 ? "0" : Spelling.Times(vectors, "lanes"))}";
    }

    private string Mask(Lane lane, int copy) =>
        "fresh" + Spelling.Number(8 * lane.Size()) + (this.Copies(lane) > 1 ? "At" + Spelling.Number(copy) : string.Empty);

    private string Numbered(string name, int step) => this.Steps > 1 ? name + Spelling.Number(step) : name;
}
