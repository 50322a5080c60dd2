using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>Spells the body of a user's method that computes row by row: validation, the loop over rows, and the result.</summary>
internal sealed class RowMethodWriter
{
    private readonly SourceWriter writer;
    private readonly MethodSpec method;
    private readonly KernelPlan plan;
    private readonly RowWriter kernel;
    private readonly string kernelClass;
    private readonly LocalNames locals;
    private readonly RowLoop loop;
    private readonly ParallelWriter parallel;

    public RowMethodWriter(SourceWriter writer, MethodSpec method, KernelPlan plan, RowWriter kernel, string kernelClass)
    {
        this.writer = writer;
        this.method = method;
        this.plan = plan;
        this.kernel = kernel;
        this.kernelClass = kernelClass;
        this.locals = new LocalNames(method);
        this.loop = method.Kernel.DataKind == DataKind.Span
            ? new SpanRowLoop(writer, method, plan, this.locals)
            : new TensorRowLoop(writer, method, plan, this.locals);
        this.parallel = new ParallelWriter(writer, method, this.locals);
    }

    private RowSpec Rows => this.method.Kernel.Rows!;

    private bool ReturnsLoss => this.method.Kernel.Return != ReturnType.Void;

    private bool ReturnsPartialLoss => this.method.Kernel.Return.IsPartialLoss;

    /// <summary>The number of rows that count, an integer.</summary>
    private string RowCount =>
        this.Mask is { } mask ? $"{CSharp.Runtime}.RowValidation.CountRows({mask})" : this.locals["rows"];

    private bool HasGradients => this.method.Kernel.GradInput is not null || this.method.Kernel.GradTarget is not null;

    private bool StoresRowLoss => this.method.Kernel is { Reduction: Reduction.Row, Output: not null };

    private bool HasDivisor => this.plan.Divisor != Divisor.One;

    /// <summary>The temperature as a double, or <see langword="null"/> for 1.</summary>
    private string? Temperature => this.method.Find(ParameterRole.Temperature) is { } parameter ? $"(double){parameter.Name}"
        : this.Rows.Temperature == 1 ? null
        : CSharp.Literal(ScalarType.Double, BitConverter.DoubleToInt64Bits(this.Rows.Temperature));

    private string? Mask => this.method.Find(ParameterRole.Mask)?.Name;

    public void WriteBody()
    {
        new RowValidationWriter(this.writer, this.method, this.plan.CanForceSlowPath, this.locals).Write();
        this.WriteScalars();
        if (this.method.Kernel.Parallel)
        {
            this.WriteParallel();
        }

        if (this.CutsRows)
        {
            this.writer.Comment("Long rows are computed one after the other, each in pieces that several threads take.");
            string degree = this.method.Find(ParameterRole.MaxDegreeOfParallelism)?.Name ?? "-1";
            this.writer.Line($"int {this.locals["rowThreads"]} = {this.loop.Classes} >= {ParallelWriter.Loop}.MinRowLength ? {degree} : 0;");
        }

        this.loop.WriteBefore(null);
        string sum = this.locals["sum"];
        if (this.ReturnsLoss)
        {
            this.writer.Line($"{CSharp.Runtime}.{this.SumType} {sum} = new();");
        }

        this.WriteLoop("0", this.locals["rows"], (_, loss) => $"{sum}.Add({loss});", isRange: false);
        if (this.ReturnsLoss)
        {
            this.writer.Line();
            this.WriteReturn(sum);
        }
    }

    /// <summary>Writes the structure that threads share, for a method that computes large data on several.</summary>
    public void WriteRange() => this.parallel.WriteRange(this.ReturnsLoss ? "global::System.Span<double>" : null, () =>
    {
        this.loop.WriteBefore(this.parallel);
        string sum = this.locals["sum"];
        if (this.AddsInPieces)
        {
            this.writer.Line($"{CSharp.Runtime}.{this.SumType} {sum} = new();");
        }

        string type = this.loop.CountType;
        this.WriteLoop(
            $"({type}){this.parallel.Start}",
            $"({type}){this.parallel.End}",
            (row, loss) => this.AddsInPieces ? $"{sum}.Add({loss});" : $"{this.parallel.Results}[(int){row}] = {loss};",
            isRange: true);
        if (this.AddsInPieces)
        {
            this.writer.Line($"{this.parallel.Results}[(int)({this.parallel.Start} / {this.PieceRows})] = {sum}.Total;");
        }
    });

