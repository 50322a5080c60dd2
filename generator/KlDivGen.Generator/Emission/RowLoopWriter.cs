using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>Spells the loop over rows: what is done with each row, or with a group of rows.</summary>
internal sealed class RowLoopWriter(
    SourceWriter writer, MethodSpec method, KernelPlan plan, RowWriter kernel, string kernelClass, LocalNames locals, RowLoop loop, RowScalars scalars)
{
    public bool ReturnsLoss => method.Kernel.Return != ReturnType.Void;

    public bool ReturnsPartialLoss => method.Kernel.Return.IsPartialLoss;

    /// <summary>
    /// Whether a thread adds the losses of its rows, and leaves the caller only the sums of pieces: adding those of many short rows takes a
    /// fifth of the time. The bits of a deterministic sum are those of one thread, and an exact sum has no pieces.
    /// </summary>
    public bool AddsInPieces => this.ReturnsLoss && !this.ReturnsPartialLoss && plan.Accumulation != Accumulation.Reproducible;

    private bool StoresRowLoss => method.Kernel is { Reduction: Reduction.Row, Output: not null };

    private string? Mask => method.Find(ParameterRole.Mask)?.Name;

    /// <summary>Writes the loop over rows.</summary>
    /// <param name="start">The first row.</param>
    /// <param name="end">The row after the last one.</param>
    /// <param name="add">The statement that adds a row's loss, from the row and its loss.</param>
    /// <param name="isRange">Whether the rows are those of a range that threads share.</param>
    public void Write(string start, string end, Func<string, string, string> add, bool isRange)
    {
        string row = locals["row"];
        if (kernel.Groups is { } groups)
        {
            string group = $"{CSharp.Runtime}.{RowGroupMethod.GroupType}";
            string count = start == "0" ? end : $"{end} - {start}";
            string length = $"{group}.GetBufferLength({count}, {loop.Classes}, {CSharp.Number(groups.TransposedOperands)})";
            string buffer = groups.TransposedOperands == 0 ? "default" : $"stackalloc float[{length}]";
            writer.Comment("As many rows as a vector has lanes are computed in a group, unless they are long.");
            writer.Line($"{group} {locals["lanes"]} = new({buffer}, stackalloc double[2 * {group}.Count], {end}, {loop.Classes});");
            if (scalars.HasGradients && !scalars.GradientScaleVaries)
            {
                writer.Line($"{locals["lanes"]}.GradientScales.Fill({locals["gradientScale"]});");
            }
        }

        using (writer.Block($"for ({loop.CountType} {row} = {start}; {row} < {end}; {row}++)"))
        {
            this.WriteRow(row, loss => add(row, loss), isRange);
        }
    }

    private void WriteRow(string row, Func<string, string> add, bool isRange)
    {
        loop.WriteRowStart(row);
        if (this.Mask is { } mask)
        {
            using (writer.Block($"if (!{mask}[{loop.Index(row)}])"))
            {
                loop.WriteSkippedRow(row);
                if (this.ReturnsLoss && isRange && !this.AddsInPieces)
                {
                    writer.Line(add("0"));
                }

                writer.Line("continue;");
            }

            writer.Line();
        }

        string? weight = null;
        if (method.Find(ParameterRole.Weights) is { } weights)
        {
            weight = locals["weight"];
            writer.Line($"double {weight} = {ScalarConversion.ToDouble(weights.Element!.Value, $"{weights.Name}[{loop.Index(row)}]")};");
        }

        string Argument(string name) => name switch
        {
            "gradientScale" => scalars.GradientScale(row, weight),
            "lossScale" => scalars.TimesFactor(weight ?? "1.0"),
            RowThreadsWriter.Threads => isRange ? "0" : locals["rowThreads"],
            _ => locals[name],
        };
        string call = $"{kernelClass}." + kernel.Call(loop.Reference, Argument, loop.Length);
        bool needsLoss = this.ReturnsLoss || this.StoresRowLoss;
        string loss = locals["loss"];
        if (kernel.Groups is { } groups)
        {
            this.WriteGroup(groups, row, add);
        }

        writer.Line(needsLoss ? $"double {loss} = {call};" : call + ";");
        string weighted = weight is null ? loss : $"{weight} * {loss}";
        if (this.ReturnsLoss)
        {
            writer.Line(add(this.ReturnsPartialLoss ? scalars.TimesFactor(weighted) : weighted));
        }

        if (this.StoresRowLoss)
        {
            this.WriteRowLoss(row, weighted);
        }

        loop.WriteRowEnd();
    }

    /// <summary>Writes how the loss of a row, times its weight, is stored.</summary>
    private void WriteRowLoss(string row, string weighted)
    {
        ParameterSpec output = method.Find(ParameterRole.Output)!;
        loop.WriteRowLoss(output, row, ScalarConversion.FromDouble(output.Element!.Value, scalars.TimesFactor(weighted)));
    }

    /// <summary>Writes how a group of rows is computed side by side, at its first row, instead of one after the other.</summary>
    private void WriteGroup(RowGroupWriter groups, string row, Func<string, string> add)
    {
        string group = locals["lanes"], lane = locals["lane"], groupType = $"{CSharp.Runtime}.{RowGroupMethod.GroupType}";
        string eachLane = $"for (int {lane} = 0; {lane} < {groupType}.Count; {lane}++)";
        string laneRow = $"{row} + {lane}";
        string? weight = method.Find(ParameterRole.Weights) is { } weights
            ? ScalarConversion.ToDouble(weights.Element!.Value, $"{weights.Name}[{laneRow}]")
            : null;
        using (writer.Block($"if ({group}.Begins({row}{(this.Mask is { } mask ? $", {mask}" : string.Empty)}))"))
        {
            if (scalars.GradientScaleVaries)
            {
                using (writer.Block(eachLane))
                {
                    writer.Line($"{group}.GradientScales[{lane}] = {scalars.GradientScale(laneRow, weight)};");
                }

                writer.Line();
            }

            string call = groups.Method.Call(loop.Reference, loop.Length, locals["inverseTemperature"], group);
            using (writer.Block($"if ({kernelClass}.{call})"))
            {
                string loss = $"{group}.Losses[{lane}]";
                string weighted = weight is null ? loss : $"{weight} * {loss}";
                if (this.ReturnsLoss && weight is null)
                {
                    writer.Line(add($"{group}.TotalLoss"));
                }
                else if (this.ReturnsLoss)
                {
                    using (writer.Block(eachLane))
                    {
                        writer.Line(add(weighted));
                    }

                    writer.Line();
                }

                if (this.StoresRowLoss)
                {
                    using (writer.Block(eachLane))
                    {
                        this.WriteRowLoss(laneRow, weighted);
                    }

                    writer.Line();
                }

                writer.Line($"{row} += {groupType}.Count - 1;");
                writer.Line("continue;");
            }
        }

        writer.Line();
    }
}
