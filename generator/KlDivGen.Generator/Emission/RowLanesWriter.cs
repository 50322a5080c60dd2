using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>Spells how a group of rows is computed, as many as a vector has lanes: in the way that suits their length, where there are two.</summary>
internal sealed class RowLanesWriter(SourceWriter writer, KernelPlan plan, RowProgram program, IReadOnlyList<PassWriter> passes)
{
    /// <summary>The method that chooses between two ways.</summary>
    public const string MethodName = "RunGroup";

    /// <summary>The type of what the user's method knows of a group.</summary>
    public const string GroupType = "RowLanes";

    private const string Group = "lanes";

    private readonly TransposedRowsWriter? transposed =
        program.Grouping == RowGrouping.TransposedIfShort ? new TransposedRowsWriter(writer, plan, program, passes) : null;

    private readonly SuccessiveRowsWriter successive = new(writer, plan, program, passes);

    /// <summary>The number of operands that need memory for a group.</summary>
    public int TransposedOperands { get; } = program.Grouping == RowGrouping.TransposedIfShort ? plan.Operands.Count() : 0;

    /// <summary>A call of the method.</summary>
    /// <param name="operand">The reference to the group's first row of an operand, with <c>ref</c>.</param>
    /// <param name="length">The length of a row.</param>
    /// <param name="inverseTemperature">The caller's name of 1/T.</param>
    /// <param name="group">The caller's name of the group.</param>
    public string Call(Func<Operand, string> operand, string length, string inverseTemperature, string group) =>
        this.successive.Call(this.transposed is null ? SuccessiveRowsWriter.Name : MethodName, operand, length, inverseTemperature, group);

    public void Write()
    {
        if (this.transposed is not null)
        {
            using (writer.Block($"public static {this.successive.Declaration(MethodName)}"))
            {
                using (writer.Block($"if ({Group}.AreTransposed)"))
                {
                    writer.Line($"return {this.transposed.Call()};");
                }

                writer.Line();
                writer.Line($"return {this.successive.Call()};");
            }

            writer.Line();
            this.transposed.Write();
            writer.Line();
        }

        this.successive.Write();
    }
}
