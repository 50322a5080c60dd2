using KlDivGen.Generator.Model;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// Spells the validation of the arguments of a method that computes row by row, all of it before anything is written, and declares the
/// number of rows.
/// </summary>
internal sealed class RowValidationWriter(SourceWriter writer, MethodSpec method, bool canForceSlowPath, LocalNames locals)
{
    private const string Rows = CSharp.Runtime + ".RowValidation";

    private readonly string input = method.Find(ParameterRole.Input)!.Name;
    private readonly bool isSpan = method.Kernel.DataKind == DataKind.Span;

    private string Elements => $"{CSharp.Runtime}.{(this.isSpan ? "SpanValidation" : "TensorValidation")}";

    private ParameterSpec[] Data => [.. method.Parameters.Where(parameter => parameter.Shape != ParameterShape.Scalar)];

    public void Write()
    {
        this.WriteCounts();
        foreach (ParameterSpec data in this.Data.Where(data => data.Role != ParameterRole.Input))
        {
            writer.Line(this.LengthCheck(data) + ";");
        }

        if (method.Find(ParameterRole.Temperature) is { } temperature)
        {
            string roundsToSingle = method.Kernel.ComputeType == ElementType.Single ? "true" : "false";
            string check = method.Kernel.Rows!.TemperatureSquared ? "ValidateSquaredTemperature" : "ValidateTemperature";
            writer.Line($"{Rows}.{check}({temperature.Name}, {roundsToSingle}, {Quoted(temperature)});");
        }

        ValidationWriter.WriteDegree(writer, method);
        this.WriteOverlap();
    }

    private static string Quoted(ParameterSpec parameter) => $"\"{parameter.UnescapedName}\"";

    private static string Element(ParameterSpec parameter) => parameter.Element?.ToCSharp() ?? "bool";

    private static bool IsDestination(ParameterSpec parameter) => parameter.Role.Info().Direction == Direction.Destination;

    private static bool IsSpan(ParameterSpec parameter) => parameter.Shape is ParameterShape.Span or ParameterShape.ReadOnlySpan;

    /// <summary>Whether data has one element for each row, rather than for each class of a row.</summary>
    private bool IsPerRow(ParameterSpec parameter) => parameter.Role is ParameterRole.Mask or ParameterRole.Weights
        || (method.Kernel.Reduction == Reduction.Row && parameter.Role is (ParameterRole.Output or ParameterRole.GradOutput));

    private void WriteCounts()
    {
        string rows = locals["rows"];
        if (this.isSpan)
        {
            ParameterSpec classes = method.Find(ParameterRole.Classes)!;
            writer.Line($"int {rows} = {Rows}.GetRowCount({classes.Name}, {this.input}.Length, {Quoted(classes)});");
            return;
        }

        writer.Line($"{locals.NInt} {rows} = {Rows}.GetRowCount({this.input}.Lengths), {locals["classes"]} = {Rows}.GetClasses({this.input}.Lengths);");
    }

    private string LengthCheck(ParameterSpec data)
    {
        if (!this.IsPerRow(data))
        {
            string check = !this.isSpan ? "ThrowIfShapesDiffer" : IsDestination(data) ? "ThrowIfTooShort" : "ThrowIfLengthsDiffer";
            string length = this.isSpan ? "Length" : "Lengths";
            return $"{this.Elements}.{check}({data.Name}.{length}, {this.input}.{length}, {Quoted(data)})";
        }

        return !IsSpan(data) ? $"{Rows}.ThrowIfNotOnePerRow({data.Name}.Lengths, {this.input}.Lengths, {Quoted(data)})"
            : IsDestination(data) ? $"{Rows}.ThrowIfFewerThanRows({data.Name}.Length, {locals["rows"]}, {Quoted(data)})"
            : $"{Rows}.ThrowIfNotOnePerRow({data.Name}.Length, {locals["rows"]}, {Quoted(data)})";
    }

    private void WriteOverlap()
    {
        ParameterSpec[] destinations = [.. this.Data.Where(IsDestination)];
        ParameterSpec[] sources = [.. this.Data.Where(data => !IsDestination(data))];
        foreach (ParameterSpec destination in this.isSpan ? [] : destinations)
        {
            writer.Line($"{this.Elements}.ThrowIfSelfOverlapping({destination.Name}.Lengths, {destination.Name}.Strides, {Quoted(destination)});");
        }

        if (canForceSlowPath)
        {
            writer.Comment("In place, a block cannot be read a second time: it takes the slow path at once.");
            writer.Line($"bool {locals["forceSlowPath"]} = false;");
        }

        foreach (ParameterSpec destination in destinations)
        {
            foreach (ParameterSpec source in sources)
            {
                this.WriteOverlap(destination, source);
            }
        }

        for (int second = 1; second < destinations.Length; second++)
        {
            for (int first = 0; first < second; first++)
            {
                writer.Line($"{Rows}.ThrowIfDestinationsOverlap<{Element(destinations[second])}, {Element(destinations[first])}>"
                    + $"({this.Written(destinations[second])}, {this.Written(destinations[first])}, {Quoted(destinations[second])});");
            }
        }
    }

    /// <summary>A destination may be exactly the same memory as a source of its shape. Other data it must not touch.</summary>
    private void WriteOverlap(ParameterSpec destination, ParameterSpec source)
    {
        string types = $"<{Element(destination)}, {Element(source)}>";
        if (this.IsPerRow(destination) == this.IsPerRow(source) && IsSpan(destination) == IsSpan(source))
        {
            string forced = canForceSlowPath && !this.IsPerRow(destination) ? $"{locals["forceSlowPath"]} |= " : string.Empty;
            string validation = IsSpan(destination) ? $"{CSharp.Runtime}.SpanValidation" : this.Elements;
            writer.Line($"{forced}{validation}.ValidateOverlap{types}({destination.Name}, {source.Name}, {Quoted(destination)});");
            return;
        }

        string data = this.isSpan || !IsSpan(source)
            ? source.Name
            : $"new global::System.Numerics.Tensors.ReadOnlyTensorSpan<{Element(source)}>({source.Name})";
        writer.Line($"{Rows}.ThrowIfOverlapping{types}({this.Written(destination)}, {data}, {Quoted(destination)});");
    }

    /// <summary>The elements of a destination that are written.</summary>
    private string Written(ParameterSpec destination) => !IsSpan(destination) ? destination.Name
        : this.IsPerRow(destination) ? $"{destination.Name}.Slice(0, {locals["rows"]})"
        : $"{destination.Name}.Slice(0, {this.input}.Length)";
}
