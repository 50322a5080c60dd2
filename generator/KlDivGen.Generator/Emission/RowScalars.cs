using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// Spells the numbers that every row of a method shares (temperature, divisor, factor of the gradients), and what is multiplied or divided by
/// them.
/// </summary>
internal sealed class RowScalars(SourceWriter writer, MethodSpec method, KernelPlan plan, LocalNames locals, RowLoop loop)
{
    /// <summary>The number of rows that count, an integer.</summary>
    public string RowCount =>
        this.Mask is { } mask ? $"{CSharp.Runtime}.RowValidation.CountRows({mask})" : locals["rows"];

    public bool HasGradients => method.Kernel.GradInput is not null || method.Kernel.GradTarget is not null;

    private RowSpec Rows => method.Kernel.Rows!;

    private bool HasDivisor => plan.Divisor != Divisor.One;

    /// <summary>The temperature as a double, or <see langword="null"/> for 1.</summary>
    private string? Temperature => method.Find(ParameterRole.Temperature) is { } parameter ? $"(double){parameter.Name}"
        : this.Rows.Temperature == 1 ? null
        : CSharp.Literal(ScalarType.Double, BitConverter.DoubleToInt64Bits(this.Rows.Temperature));

    private string? Mask => method.Find(ParameterRole.Mask)?.Name;

    /// <summary>The variables that every row needs.</summary>
    public IEnumerable<(string Type, string Name)> Variables()
    {
        if (plan.CanForceSlowPath)
        {
            yield return ("bool", "forceSlowPath");
        }

        if (this.Temperature is not null && plan.Rows!.HasTemperature)
        {
            yield return (CSharp.Keyword(plan.ComputeType), "inverseTemperature");
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

    /// <summary>Declares them.</summary>
    public void Write()
    {
        if (this.Temperature is { } temperature)
        {
            if (plan.Rows!.HasTemperature)
            {
                string type = CSharp.Keyword(plan.ComputeType);
                writer.Line($"{type} {locals["inverseTemperature"]} = ({type})(1 / {temperature});");
            }

            if (this.Rows.TemperatureSquared)
            {
                writer.Comment("Gradients fall with the square of the temperature; this factor keeps their size.");
                writer.Line($"double {locals["factor"]} = {temperature} * {temperature};");
            }
        }

        if (this.HasDivisor)
        {
            this.WriteDivisor();
        }

        if (this.HasGradients)
        {
            string upstream = method.Find(ParameterRole.GradOutput) is { Shape: ParameterShape.Scalar } gradOutput
                ? ScalarConversion.ToDouble(gradOutput.Element!.Value, gradOutput.Name)
                : "1.0";
            string value = this.TimesFactor(upstream) + (this.HasDivisor ? $" / {locals["divisor"]}" : string.Empty);
            writer.Line($"double {locals["gradientScale"]} = {value};");
        }
    }

    private void WriteDivisor()
    {
        bool dividesByFirstDimension = plan.Divisor == Divisor.Batch && method.Kernel.DataKind == DataKind.TensorSpan && this.Mask is null;
        string input = method.Find(ParameterRole.Input)!.Name;
        string value = dividesByFirstDimension ? $"{CSharp.Runtime}.TensorValidation.GetBatchSize({input}.Lengths)" : this.RowCount;
        writer.Comment($"{(dividesByFirstDimension ? "The first dimension" : "The rows that count")}; where there is none, the result is 0.");
        string classes = plan.Divisor == Divisor.Count ? $" * {loop.Classes}" : string.Empty;
        writer.Line($"double {locals["divisor"]} = (double)global::System.Math.Max({value}, 1){classes};");
    }

    /// <summary>Whether the factor of the gradients is another one for each row.</summary>
    public bool GradientScaleVaries => this.HasGradients && (method.Find(ParameterRole.Weights) is not null || this.RowGradOutput is not null);

    /// <summary>The upstream gradient of each row, if there is one.</summary>
    private ParameterSpec? RowGradOutput => method.Kernel.Reduction == Reduction.Row ? method.Find(ParameterRole.GradOutput) : null;

    /// <summary>The factor of a row's gradients.</summary>
    public string GradientScale(string row, string? weight)
    {
        string scale = locals["gradientScale"];
        if (this.RowGradOutput is { } gradOutput)
        {
            scale = $"{scale} * {ScalarConversion.ToDouble(gradOutput.Element!.Value, loop.RowValue(gradOutput, row))}";
        }

        return weight is null ? scale : $"{weight} * {scale}";
    }

    /// <summary>A product with the factor of the loss, if it has one.</summary>
    public string TimesFactor(string value) => this.Rows.TemperatureSquared && this.Temperature is not null
        ? (value == "1.0" ? locals["factor"] : $"{locals["factor"]} * {value}")
        : value;

    /// <summary>The result of the method, from the sum of the rows' losses.</summary>
    public string Result(string sum, string quotientName = "quotient")
    {
        string value = this.TimesFactor($"{sum}.Total");
        if (this.HasDivisor)
        {
            value = $"{value} / {locals["divisor"]}";
            if (plan.Accumulation == Accumulation.Reproducible)
            {
                // 0/0 has another sign on each processor family.
                string quotient = locals[quotientName];
                writer.Line($"double {quotient} = {value};");
                value = $"double.IsNaN({quotient}) ? double.NaN : {quotient}";
            }
        }

        return ScalarConversion.FromDouble(method.Kernel.Return.Element!.Value, value);
    }
}