    /// <summary>Computes large data on several threads, a number of rows at a time.</summary>
    private void WriteParallel()
    {
        if (this.method.Kernel.DataKind == DataKind.TensorSpan)
        {
            this.parallel.Share(this.locals.NInt, this.locals["classes"]);
        }

        foreach ((string type, string name) in this.Scalars())
        {
            this.parallel.Share(type, this.locals[name]);
        }

        string rows = this.locals["rows"];
        string input = this.method.Find(ParameterRole.Input)!.Name;
        string elements = this.method.Kernel.DataKind == DataKind.Span ? $"{input}.Length" : $"{input}.FlattenedLength";
        string condition = this.CutsRows ? $" && {this.loop.Classes} < {ParallelWriter.Loop}.MinRowLength" : string.Empty;
        using (this.parallel.Block(elements, condition))
        {
            if (this.ReturnsLoss)
            {
                string what = this.AddsInPieces ? "pieces" : "rows";
                this.writer.Comment($"The losses of the {what} are added in order, whatever the number of threads.");
                this.parallel.DeclareResults(
                    "double", this.AddsInPieces ? $"{ParallelWriter.Loop}.CountPieces({rows}, {this.PieceRows})" : $"(int){rows}");
            }

            this.parallel.DeclareRange(this.ReturnsLoss ? $"{this.parallel.Results}.Span" : null);
            this.parallel.Run(rows, this.PieceRows);
            if (this.ReturnsLoss)
            {
                string total = this.locals["total"];
                this.writer.Line($"{CSharp.Runtime}.{this.SumType} {total} = new();");
                this.writer.Line($"{total}.Add({this.parallel.Results}.Span);");
                this.WriteReturn(total, "totalQuotient");
            }
            else
            {
                this.writer.Line("return;");
            }
        }

        this.writer.Line();
    }

    /// <summary>The variables that every row needs.</summary>
    private IEnumerable<(string Type, string Name)> Scalars()
    {
        if (this.plan.CanForceSlowPath)
        {
            yield return ("bool", "forceSlowPath");
        }

        if (this.Temperature is not null && this.plan.Rows!.HasTemperature)
        {
            yield return (CSharp.Keyword(this.plan.ComputeType), "inverseTemperature");
        }

        if (this.Temperature is not null && this.Rows.TemperatureSquared)
        {
            yield return ("double", "factor");
        }

        if (this.HasGradients)
        {
            yield return ("double", "gradientScale");
        }
    }

    /// <summary>Writes the loop over rows.</summary>
    /// <param name="start">The first row.</param>
    /// <param name="end">The row after the last one.</param>
    /// <param name="add">The statement that adds a row's loss, from the row and its loss.</param>
    /// <param name="isRange">Whether the rows are those of a range that threads share.</param>
    private void WriteLoop(string start, string end, Func<string, string, string> add, bool isRange)
    {
        string row = this.locals["row"];
        if (this.kernel.Lanes is { } lanes)
        {
            string group = $"{CSharp.Runtime}.{RowLanesWriter.GroupType}";
            string count = start == "0" ? end : $"{end} - {start}";
            string length = $"{group}.GetBufferLength({count}, {this.loop.Classes}, {CSharp.Number(lanes.OperandCount)})";
            this.writer.Comment("Short rows are computed side by side, one in each lane of the vectors.");
            this.writer.Line($"{group} {this.locals["lanes"]} = new(stackalloc float[{length}], stackalloc double[2 * {group}.Count], {end});");
            if (this.HasGradients && this.method.Find(ParameterRole.Weights) is null)
            {
                this.writer.Line($"{this.locals["lanes"]}.GradientScales.Fill({this.locals["gradientScale"]});");
            }
        }

        using (this.writer.Block($"for ({this.loop.CountType} {row} = {start}; {row} < {end}; {row}++)"))
        {
            this.WriteRow(row, loss => add(row, loss), isRange);
        }
    }

