using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// Spells the method that computes a group of short rows. The group is transposed, so that each row has a lane of every vector; then a pass
/// over a row runs over the whole group, with arguments and sums that differ from lane to lane.
/// </summary>
internal sealed class TransposedRowsWriter(SourceWriter writer, KernelPlan plan, RowProgram program, IReadOnlyList<PassWriter> passes)
    : GroupedRowsWriter(writer, plan, program, passes, Name)
{
    public const string Name = "RunTransposed";

    private readonly Operand[] operands = [.. plan.Operands];

    protected override bool SumsOnlyPending => false;

    protected override void WriteBefore()
    {
        for (int k = 0; k < this.operands.Length; k++)
        {
            Operand operand = this.operands[k];
            string memory = operand.IsDestination
                ? $"GetOperand({CSharp.Number(k)}, length)"
                : $"Load({CSharp.Number(k)}, ref {operand.Name}, length)";
            this.Writer.Line($"ref {CSharp.Keyword(operand.Stored)} {Lanes(operand)} = ref {Group}.{memory};");
        }
    }

    /// <summary>A gradient has memory of its own in the group, which keeps it between passes.</summary>
    protected override void WritePass(string name) => this.WriteCall(this.Passes.Find(name + PassNames.Kept) ?? this.Passes.Find(name)!);

    protected override string PassCall(PassWriter pass, Func<string, string> argument) => pass.Methods.Run.CallOn(
        operand => "ref " + Lanes(operand), argument, $"length * (nuint){VectorApi.Scalable.Count(this.Plan.ComputeType)}");

    protected override void WriteAfterResults()
    {
        foreach (Operand operand in this.operands.Where(operand => operand.IsDestination))
        {
            this.Writer.Line($"{RowGroupMethod.GroupType}.Store(ref {Lanes(operand)}, ref {operand.Name}, length);");
        }
    }

    private static string Lanes(Operand operand) => operand.Name + "Lanes";
}
