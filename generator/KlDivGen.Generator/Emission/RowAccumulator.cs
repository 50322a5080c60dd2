using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// Spells several reductions of a row in the fastest order: for each one, a vector accumulator per unrolled copy; for sums, they are added to
/// a more precise sum after each strip. At the end, the results are added to accumulators that the caller keeps.
/// </summary>
internal sealed class RowAccumulator(SourceWriter writer, KernelPlan plan, Pass pass, VectorApi api) : Accumulator(writer, plan, pass, api)
{
    /// <summary>At least so many additions that the end of a strip takes little time beside them.</summary>
    private const int MinStripVectors = 16;

    private readonly string vector = api.Type(plan.ComputeType);

    public override IReadOnlyList<SumParameter> Sums =>
        [.. this.Pass.FastPath.Reductions.Select(reduction => new SumParameter(this.TypeOf(reduction), reduction.Name))];

    /// <summary>The type of the accumulator of a maximum or a minimum.</summary>
    public static string ExtremeType(PassReduction reduction, ScalarType compute) =>
        $"{(reduction.Op == ReduceOp.Max ? "Maximum" : "Minimum")}Accumulator<{CSharp.Keyword(compute)}>";

    public override bool NeedsBlocks => false;

    /// <summary>How many vectors of a row are added to one vector before that is added to a more precise sum.</summary>
    private int StripVectors => Math.Max(StripIterations * this.Unroll, MinStripVectors);

    public override void DeclareTotal()
    {
        foreach (PassReduction reduction in this.StripSums)
        {
            this.Writer.Line($"{this.TypeOf(reduction)}{this.Api.Suffix} {Total(reduction)} = default;");
        }
    }

    public override void WriteLoops(KernelBody body, ConstantTable constants, bool hasGuards, Action iteration)
    {
        if (!this.StripSums.Any())
        {
            this.DeclareVariables(body);
            this.WriteLoop(this.End, iteration);
            this.Writer.Line();
            this.AddToCaller(body, this.Unroll);
            return;
        }

        using (this.Writer.Block($"while (i < {this.End})"))
        {
            this.Writer.Line($"nuint stripEnd = nuint.Min(i + ({CSharp.Multiple(this.StripVectors, "width")}), {this.End});");
            this.DeclareVariables(body);
            this.WriteLoop("stripEnd", iteration);
            foreach (PassReduction reduction in this.StripSums)
            {
                this.Writer.Line($"{Total(reduction)}.Add({this.WithIncluded(body, reduction, this.Unroll)});");
            }
        }

        this.Writer.Line();
        foreach (PassReduction reduction in this.StripSums)
        {
            this.Writer.Line($"{reduction.Name}.Add({Total(reduction)});");
        }
    }

    public override void Add(KernelBody body, PassReduction reduction, int copy, string a, string? b, string? mask, bool isStraightLine)
    {
        string variable = Variable(reduction, copy);
        (string first, string? second) = this.Contribution(body, reduction, a, b, mask);
        string value = second is null ? first : $"{first} * {second}";
        this.Writer.Line(isStraightLine ? $"{this.vector} {variable} = {value};"
            : reduction.Op != ReduceOp.Sum ? $"{variable} = {this.Combined(reduction, variable, value)};"
            : second is null ? $"{variable} += {first};"
            : $"{variable} = {this.Api.MultiplyAdd(first, second, variable)};");
    }

    public override void CombineTail(KernelBody body, ConstantTable constants, int copies) => this.AddToCaller(body, copies);

    /// <summary>
    /// The sums that are added up in strips. A maximum is not, nor is a sum beside it, which only tells whether all elements are finite.
    /// </summary>
    private IEnumerable<PassReduction> StripSums =>
        this.Pass.FastPath.Reductions.Any(reduction => reduction.Op != ReduceOp.Sum) ? [] : this.Pass.FastPath.Reductions;

    /// <summary>The more precise sum.</summary>
    private static string Total(PassReduction reduction) => reduction.Name + "Total";

    private void DeclareVariables(KernelBody body)
    {
        foreach (PassReduction reduction in body.Reductions)
        {
            string identity = this.Api.Identity(reduction.Op.Identity, this.Plan.ComputeType);
            this.Writer.Declare(
                this.vector, Enumerable.Range(0, this.Unroll).Select(copy => $"{Variable(reduction, copy)} = {identity}"));
        }
    }

    private static string Variable(PassReduction reduction, int copy) => reduction.Name + CSharp.Number(copy);

    private string TypeOf(PassReduction reduction) => reduction.Op != ReduceOp.Sum ? ExtremeType(reduction, this.Plan.ComputeType)
        : this.Plan.ComputeType == ScalarType.Single ? "SingleAccumulator"
        : "CompensatedDoubleAccumulator";

    private void AddToCaller(KernelBody body, int copies)
    {
        foreach (PassReduction reduction in body.Reductions)
        {
            this.Writer.Line($"{reduction.Name}.Add({this.WithIncluded(body, reduction, copies)});");
        }
    }

    /// <summary>The combined copies of a reduction, with those of the sum that it includes.</summary>
    private string WithIncluded(KernelBody body, PassReduction reduction, int copies)
    {
        string sum = this.Combined(reduction, 0, copies);
        return reduction.Includes is { } name
            ? $"{sum} + {this.Combined(body.Reductions.Single(other => other.Name == name), 0, copies)}"
            : sum;
    }

    private string Combined(PassReduction reduction, int first, int count) => count == 1
        ? Variable(reduction, first)
        : this.Combined(reduction, this.Combined(reduction, first, count / 2), this.Combined(reduction, first + (count / 2), count - (count / 2)));

    private string Combined(PassReduction reduction, string a, string b) => reduction.Op == ReduceOp.Sum
        ? $"{a} + {b}"
        : this.Api.Call(reduction.Op == ReduceOp.Max ? OpCode.Max : OpCode.Min, 0, a, b);
}