    private void WriteReturn(string sum, string quotientName = "quotient")
    {
        string result = this.ReturnsPartialLoss
            ? $"{sum}.ToPartialLoss((long){this.RowCount} * {this.loop.Classes}, {this.RowCount})"
            : this.Result(sum, quotientName);
        this.writer.Line($"return {result};");
    }

    private bool CutsRows => this.plan.Rows!.CutsLongRows;

    /// <summary>
    /// Whether a thread adds the losses of its rows, and leaves the caller only the sums of pieces: adding those of many short rows takes a
    /// fifth of the time. The bits of a deterministic sum are those of one thread, and an exact sum has no pieces.
    /// </summary>
    private bool AddsInPieces => this.ReturnsLoss && !this.ReturnsPartialLoss && this.plan.Accumulation != Accumulation.Reproducible;

    /// <summary>The number of rows of a piece.</summary>
    private string PieceRows => $"{ParallelWriter.Loop}.CountRows({this.loop.Classes})";

    private string SumType => this.ReturnsPartialLoss ? "ExactAccumulator" : "CompensatedSum";

    private void WriteScalars()
    {
        if (this.Temperature is { } temperature)
        {
            if (this.plan.Rows!.HasTemperature)
            {
                string type = CSharp.Keyword(this.plan.ComputeType);
                this.writer.Line($"{type} {this.locals["inverseTemperature"]} = ({type})(1 / {temperature});");
            }

            if (this.Rows.TemperatureSquared)
            {
                this.writer.Comment("Gradients fall with the square of the temperature; this factor keeps their size.");
                this.writer.Line($"double {this.locals["factor"]} = {temperature} * {temperature};");
            }
        }

        if (this.HasDivisor)
        {
            this.WriteDivisor();
        }

        if (this.HasGradients)
        {
            string upstream = this.method.Find(ParameterRole.GradOutput) is { Shape: ParameterShape.Scalar } gradOutput
                ? ScalarConversion.ToDouble(gradOutput.Element!.Value, gradOutput.Name)
                : "1.0";
            string value = this.TimesFactor(upstream) + (this.HasDivisor ? $" / {this.locals["divisor"]}" : string.Empty);
            this.writer.Line($"double {this.locals["gradientScale"]} = {value};");
        }
    }

    private void WriteDivisor()
    {
        bool dividesByFirstDimension = this.plan.Divisor == Divisor.Batch && this.method.Kernel.DataKind == DataKind.TensorSpan && this.Mask is null;
        string input = this.method.Find(ParameterRole.Input)!.Name;
        string value = dividesByFirstDimension
            ? $"{CSharp.Runtime}.TensorValidation.GetBatchSize({input}.Lengths)"
            : $"global::System.Math.Max({this.RowCount}, 1)";
        this.writer.Comment(dividesByFirstDimension
            ? "The first dimension."
            : "The rows that count; where none does, the result is 0.");
        string classes = this.plan.Divisor == Divisor.Count ? $" * {this.loop.Classes}" : string.Empty;
        this.writer.Line($"double {this.locals["divisor"]} = (double){value}{classes};");
    }

    private void WriteRow(string row, Func<string, string> add, bool isRange)
    {
        this.loop.WriteRowStart(row);
        if (this.Mask is { } mask)
        {
            using (this.writer.Block($"if (!{mask}[{this.loop.Index(row)}])"))
            {
                this.loop.WriteSkippedRow(row);
                if (this.ReturnsLoss && isRange && !this.AddsInPieces)
                {
                    this.writer.Line(add("0"));
                }

                this.writer.Line("continue;");
            }

            this.writer.Line();
        }

        string? weight = null;
        if (this.method.Find(ParameterRole.Weights) is { } weights)
        {
            weight = this.locals["weight"];
            this.writer.Line($"double {weight} = {ScalarConversion.ToDouble(weights.Element!.Value, $"{weights.Name}[{this.loop.Index(row)}]")};");
        }

        string Argument(string name) => name switch
        {
            "gradientScale" => this.GradientScale(row, weight),
            "lossScale" => this.TimesFactor(weight ?? "1.0"),
            RowThreadsWriter.Threads => isRange ? "0" : this.locals["rowThreads"],
            _ => this.locals[name],
        };
        string call = $"{this.kernelClass}." + this.kernel.Call(this.loop.Reference, Argument, this.loop.Length);
        bool needsLoss = this.ReturnsLoss || this.StoresRowLoss;
        string loss = this.locals["loss"];
        if (this.kernel.Lanes is { } lanes)
        {
            this.WriteGroup(lanes, row, add);
        }

        this.writer.Line(needsLoss ? $"double {loss} = {call};" : call + ";");
        string weighted = weight is null ? loss : $"{weight} * {loss}";
        if (this.ReturnsLoss)
        {
            this.writer.Line(add(this.ReturnsPartialLoss ? this.TimesFactor(weighted) : weighted));
        }

        if (this.StoresRowLoss)
        {
            ParameterSpec output = this.method.Find(ParameterRole.Output)!;
            this.loop.WriteRowLoss(output, row, ScalarConversion.FromDouble(output.Element!.Value, this.TimesFactor(weighted)));
        }

        this.loop.WriteRowEnd();
    }

