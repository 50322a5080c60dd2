using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// Spells <see cref="Accumulation.Reproducible"/>: element i of a call belongs to lane i modulo a fixed number of lanes, which lie in
/// memory and are added to wider ones at the end of each block. Extremes do not depend on the order of elements and have no lanes.
/// </summary>
internal sealed class ReproducibleAccumulator(SourceWriter writer, KernelPlan plan, Pass pass, VectorApi api)
    : Accumulator(writer, plan, pass, api)
{
    public override IReadOnlyList<SumParameter> Sums =>
        [.. this.Pass.FastPath.Reductions.Select(reduction => new SumParameter(this.TypeOf(reduction), this.NameOf(reduction), RecordsLanes: reduction.Op == ReduceOp.Sum))];

    public override string TotalType => this.SumType;

    public override bool AllowsOverlap => false;

    public override string UnrolledWidth => CSharp.Number(this.Plan.ReproducibleLaneCount);

    public override bool NeedsBlocks => true;

    public override string BlockLength => CSharp.Number(StripIterations * this.Plan.ReproducibleLaneCount);

    public override string IsFinite => "sum.IsFinite" + this.Api.Suffix;

    private string SumType =>
        this.Plan.ComputeType == ScalarType.Single ? "ReproducibleSingleAccumulator" : "ReproducibleDoubleAccumulator";

    private IEnumerable<string> SumNames => this.Pass.FastPath.Reductions.Where(reduction => reduction.Op == ReduceOp.Sum).Select(this.NameOf);

    public override void Add(KernelBody body, PassReduction reduction, int copy, string a, string? b, string? mask, bool isStraightLine)
    {
        (string first, string? second) = this.Contribution(body, reduction, a, b, mask);
        string name = this.NameOf(reduction);
        string value = second is null ? first : $"{first} * {second}";
        if (reduction.Op != ReduceOp.Sum)
        {
            this.Writer.Line($"{name}.Add({value});");
            return;
        }

        string index = copy == 0 ? "i" : $"({CSharp.Offset("i", copy)})";
        string position = $"{index} % {CSharp.Number(this.Plan.ReproducibleLaneCount)}";
        if (mask is not null)
        {
            string term = (this.Pass.Axis == Axis.Elements ? "term" : name + "Term") + CSharp.Number(copy);
            this.Writer.Line($"{this.Api.Type(this.Plan.ComputeType)} {term} = {value};");
            value = term;
        }

        string lanes = name + ".GetReference()";
        string sum = $"({this.Api.Load(lanes, position)} + {(mask is null ? $"({value})" : value)})";
        this.Writer.Line(VectorApi.Store(sum, lanes, position) + ";");
    }

    public override void CommitBlock() => this.WriteForEachSum("EndBlock" + this.Api.Suffix);

    public override void FinishTail() => this.CommitBlock();

    public override void DiscardBlock() => this.WriteForEachSum("DiscardBlock" + this.Api.Suffix);

    public override void CommitSlowBlock(string call)
    {
        this.Writer.Line(call + ";");
        this.CommitBlock();
    }

    private string NameOf(PassReduction reduction) =>
        this.Pass.Axis == Axis.Elements && this.Pass.Name != PassNames.Derivatives ? "sum" : reduction.Name;

    private string TypeOf(PassReduction reduction) =>
        reduction.Op == ReduceOp.Sum ? this.SumType : RowAccumulator.ExtremeType(reduction, this.Plan.ComputeType);

    private void WriteForEachSum(string method)
    {
        foreach (string name in this.SumNames)
        {
            this.Writer.Line($"{name}.{method}();");
        }
    }
}
