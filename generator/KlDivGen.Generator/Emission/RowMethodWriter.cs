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
        this.loop.WriteBefore();
        if (this.ReturnsLoss)
        {
            string type = this.ReturnsPartialLoss ? "ExactAccumulator" : "CompensatedSum";
            this.writer.Line($"{CSharp.Runtime}.{type} {this.locals["sum"]} = new();");
        }

        string rows = this.locals["rows"];
        string row = this.locals["row"];
        using (this.writer.Block($"for ({this.loop.CountType} {row} = 0; {row} < {rows}; {row}++)"))
        {
            this.WriteRow(row);
        }

        if (this.ReturnsLoss)
        {
            this.writer.Line();
            this.writer.Line(this.ReturnsPartialLoss
                ? $"return {this.locals["sum"]}.ToPartialLoss((long){this.RowCount} * {this.loop.Classes}, {this.RowCount});"
                : $"return {this.Result()};");
        }
    }

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

    private void WriteRow(string row)
    {
        this.loop.WriteRowStart(row);
        if (this.Mask is { } mask)
        {
            using (this.writer.Block($"if (!{mask}[{this.loop.Index(row)}])"))
            {
                this.loop.WriteSkippedRow(row);
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

        string gradientScale = this.locals["gradientScale"];
        if (this.HasGradients && this.method.Find(ParameterRole.GradOutput) is { } gradOutput && this.method.Kernel.Reduction == Reduction.Row)
        {
            gradientScale = $"{gradientScale} * {ScalarConversion.ToDouble(gradOutput.Element!.Value, this.loop.RowValue(gradOutput, row))}";
        }

        string Argument(string name) => name switch
        {
            "gradientScale" => weight is null ? gradientScale : $"{weight} * {gradientScale}",
            "lossScale" => this.TimesFactor(weight ?? "1.0"),
            _ => this.locals[name],
        };
        string call = $"{this.kernelClass}." + this.kernel.Call(this.loop.Reference, Argument, this.loop.Length);
        bool needsLoss = this.ReturnsLoss || this.StoresRowLoss;
        string loss = this.locals["loss"];
        this.writer.Line(needsLoss ? $"double {loss} = {call};" : call + ";");
        string weighted = weight is null ? loss : $"{weight} * {loss}";
        if (this.ReturnsLoss)
        {
            this.writer.Line($"{this.locals["sum"]}.Add({(this.ReturnsPartialLoss ? this.TimesFactor(weighted) : weighted)});");
        }

        if (this.StoresRowLoss)
        {
            ParameterSpec output = this.method.Find(ParameterRole.Output)!;
            this.loop.WriteRowLoss(output, row, ScalarConversion.FromDouble(output.Element!.Value, this.TimesFactor(weighted)));
        }

        this.loop.WriteRowEnd();
    }

    /// <summary>A product with the factor of the loss, if it has one.</summary>
    private string TimesFactor(string value) => this.Rows.TemperatureSquared && this.Temperature is not null
        ? (value == "1.0" ? this.locals["factor"] : $"{this.locals["factor"]} * {value}")
        : value;

    private string Result()
    {
        string value = this.TimesFactor($"{this.locals["sum"]}.Total");
        if (this.HasDivisor)
        {
            value = $"{value} / {this.locals["divisor"]}";
            if (this.plan.Accumulation == Accumulation.Reproducible)
            {
                // 0/0 has another sign on each processor family.
                string quotient = this.locals["quotient"];
                this.writer.Line($"double {quotient} = {value};");
                value = $"double.IsNaN({quotient}) ? double.NaN : {quotient}";
            }
        }

        return ScalarConversion.FromDouble(this.method.Kernel.Return.Element!.Value, value);
    }
}
