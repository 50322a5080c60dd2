using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// Spells <see cref="Accumulation.Reproducible"/>: element i of a call belongs to lane i modulo a fixed number of lanes, which lie in
/// memory and are added to wider ones at the end of each block.
/// </summary>
internal sealed class ReproducibleAccumulator(SourceWriter writer, KernelPlan plan, Pass pass, VectorApi api)
    : Accumulator(writer, plan, pass, api)
{
    public override string SumType =>
        this.Plan.ComputeType == ScalarType.Single ? "ReproducibleSingleAccumulator" : "ReproducibleDoubleAccumulator";

    public override string TotalType => this.SumType;

    public override bool AllowsOverlap => false;

    public override string UnrolledWidth => CSharp.Number(this.Plan.ReproducibleLaneCount);

    public override string BlockLength => CSharp.Number(StripIterations * this.Plan.ReproducibleLaneCount);

    public override string IsFinite => "sum.IsFinite";

    public override void Add(KernelBody body, PassReduction reduction, int copy, string a, string? b, string? mask, bool isStraightLine)
    {
        string index = copy == 0 ? "i" : $"({CSharp.Offset("i", copy)})";
        string position = $"{index} % {CSharp.Number(this.Plan.ReproducibleLaneCount)}";
        (string first, string? second) = this.Contribution(body, reduction, a, b, mask);
        string value = second is null ? first : $"{first} * {second}";
        if (mask is not null)
        {
            string term = "term" + CSharp.Number(copy);
            this.Writer.Line($"{this.Api.Type(this.Plan.ComputeType)} {term} = {value};");
            value = term;
        }

        string sum = $"({this.Api.Load("sum.GetReference()", position)} + {(mask is null ? $"({value})" : value)})";
        this.Writer.Line(VectorApi.Store(sum, "sum.GetReference()", position) + ";");
    }

    public override void CommitBlock() => this.Writer.Line("sum.EndBlock();");

    public override void FinishTail() => this.CommitBlock();

    public override void DiscardBlock() => this.Writer.Line("sum.DiscardBlock();");

    public override void CommitSlowBlock(string call)
    {
        this.Writer.Line(call + ";");
        this.CommitBlock();
    }
}
