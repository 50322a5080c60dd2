using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// Spells the method that computes a group of longer rows: a pass runs over one row after the other, and only what is computed once for a row
/// is computed for all of them at once.
/// </summary>
internal sealed class SuccessiveRowsWriter(SourceWriter writer, KernelPlan plan, RowProgram program, IReadOnlyList<PassWriter> passes)
    : RowGroupWriter(writer, plan, program, passes)
{
    public const string Name = "RunSuccessive";

    /// <summary>Ends the name of a method that runs a pass over all rows of a group.</summary>
    public const string OfRows = "OfRows";

    private const string KeepsGradient = "keepsGradient";

    public override string MethodName => Name;

    private bool HasKept => this.Find(PassNames.Sums + PassNames.Kept) is not null;

    public override void Write()
    {
        base.Write();
        string[] names = [PassNames.Extremes, PassNames.Sums, PassNames.Mixture, PassNames.Results];
        foreach (PassWriter pass in names.SelectMany(name => new[] { name, name + PassNames.Kept }).Select(this.Find).OfType<PassWriter>())
        {
            this.Writer.Line();
            this.WriteOfRows(pass);
        }
    }

    protected override void WriteBefore()
    {
        if (this.HasKept)
        {
            this.Writer.Comment(RowWriter.KeepsGradientComment);
            this.Writer.Line($"bool {KeepsGradient} = {RowWriter.HasOwnMemory(this.Plan)};");
        }
    }

    protected override PassWriter WriteRun(string name)
    {
        PassWriter pass = this.Find(name)!;
        this.Declare(pass);
        if (this.Find(name + PassNames.Kept) is not { } kept)
        {
            this.WriteCall(pass);
            return pass;
        }

        using (this.Writer.Block($"if ({KeepsGradient})"))
        {
            this.WriteCall(kept);
        }

        using (this.Writer.Block("else"))
        {
            this.WriteCall(pass);
        }

        this.Writer.Line();
        return pass;
    }

    protected override string Call(PassWriter pass, Func<string, string> argument) =>
        RunOfRows(pass).CallOn(operand => "ref " + operand.Name, argument, "length");

    private static KernelMethod RunOfRows(PassWriter pass) => pass.Methods.Run with { Name = pass.Pass.Name + OfRows };

    /// <summary>Writes the method that runs a pass over the rows of a group. A call in the group's own method would leave the passes too few registers.</summary>
    private void WriteOfRows(PassWriter pass)
    {
        IReadOnlyList<SumParameter> sums = pass.Accumulator.Sums;
        Dictionary<string, string> locals = sums.ToDictionary(sum => sum.Name, sum => $"row{char.ToUpperInvariant(sum.Name[0])}{sum.Name[1..]}");
        foreach (Argument argument in pass.Pass.Arguments)
        {
            locals.Add(argument.Name, VectorApi.Scalable.Broadcast(argument.Type, $"{argument.Name}[lane]"));
        }

        this.Writer.Line("[MethodImpl(MethodImplOptions.NoInlining)]");
        using (this.Writer.Block($"private static {RunOfRows(pass).Declaration}"))
        {
            using (this.Writer.Block($"for (int lane = 0; lane < {RowLanesWriter.GroupType}.Count; lane++)"))
            {
                foreach (SumParameter sum in sums)
                {
                    this.Writer.Line($"{sum.Type} {locals[sum.Name]} = new();");
                }

                this.Writer.Line(pass.Methods.Run.CallOn(operand => "ref " + operand.Name, name => locals[name], "length") + ";");
                foreach (SumParameter sum in sums)
                {
                    this.Writer.Line($"{sum.Name}.SetLane(lane, {locals[sum.Name]}.Total);");
                }

                foreach (Operand operand in pass.Pass.Operands)
                {
                    this.Writer.Line($"{operand.Name} = ref Unsafe.Add(ref {operand.Name}, length);");
                }
            }
        }
    }
}
