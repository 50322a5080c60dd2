using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// Spells, for a pass over one row, the method that runs it on several threads, piece by piece, and the structure that they share. The
/// accumulators of the pieces are added in order, so that the number of threads changes nothing. Reproducible sums record the lanes of their
/// blocks instead, which are added as on one thread.
/// </summary>
internal sealed class RowThreadsWriter(SourceWriter writer, KernelPlan plan, PassWriter pass)
{
    /// <summary>The parameter with the number of threads; 0 where a row is not cut into pieces.</summary>
    public const string Threads = "threads";

    private const string Suffix = "OnThreads";
    private const string Loop = "ParallelLoop";
    private const string Piece = $"(int)(start / {Loop}.PieceLength)";

    private readonly KernelMethod run = pass.Methods.Run;

    private string Range => pass.Pass.Name + "Range";

    private string Sums => pass.Pass.Name + "Totals";

    private bool ReturnsSum => pass.Accumulator.ReturnType != "void";

    /// <summary>The accumulators of which each piece has its own.</summary>
    private IEnumerable<SumParameter> OwnSums => this.run.Sums.Where(sum => !sum.RecordsLanes);

    private IEnumerable<SumParameter> RecordedSums => this.run.Sums.Where(sum => sum.RecordsLanes);

    private bool HasSums => this.OwnSums.Any();

    private string ResultType => this.ReturnsSum ? "double" : this.Sums;

    /// <summary>The values that every piece needs, besides the operands.</summary>
    private IEnumerable<(string Type, string Name)> Values =>
    [
        .. this.run.Pass.Arguments.Select(argument => (KernelMethod.ArgumentType(this.run.Pass, argument), argument.Name)),
        .. this.run.TakesForceSlowPath ? [("bool", "forceSlowPath")] : Array.Empty<(string, string)>(),
    ];

    /// <summary>A call of the method, from a call of the pass.</summary>
    public static string Call(string call)
    {
        int open = call.IndexOf('(');
        return $"{call.Substring(0, open)}{Suffix}{WithArgument(call.Substring(open), Threads)}";
    }

    public void Write()
    {
        this.WriteMethod();
        writer.Line();
        this.WriteRange();
        if (this.HasSums)
        {
            writer.Line();
            using (writer.Block($"private struct {this.Sums}"))
            {
                foreach (SumParameter sum in this.OwnSums)
                {
                    writer.Line($"public {sum.Type} {sum.Name};");
                }
            }
        }
    }

    private static string Records(SumParameter sum) => sum.Name + "Records";

    /// <summary>A call or a declaration with one more argument or parameter.</summary>
    private static string WithArgument(string call, string argument) => $"{call.Substring(0, call.Length - 1)}, {argument})";

    private void WriteMethod()
    {
        KernelMethod method = this.run with { Name = this.run.Name + Suffix };
        using (writer.Block($"private static {WithArgument(method.Declaration, "int " + Threads)}"))
        {
            using (writer.Block($"if ({Threads} == 0)"))
            {
                string call = this.run.Call("length");
                writer.Line(this.ReturnsSum ? $"return {call};" : call + ";");
                if (!this.ReturnsSum)
                {
                    writer.Line("return;");
                }
            }

            writer.Line();
            bool hasResults = this.ReturnsSum || this.HasSums;
            if (hasResults)
            {
                writer.Line($"using PooledBuffer<{this.ResultType}> results = new({Loop}.CountPieces((nint)length, {Loop}.PieceLength));");
            }

            foreach (SumParameter sum in this.RecordedSums)
            {
                string pieces = $"{Loop}.CountPieces((nint)length, {Loop}.PieceLength)";
                writer.Line($"using PooledBuffer<{CSharp.Keyword(plan.ComputeType)}> {Records(sum)} = new({pieces} * {sum.Type}.RecordLength);");
            }

            writer.Line($"{this.Range} range = new()");
            using (writer.Initializer())
            {
                foreach (Operand operand in this.run.Pass.Operands)
                {
                    writer.Line($"{operand.Name} = ref {operand.Name},");
                }

                foreach ((_, string name) in this.Values)
                {
                    writer.Line($"{name} = {name},");
                }

                foreach (SumParameter sum in this.RecordedSums)
                {
                    writer.Line($"{Records(sum)} = {Records(sum)}.Memory,");
                }

                if (hasResults)
                {
                    writer.Line("results = results.Span,");
                }
            }

            writer.Line($"{Loop}.Run(ref range, (nint)length, {Loop}.PieceLength, {Threads});");
            this.WriteTotals();
        }
    }

    private void WriteTotals()
    {
        foreach (SumParameter sum in this.RecordedSums)
        {
            writer.Line($"{sum.Name}.AddRecords({Records(sum)}.Span, (nint)length, {CSharp.Number(plan.ReproducibleLaneCount)});");
        }

        if (this.ReturnsSum)
        {
            writer.Line("CompensatedSum sum = new();");
            writer.Line("sum.Add(results.Span);");
            writer.Line("return sum.Total;");
        }
        else if (this.HasSums)
        {
            using (writer.Block($"foreach (ref readonly {this.Sums} piece in results.Span)"))
            {
                foreach (SumParameter sum in this.OwnSums)
                {
                    writer.Line($"{sum.Name}.Add(piece.{sum.Name});");
                }
            }
        }
    }

    private void WriteRange()
    {
        using (writer.Block($"private ref struct {this.Range} : IParallelRange"))
        {
            foreach (Operand operand in this.run.Pass.Operands)
            {
                writer.Line($"public ref {CSharp.Keyword(operand.Stored)} {operand.Name};");
            }

            foreach ((string type, string name) in this.Values)
            {
                writer.Line($"public {type} {name};");
            }

            foreach (SumParameter sum in this.RecordedSums)
            {
                writer.Line($"public Memory<{CSharp.Keyword(plan.ComputeType)}> {Records(sum)};");
            }

            if (this.ReturnsSum || this.HasSums)
            {
                writer.Line($"public Span<{this.ResultType}> results;");
            }

            writer.Line();
            using (writer.Block("readonly void IParallelRange.Run(nint start, nint end)"))
            {
                foreach (SumParameter sum in this.OwnSums)
                {
                    writer.Line($"{sum.Type} {sum.Name} = new();");
                }

                foreach (SumParameter sum in this.RecordedSums)
                {
                    string record = $"{Records(sum)}.Slice({Piece} * {sum.Type}.RecordLength, {sum.Type}.RecordLength)";
                    writer.Line($"{sum.Type} {sum.Name} = new({record}, {CSharp.Number(plan.ReproducibleLaneCount)});");
                }

                string call = this.run.CallOn(operand => $"ref Unsafe.Add(ref {operand.Name}, start)", name => name, "(nuint)(end - start)");
                string result = $"results[{Piece}]";
                writer.Line(this.ReturnsSum ? $"{result} = {call};" : call + ";");
                if (this.HasSums)
                {
                    writer.Line($"{result} = new() {{ {string.Join(", ", this.OwnSums.Select(sum => $"{sum.Name} = {sum.Name}"))} }};");
                }
            }
        }
    }
}
