using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// Spells the method that computes a group of short rows. The group is transposed, so that each row has a lane of every vector; then a pass
/// over a row runs over the whole group, with arguments and sums that differ from lane to lane.
/// </summary>
internal sealed class TransposedRowsWriter(SourceWriter writer, KernelPlan plan, RowProgram program, IReadOnlyList<PassWriter> passes)
    : RowGroupWriter(writer, plan, program, passes)
{
    public const string Name = "RunTransposed";

    public override string MethodName => Name;

    protected override void WriteBefore()
    {
        for (int k = 0; k < this.Operands.Length; k++)
        {
            Operand operand = this.Operands[k];
            string memory = operand.IsDestination
                ? $"GetOperand({CSharp.Number(k)}, length)"
                : $"Load({CSharp.Number(k)}, ref {operand.Name}, length)";
            this.Writer.Line($"ref {CSharp.Keyword(operand.Stored)} {Lanes(operand)} = ref {Group}.{memory};");
        }
    }

    /// <summary>The gradient has memory of its own in the group, which keeps it between passes.</summary>
    protected override PassWriter WriteRun(string name)
    {
        PassWriter pass = this.Find(name + PassNames.Kept) ?? this.Find(name)!;
        this.Declare(pass);
        this.WriteCall(pass);
        return pass;
    }

    protected override string Call(PassWriter pass, Func<string, string> argument) => pass.Methods.Run.CallOn(
        operand => "ref " + Lanes(operand), argument, $"length * (nuint){VectorApi.Scalable.Count(this.Plan.ComputeType)}");

    protected override void WriteAfterResults()
    {
        foreach (Operand operand in this.Operands.Where(operand => operand.IsDestination))
        {
            this.Writer.Line($"{RowLanesWriter.GroupType}.Store(ref {Lanes(operand)}, ref {operand.Name}, length);");
        }
    }

    private static string Lanes(Operand operand) => operand.Name + "Lanes";
}
