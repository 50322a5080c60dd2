using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// Spells several reductions of a row in the fastest order: for each one, a vector accumulator per unrolled copy; after each strip they are
/// added to an accumulator that the caller keeps.
/// </summary>
internal sealed class RowAccumulator(SourceWriter writer, KernelPlan plan, Pass pass, VectorApi api) : Accumulator(writer, plan, pass, api)
{
    private readonly string vector = api.Type(plan.ComputeType);

    public override IReadOnlyList<SumParameter> Sums =>
        [.. this.Pass.FastPath.Reductions.Select(reduction => new SumParameter(this.TypeOf(reduction), reduction.Name))];

    /// <summary>The type of the accumulator of a maximum or a minimum.</summary>
    public static string ExtremeType(PassReduction reduction, ScalarType compute) =>
        $"{(reduction.Op == ReduceOp.Max ? "Maximum" : "Minimum")}Accumulator<{CSharp.Keyword(compute)}>";

    public override void WriteLoops(KernelBody body, ConstantTable constants, bool hasGuards, Action iteration)
    {
        using (this.Writer.Block("while (i < end)"))
        {
            int strip = StripIterations * this.Unroll;
            this.Writer.Line($"nuint stripEnd = nuint.Min(i + ({CSharp.Multiple(strip, "width")}), end);");
            foreach (PassReduction reduction in body.Reductions)
            {
                string identity = this.Api.Identity(reduction.Op.Identity, this.Plan.ComputeType);
                this.Writer.Declare(
                    this.vector, Enumerable.Range(0, this.Unroll).Select(copy => $"{Variable(reduction, copy)} = {identity}"));
            }

            this.WriteLoop("stripEnd", iteration);
            this.AddToCaller(body, this.Unroll);
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

    private static string Variable(PassReduction reduction, int copy) => reduction.Name + CSharp.Number(copy);

    private string TypeOf(PassReduction reduction) => reduction.Op != ReduceOp.Sum ? ExtremeType(reduction, this.Plan.ComputeType)
        : this.Plan.ComputeType == ScalarType.Single ? "SingleAccumulator"
        : "CompensatedDoubleAccumulator";

    private void AddToCaller(KernelBody body, int copies)
    {
        foreach (PassReduction reduction in body.Reductions)
        {
            this.Writer.Line($"{reduction.Name}.Add({this.Combined(reduction, 0, copies)});");
        }
    }

    private string Combined(PassReduction reduction, int first, int count) => count == 1
        ? Variable(reduction, first)
        : this.Combined(reduction, this.Combined(reduction, first, count / 2), this.Combined(reduction, first + (count / 2), count - (count / 2)));

    private string Combined(PassReduction reduction, string a, string b) => reduction.Op == ReduceOp.Sum
        ? $"{a} + {b}"
        : this.Api.Call(reduction.Op == ReduceOp.Max ? OpCode.Max : OpCode.Min, 0, a, b);
}
