using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// Spells the method that computes a group of longer rows: a pass runs over one row after the other, and only what is computed once for a row
/// is computed for all of them at once.
/// </summary>
internal sealed class SuccessiveRowsWriter(SourceWriter writer, KernelPlan plan, RowProgram program, IReadOnlyList<PassWriter> passes)
    : GroupedRowsWriter(writer, plan, program, passes, Name)
{
    public const string Name = "RunSuccessive";

    /// <summary>Ends the name of a method that runs a pass over the rows of a group.</summary>
    public const string OfRows = "OfRows";

    private const string PendingLanes = "pendingLanes";

    protected override bool SumsOnlyPending => true;

    public override void Write(string accessibility)
    {
        base.Write(accessibility);
        string[] names = [PassNames.Extremes, PassNames.Sums, PassNames.Mixture, PassNames.Results];
        foreach (PassWriter pass in names.SelectMany(name => new[] { name, name + PassNames.Kept }).Select(this.Passes.Find).OfType<PassWriter>())
        {
            this.Writer.Line();
            this.WriteOfRows(pass);
        }
    }

    protected override void WriteBefore()
    {
        if (this.Passes.Find(PassNames.Sums + PassNames.Kept) is not null)
        {
            this.Passes.DeclareKeepsGradient();
        }
    }

    protected override void WritePass(string name)
    {
        PassWriter pass = this.Passes.Find(name)!;
        if (this.Passes.Find(name + PassNames.Kept) is not { } kept)
        {
            this.WriteCall(pass);
            return;
        }

        using (this.Writer.Block($"if ({RowPassCalls.KeepsGradient})"))
        {
            this.WriteCall(kept);
        }

        using (this.Writer.Block("else"))
        {
            this.WriteCall(pass);
        }

        this.Writer.Line();
    }

    protected override string PassCall(PassWriter pass, Func<string, string> argument)
    {
        string[] positions = IsRepeated(pass) ? [$"{Rows}.PendingLanes", "length"] : ["length"];
        return RunOfRows(pass).CallOn(operand => "ref " + operand.Name, argument, positions);
    }

    /// <summary>Whether the pass may run again for some of the rows.</summary>
    private static bool IsRepeated(PassWriter pass) => pass.Pass.Name is PassNames.Sums or PassNames.Sums + PassNames.Kept;

    private static KernelMethod RunOfRows(PassWriter pass) => pass.Methods.Run with
    {
        Name = pass.Pass.Name + OfRows,
        Positions = IsRepeated(pass) ? [PendingLanes, "length"] : ["length"],
    };

    /// <summary>
    /// Writes the method that runs a pass over the rows of a group. Inlined in the group's own method, the pass would have too few registers.
    /// </summary>
    private void WriteOfRows(PassWriter pass)
    {
        this.Writer.Line("[MethodImpl(MethodImplOptions.NoInlining)]");
        using (this.Writer.Block($"private static {RunOfRows(pass).Declaration}"))
        {
            using (this.Writer.Block($"for (int lane = 0; lane < {RowGroupMethod.GroupType}.Count; lane++)"))
            {
                if (IsRepeated(pass))
                {
                    this.Writer.Comment("Bit i says whether the sums of row i are to be computed.");
                    using (this.Writer.Block($"if ((({PendingLanes} >> lane) & 1) != 0)"))
                    {
                        this.WriteRow(pass);
                    }

                    this.Writer.Line();
                }
                else
                {
                    this.WriteRow(pass);
                }

                foreach (Operand operand in pass.Pass.Operands)
                {
                    this.Writer.Line($"{operand.Name} = ref Unsafe.Add(ref {operand.Name}, length);");
                }
            }
        }
    }

    /// <summary>Writes how a pass runs over one row, whose numbers are set in its lane.</summary>
    private void WriteRow(PassWriter pass)
    {
        IReadOnlyList<SumParameter> sums = pass.Accumulator.Sums;
        Dictionary<string, string> locals = sums.ToDictionary(sum => sum.Name, sum => $"row{char.ToUpperInvariant(sum.Name[0])}{sum.Name[1..]}");
        foreach (Argument argument in pass.Pass.Arguments)
        {
            locals.Add(argument.Name, VectorApi.Scalable.Broadcast(argument.Type, $"{argument.Name}[lane]"));
        }

        foreach (SumParameter sum in sums)
        {
            this.Writer.Line($"{sum.Type} {locals[sum.Name]} = new();");
        }

        this.Writer.Line(pass.Methods.Run.CallOn(operand => "ref " + operand.Name, name => locals[name], "length") + ";");
        foreach (SumParameter sum in sums)
        {
            this.Writer.Line($"{sum.Name}.SetLane(lane, {locals[sum.Name]}.Total);");
        }
    }
}
