using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// Spells <see cref="Accumulation.Fast"/>: one vector accumulator per unrolled copy, and one for a low-order term; after each strip they
/// are added to a more precise sum.
/// </summary>
internal sealed class FastAccumulator(SourceWriter writer, KernelPlan plan, Pass pass, VectorApi api)
    : Accumulator(writer, plan, pass, api)
{
    private readonly string vector = api.Type(plan.ComputeType);

    public override string ReturnType => "double";

    public override string BlockType =>
        (this.Plan.ComputeType == ScalarType.Single ? "SingleAccumulator" : "CompensatedDoubleAccumulator") + this.Api.Suffix;

    public override string TotalType => "CompensatedSum";

    public override bool NeedsBlocks => true;

    public override string IsFinite => $"BlockGuards.IsFinite({BlockSum})";

    public override void DeclareTotal() => this.Writer.Line($"{this.BlockType} total = default;");

    public override void DeclareBlock() => this.Writer.Line($"{this.BlockType} block = default;");

    public override void WriteLoops(KernelBody body, ConstantTable constants, bool hasGuards, Action iteration)
    {
        using (this.Writer.Block("while (i < end)"))
        {
            int strip = StripIterations * this.Unroll;
            this.Writer.Line($"nuint stripEnd = nuint.Min(i + ({CSharp.Multiple(strip, "width")}), end);");
            this.DeclareVariables(body, this.Unroll, isExplained: true);
            this.WriteLoop("stripEnd", iteration);
            this.Writer.Line($"block.Add({this.Combined(body, constants, this.Unroll)});");
        }

        if (hasGuards)
        {
            this.Writer.Line($"{this.vector} {BlockSum} = block.ToVector();");
        }
    }

    public override void DeclareTail(KernelBody body, int copies) => this.DeclareVariables(body, copies, isExplained: false);

    public override void Add(KernelBody body, PassReduction reduction, int copy, string a, string? b, string? mask, bool isStraightLine)
    {
        string variable = Variable(reduction, copy);
        bool isFirst = isStraightLine && (copy == 0 || variable != Variable(reduction, 0));
        (string first, string? second) = this.Contribution(body, reduction, a, b, mask);
        this.Writer.Line((isFirst, second) switch
        {
            (true, null) => $"{this.vector} {variable} = {first};",
            (true, _) => $"{this.vector} {variable} = {this.Api.MultiplyAdd(Unparenthesized(first), Unparenthesized(second), $"{this.vector}.Zero")};",
            (false, null) => $"{variable} += {first};",

            // Rounded like the sum of two accumulators in the straight-line tail, for the same bits on both paths.
            (false, _) when mask is not null && reduction.LowOrder is null => $"{variable} += {first} * {second};",
            _ => $"{variable} = {this.Api.MultiplyAdd(Unparenthesized(first), Unparenthesized(second), variable)};",
        });
    }

    public override void RotateAccumulators(int copies)
    {
        IEnumerable<string> variables = Enumerable.Range(0, this.Unroll).Select(AccumulatorName);
        IEnumerable<string> next = Enumerable.Range(copies, this.Unroll).Select(copy => AccumulatorName(copy % this.Unroll));
        this.Writer.Comment("The next vector goes to the next accumulator: the order of additions of the fast path.");
        this.Writer.Line($"({string.Join(", ", variables)}) = ({string.Join(", ", next)});");
    }

    public override void CombineTail(KernelBody body, ConstantTable constants, int copies) =>
        this.Writer.Line($"{this.vector} {BlockSum} = {this.Combined(body, constants, copies)};");

    public override void CommitBlock() => this.Writer.Line("total.Add(block);");

    public override void CommitSlowBlock(string call) => this.Writer.Line($"total.Add({call});");

    public override void ReturnBlock()
    {
        this.Writer.Line("return block;");
    }

    public override void FinishTail() => this.Writer.Line($"return {this.BlockType}.Reduce({BlockSum});");

    public override void FinishBlocks(string tailCall, (string Condition, string Call)? blocks)
    {
        this.Writer.Line("double sum = total.Total;");
        if (blocks is { } narrower)
        {
            using (this.Writer.Block($"if ({narrower.Condition})"))
            {
                this.Writer.Line($"return sum + {narrower.Call};");
            }

            this.Writer.Line();
        }

        this.Writer.Line($"return blocksEnd < length ? sum + {tailCall} : sum;");
    }

    private static string Variable(PassReduction reduction, int copy) =>
        reduction.LowOrder is null ? AccumulatorName(copy) : reduction.Name;

    private static string AccumulatorName(int copy) => "acc" + CSharp.Number(copy);

    /// <summary>An argument of a call needs no parentheses around it.</summary>
    private static string Unparenthesized(string masked) =>
        masked.StartsWith("(", StringComparison.Ordinal) ? masked.Substring(1, masked.Length - 2) : masked;

    private static string SumOf(int first, int count) => count switch
    {
        1 => AccumulatorName(first),
        2 => $"{AccumulatorName(first)} + {AccumulatorName(first + 1)}",
        _ => $"({SumOf(first, count / 2)}) + ({SumOf(first + (count / 2), count - (count / 2))})",
    };

    private void DeclareVariables(KernelBody body, int copies, bool isExplained)
    {
        foreach (PassReduction reduction in body.Reductions)
        {
            if (isExplained && reduction.LowOrder is { } term)
            {
                this.Writer.Comment(term.Comment);
            }

            IEnumerable<string> variables = Enumerable.Range(0, copies).Select(copy => Variable(reduction, copy)).Distinct();
            this.Writer.Declare(this.vector, variables.Select(variable => $"{variable} = {this.vector}.Zero"));
        }
    }

    private string Combined(KernelBody body, ConstantTable constants, int copies)
    {
        string sum = SumOf(0, copies);
        return body.Reductions.FirstOrDefault(r => r.LowOrder is not null) is { LowOrder: { } term } reduction
            ? this.Api.MultiplyAdd(reduction.Name, this.Weight(body, constants, term), sum)
            : sum;
    }

    private string Weight(KernelBody body, ConstantTable constants, LowOrderTerm term) =>
        constants.Vector(this.Api, term.Weight.Type, ((Immediate.Constant)body[term.Weight].Immediate!).Bits);
}
