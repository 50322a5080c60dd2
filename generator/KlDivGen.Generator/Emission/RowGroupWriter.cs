using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>Spells how a group of rows is computed, as many as a vector has lanes: where there are two ways, by the length of the rows.</summary>
internal sealed class RowGroupWriter(SourceWriter writer, KernelPlan plan, RowProgram program, IReadOnlyList<PassWriter> passes)
{
    /// <summary>The method that chooses between two ways.</summary>
    public const string MethodName = "RunGroup";

    private readonly RowGroupMethod choice = new(plan, program, MethodName);
    private readonly SuccessiveRowsWriter successive = new(writer, plan, program, passes);
    private readonly TransposedRowsWriter? transposed =
        program.Grouping == RowGrouping.TransposedIfShort ? new TransposedRowsWriter(writer, plan, program, passes) : null;

    /// <summary>The number of operands that need memory for a group.</summary>
    public int TransposedOperands => this.transposed is null ? 0 : plan.Operands.Count();

    /// <summary>The method that the user's method calls.</summary>
    public RowGroupMethod Method => this.transposed is null ? this.successive.Method : this.choice;

    public void Write()
    {
        if (this.transposed is null)
        {
            this.successive.Write("public");
            return;
        }

        using (writer.Block($"public static {this.choice.Declaration}"))
        {
            using (writer.Block($"if ({RowGroupMethod.Group}.AreTransposed)"))
            {
                writer.Line($"return {this.transposed.Method.Call()};");
            }

            writer.Line();
            writer.Line($"return {this.successive.Method.Call()};");
        }

        writer.Line();
        this.transposed.Write("private");
        writer.Line();
        this.successive.Write("private");
    }
}
