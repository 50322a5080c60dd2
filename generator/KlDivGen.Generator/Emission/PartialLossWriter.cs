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
    private const string BlockLength = ReturnType.PartialLossName + ".BlockLength";

    private readonly string input = method.Find(ParameterRole.Input)!.Name;
    private readonly bool isSpan = method.Kernel.DataKind == DataKind.Span;

    private string Length => this.isSpan ? $"{this.input}.Length" : $"{this.input}.FlattenedLength";

    public void Write()
    {
        string sum = locals["sum"];
        string start = locals["start"];
        string count = locals["count"];
        if (!this.isSpan)
        {
            this.WriteReaders();
        }

        writer.Comment("The losses of a block are added as usual, and the sums of the blocks exactly.");
        writer.Line($"{CSharp.Runtime}.ExactAccumulator {sum} = default;");
        using (writer.Block($"for ({locals.NUInt} {start} = 0; {start} < ({locals.NUInt}){this.Length}; {start} += {BlockLength})"))
        {
            writer.Line($"{locals.NUInt} {count} = {locals.NUInt}.Min({BlockLength}, ({locals.NUInt}){this.Length} - {start});");
            this.WriteBlock(sum, count);
        }

        writer.Line();
        writer.Line($"return {sum}.ToPartialLoss({this.Length}, rows: 0);");
    }

    private void WriteBlock(string sum, string count)
    {
        string block = locals["block"];
        bool returnsSum = pass.Accumulator.Sums.Count == 0;
        if (!returnsSum)
        {
            writer.Line($"{CSharp.Runtime}.{pass.Accumulator.TotalType} {block} = new();");
        }

        string call = $"{kernelClass}." + pass.Methods.Run.CallOn(
            operand => MethodWriter.AsStored(operand, this.Reference(operand, count)), name => name == "sum" ? block : locals[name], count);
        writer.Line(returnsSum ? $"{sum}.Add({call});" : call + ";");
        if (!returnsSum)
        {
            writer.Line($"{sum}.Add({block}.Total);");
        }

        foreach (Operand destination in this.isSpan ? [] : plan.Destinations)
        {
            writer.Line($"{this.Runs(destination)}.Commit();");
        }
    }

    private string Reference(Operand operand, string count) => this.isSpan
        ? "ref global::System.Runtime.CompilerServices.Unsafe.Add(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference("
            + $"{method.Find(operand.Role)!.Name}), {locals["start"]})"
        : $"ref {this.Runs(operand)}.Next({count})";

    private string Runs(Operand operand) => locals[operand.Name + (operand.IsDestination ? "Writer" : "Reader")];

    /// <summary>Blocks are cut by the row-major index, so that strides do not change the sum.</summary>
    private void WriteReaders()
    {
        string workspace = locals["workspaceLength"];
        string iterator = locals["iterator"];
        writer.Line();
        writer.Comment("A block that is not contiguous in memory is copied to a buffer, and back where it was written.");
        writer.Line($"int {workspace} = {CSharp.Runtime}.TensorIterator.WorkspaceLength({this.input}.Rank);");
        string strides = string.Join(", ", plan.Operands.Select(operand => method.Find(operand.Role)!.Name + ".Strides"));
        writer.Line($"{CSharp.Runtime}.TensorIterator {iterator} = new("
            + $"{this.input}.FlattenedLength, {this.input}.Lengths, stackalloc {locals.NInt}[{workspace}], inOrder: true, {strides});");
        foreach (Operand operand in plan.Operands)
        {
            string parameter = method.Find(operand.Role)!.Name;
            string type = operand.Element.ToCSharp();
            string buffer = locals[operand.Name + "Buffer"];
            writer.Line($"using {CSharp.Runtime}.RowBuffer<{type}> {buffer} = new({BlockLength});");
            writer.Line($"{CSharp.Runtime}.Tensor{(operand.IsDestination ? "Writer" : "Reader")}<{type}> {this.Runs(operand)} = new("
                + $"{parameter}, {iterator}, stackalloc {locals.NInt}[{workspace}], {buffer}.Span);");
        }
    }
}