    /// <summary>Writes how a group of rows is computed side by side, at its first row, instead of one after the other.</summary>
    private void WriteGroup(RowLanesWriter lanes, string row, Func<string, string> add)
    {
        string group = this.locals["lanes"], lane = this.locals["lane"], groupType = $"{CSharp.Runtime}.{RowLanesWriter.GroupType}";
        string eachLane = $"for (int {lane} = 0; {lane} < {groupType}.Count; {lane}++)";
        string? weight = this.method.Find(ParameterRole.Weights) is { } weights
            ? ScalarConversion.ToDouble(weights.Element!.Value, $"{weights.Name}[{row} + {lane}]")
            : null;
        using (this.writer.Block($"if ({group}.Begins({row}{(this.Mask is { } mask ? $", {mask}" : string.Empty)}))"))
        {
            if (this.HasGradients && weight is not null)
            {
                using (this.writer.Block(eachLane))
                {
                    this.writer.Line($"{group}.GradientScales[{lane}] = {this.GradientScale(row, weight)};");
                }

                this.writer.Line();
            }

            string call = lanes.Call(this.loop.Reference, this.loop.Length, this.locals["inverseTemperature"], group);
            using (this.writer.Block($"if ({this.kernelClass}.{call})"))
            {
                if (this.ReturnsLoss && weight is null)
                {
                    this.writer.Line(add($"{group}.TotalLoss"));
                }
                else if (this.ReturnsLoss)
                {
                    using (this.writer.Block(eachLane))
                    {
                        this.writer.Line(add($"{weight} * {group}.Losses[{lane}]"));
                    }

                    this.writer.Line();
                }

                this.writer.Line($"{row} += {groupType}.Count - 1;");
                this.writer.Line("continue;");
            }
        }

        this.writer.Line();
    }

    /// <summary>The factor of a row's gradients.</summary>
    private string GradientScale(string row, string? weight)
    {
        string scale = this.locals["gradientScale"];
        if (this.method.Find(ParameterRole.GradOutput) is { } gradOutput && this.method.Kernel.Reduction == Reduction.Row)
        {
            scale = $"{scale} * {ScalarConversion.ToDouble(gradOutput.Element!.Value, this.loop.RowValue(gradOutput, row))}";
        }

        return weight is null ? scale : $"{weight} * {scale}";
    }

    /// <summary>A product with the factor of the loss, if it has one.</summary>
    private string TimesFactor(string value) => this.Rows.TemperatureSquared && this.Temperature is not null
        ? (value == "1.0" ? this.locals["factor"] : $"{this.locals["factor"]} * {value}")
        : value;

    private string Result(string sum, string quotientName = "quotient")
    {
        string value = this.TimesFactor($"{sum}.Total");
        if (this.HasDivisor)
        {
            value = $"{value} / {this.locals["divisor"]}";
            if (this.plan.Accumulation == Accumulation.Reproducible)
            {
                // 0/0 has another sign on each processor family.
                string quotient = this.locals[quotientName];
                this.writer.Line($"double {quotient} = {value};");
                value = $"double.IsNaN({quotient}) ? double.NaN : {quotient}";
            }
        }

        return ScalarConversion.FromDouble(this.method.Kernel.Return.Element!.Value, value);
    }
}
