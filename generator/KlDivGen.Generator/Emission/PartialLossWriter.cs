using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// Spells the loop of a method that returns a loss which merges with others: the kernel adds up the losses of a block, and the sums of the
/// blocks are added exactly.
/// </summary>
internal sealed class PartialLossWriter(
    SourceWriter writer, MethodSpec method, KernelPlan plan, PassWriter pass, string kernelClass, LocalNames locals)
{
    /// <summary>The number of elements whose losses are added before the exact sum.</summary>
    public const string BlockLength = ReturnType.PartialLossName + ".BlockLength";

    private readonly string input = method.Find(ParameterRole.Input)!.Name;
    private readonly TensorRuns runs = new(writer, locals);
    private readonly bool isSpan = method.Kernel.DataKind == DataKind.Span;

    private string Length => this.isSpan ? $"{this.input}.Length" : $"{this.input}.FlattenedLength";

    public void Write()
    {
        string sum = locals["sum"];
        string start = locals["start"];
        string count = locals["count"];
        if (!this.isSpan)
        {
            this.WriteReaders(null);
        }

        writer.Comment("The losses of a block are added as usual, and the sums of the blocks exactly.");
        writer.Line($"{CSharp.Runtime}.ExactAccumulator {sum} = default;");
        using (writer.Block($"for ({locals.NUInt} {start} = 0; {start} < ({locals.NUInt}){this.Length}; {start} += {BlockLength})"))
        {
            writer.Line($"{locals.NUInt} {count} = global::System.Math.Min({BlockLength}, ({locals.NUInt}){this.Length} - {start});");
            this.WriteBlock(loss => $"{sum}.Add({loss});", count);
        }

        writer.Line();
        writer.Line($"return {sum}.ToPartialLoss({this.Length}, rows: 0);");
    }

    /// <summary>Writes the loop over the blocks of a range, which stores their losses.</summary>
    public void WritePiece(ParallelWriter parallel)
    {
        string start = locals["start"];
        string count = locals["count"];
        if (!this.isSpan)
        {
            this.WriteReaders(parallel);
        }

        using (writer.Block($"for ({locals.NUInt} {start} = (nuint){parallel.Start}; {start} < (nuint){parallel.End}; {start} += {BlockLength})"))
        {
            writer.Line($"{locals.NUInt} {count} = global::System.Math.Min({BlockLength}, (nuint){parallel.End} - {start});");
            this.WriteBlock(loss => $"{parallel.Results}[(int)({start} / {BlockLength})] = {loss};", count);
        }
    }

    private void WriteBlock(Func<string, string> add, string count)
    {
        string block = locals["block"];
        bool returnsSum = pass.Accumulator.Sums.Count == 0;
        if (!returnsSum)
        {
            writer.Line($"{CSharp.Runtime}.{pass.Accumulator.TotalType} {block} = new();");
        }

        string call = $"{kernelClass}." + pass.Methods.Run.CallOn(
            operand => MethodWriter.AsStored(operand, this.Reference(operand, count)), name => name == "sum" ? block : locals[name], count);
        writer.Line(returnsSum ? add(call) : call + ";");
        if (!returnsSum)
        {
            writer.Line(add(block + ".Total"));
        }

        foreach (Operand destination in this.isSpan ? [] : plan.Destinations)
        {
            writer.Line($"{this.runs.Name(destination)}.Commit();");
        }
    }

    private string Reference(Operand operand, string count) => this.isSpan
        ? "ref global::System.Runtime.CompilerServices.Unsafe.Add(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference("
            + $"{method.Find(operand.Role)!.Name}), {locals["start"]})"
        : $"ref {this.runs.Name(operand)}.Next({count})";

    /// <summary>Blocks are cut by the row-major index, so that strides do not change the sum.</summary>
    private void WriteReaders(ParallelWriter? parallel)
    {
        writer.Line();
        writer.Comment("A block that is not contiguous in memory is copied to a buffer, and back where it was written.");
        this.runs.DeclareWorkspace(this.input);
        this.runs.DeclareIterator(
            "iterator", this.input, inOrder: true, plan.Operands.Select(operand => method.Find(operand.Role)!.Name + ".Strides"));
        if (parallel is not null)
        {
            writer.Line($"{locals["iterator"]}.Restrict({parallel.Start}, {parallel.End});");
        }

        foreach (Operand operand in plan.Operands)
        {
            this.runs.DeclareWithPooledBuffer(operand, method.Find(operand.Role)!.Name, BlockLength);
        }
    }
}
