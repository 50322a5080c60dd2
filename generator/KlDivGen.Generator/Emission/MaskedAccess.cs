using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// Spells how whole vectors take the elements from i on, of which there are fewer than the vectors hold. The last vector ends where
/// the readable memory ends, so vectors may overlap elements that were already processed. A mask selects the lanes that count: the
/// others load as 0, contribute a reduction's identity, and are not stored.
/// </summary>
/// <param name="plan">The kernel's plan.</param>
/// <param name="pass">The pass.</param>
/// <param name="api">The vector operations.</param>
/// <param name="copies">How many vectors of the compute type are taken together.</param>
/// <param name="overlaps">Whether the last vector ends with the data; otherwise vectors begin a padded buffer, from i on.</param>
internal sealed class MaskedAccess(KernelPlan plan, Pass pass, VectorApi api, int copies, bool overlaps) : ElementAccess(plan, api)
{
    private readonly int step = plan.VectorsPerNarrowVector;

    /// <summary>The number of positions at which vectors of all operands begin together.</summary>
    private int Groups => copies / this.step;

    /// <summary>Declares where each group of vectors begins, and the masks.</summary>
    public void Declare(SourceWriter writer)
    {
        if (overlaps)
        {
            this.DeclareOffsets(writer);
        }

        foreach (ScalarType type in this.MaskTypes())
        {
            writer.Declare(
                this.Api.Type(type),
                Enumerable.Range(0, Copies(this.Plan, type, copies))
                    .Select(copy => $"{this.MaskName(type, copy)} = {this.MaskExpression(type, copy)}"));
        }
    }

    private void DeclareOffsets(SourceWriter writer)
    {
        string last = this.step == 1 ? "length - width" : $"length - ({CSharp.Multiple(this.step, "width")})";
        IEnumerable<string> offsets = Enumerable.Range(0, this.Groups).Select(group =>
        {
            string begin = CSharp.Offset("i", group * this.step);
            string offset = this.Groups > 1 && group == this.Groups - 1 ? last : $"nuint.Min({begin}, {last})";
            return $"{this.Numbered("offset", group)} = {offset}";
        });
        writer.Declare("nuint", offsets);
    }

    public override string Load(ScalarType type, int copy, ParameterRole source) =>
        this.Api.MaskWithZero(type, this.MaskName(type.Integer(), copy), base.Load(type, copy, source));

    public override string Store(ScalarType type, int copy, string value, ParameterRole destination)
    {
        string blended = this.Api.Blend(type, this.MaskName(type.Integer(), copy), value, base.Load(type, copy, destination));
        return base.Store(type, copy, blended, destination);
    }

    public override string? Mask(int copy) => this.MaskName(this.Plan.ComputeType.Integer(), copy);

    protected override string Position(ScalarType type, int copy)
    {
        int vectors = this.VectorsBefore(type, copy);
        return overlaps ? CSharp.Offset(this.Numbered("offset", vectors / this.step), vectors % this.step) : CSharp.Offset("i", vectors);
    }

    /// <summary>The types of masks that loads, stores and reductions need, as integers of the same width.</summary>
    private IEnumerable<ScalarType> MaskTypes() => pass.Operands
        .Select(operand => operand.Stored)
        .Concat(pass.HasReductions ? [this.Plan.ComputeType] : [])
        .Select(type => type.Integer())
        .Distinct()
        .OrderBy(type => type);

    private string MaskExpression(ScalarType type, int copy)
    {
        int vectors = this.VectorsBefore(type, copy);
        int group = vectors / this.step;
        string position = overlaps ? $"{CSharp.Offset("i", group * this.step)} - {this.Numbered("offset", group)}" : "length - i";
        bool isInterleaved = this.Plan.UsesEvenOddLanes && type != ScalarType.Int16;
        int vector = isInterleaved ? copy % 2 : (vectors % this.step) * type.Size() / this.Plan.ComputeType.Size();
        return VectorApi.TailMask(type, isInterleaved, selectsFrom: overlaps, position, vector);
    }

    private string MaskName(ScalarType type, int copy)
    {
        string bits = type == this.Plan.ComputeType.Integer() ? string.Empty : CSharp.Number(8 * type.Size()) + "_";
        return "mask" + bits + CSharp.Number(copy);
    }

    private string Numbered(string name, int group) => this.Groups > 1 ? name + CSharp.Number(group) : name;
}
