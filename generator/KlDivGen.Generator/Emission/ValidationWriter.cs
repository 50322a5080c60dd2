using KlDivGen.Generator.Model;

namespace KlDivGen.Generator.Emission;

/// <summary>Spells the validation of the user's arguments, all of it before anything is written.</summary>
internal sealed class ValidationWriter(SourceWriter writer, MethodSpec method, bool canForceSlowPath, LocalNames locals)
{
    private readonly string input = method.Find(ParameterRole.Input)!.Name;
    private readonly bool isSpan = method.Kernel.DataKind == DataKind.Span;

    private string Validation => $"{CSharp.Runtime}.{(this.isSpan ? "SpanValidation" : "TensorValidation")}";

    private IEnumerable<ParameterSpec> Data => method.Parameters.Where(parameter => parameter.Shape != ParameterShape.Scalar);

    private IEnumerable<ParameterSpec> Sources => this.Data.Where(data => data.Role.Info().Direction == Direction.Source);

    private ParameterSpec[] Destinations => this.Data.Where(data => data.Role.Info().Direction == Direction.Destination).ToArray();

    public void Write()
    {
        foreach (ParameterSpec data in this.Data.Where(data => data.Role != ParameterRole.Input))
        {
            bool isDestination = data.Role.Info().Direction == Direction.Destination;
            string check = !this.isSpan ? "ThrowIfShapesDiffer" : isDestination ? "ThrowIfTooShort" : "ThrowIfLengthsDiffer";
            string length = this.isSpan ? "Length" : "Lengths";
            writer.Line($"{this.Validation}.{check}({data.Name}.{length}, {this.input}.{length}, {Quoted(data)});");
        }

        if (method.Find(ParameterRole.BatchSize) is { } batchSize)
        {
            writer.Line($"{this.Validation}.ValidateBatchSize({batchSize.Name}, {this.input}.Length, {Quoted(batchSize)});");
        }

        WriteDegree(writer, method);
        foreach (ParameterSpec destination in this.isSpan ? [] : this.Destinations)
        {
            writer.Line($"{this.Validation}.ThrowIfSelfOverlapping({destination.Name}.Lengths, {destination.Name}.Strides, {Quoted(destination)});");
        }

        this.WriteSourceOverlap();
        this.WriteDestinationOverlap();
    }

    /// <summary>Checks the maximum number of threads, where the method has it.</summary>
    public static void WriteDegree(SourceWriter writer, MethodSpec method)
    {
        if (method.Find(ParameterRole.MaxDegreeOfParallelism) is { } degree)
        {
            writer.Line($"{CSharp.Runtime}.ParallelLoop.ValidateDegree({degree.Name}, {Quoted(degree)});");
        }
    }

    /// <summary>A parameter's name as a string: <c>nameof</c> may be a parameter itself.</summary>
    private static string Quoted(ParameterSpec parameter) => $"\"{parameter.UnescapedName}\"";

    private static string Element(ParameterSpec parameter) => parameter.Element!.Value.ToCSharp();

    /// <summary>Checks every pair, without short circuit: each call also throws for a partial overlap.</summary>
    private void WriteSourceOverlap()
    {
        string[] pairs = this.Destinations
            .SelectMany(_ => this.Sources, (destination, source) =>
                $"{this.Validation}.ValidateOverlap<{Element(destination)}, {Element(source)}>({destination.Name}, {source.Name}, {Quoted(destination)})")
            .ToArray();
        if (pairs.Length == 0)
        {
            return;
        }

        if (canForceSlowPath)
        {
            writer.Comment("In place, a block cannot be read a second time: it takes the slow path at once.");
        }

        // Where the result does not matter, it is not assigned to a discard, which may be a parameter's name.
        string forceSlowPath = locals["forceSlowPath"];
        writer.Line($"{(canForceSlowPath ? $"bool {forceSlowPath} = " : string.Empty)}{pairs[0]};");
        foreach (string pair in pairs.Skip(1))
        {
            writer.Line($"{(canForceSlowPath ? forceSlowPath + " |= " : string.Empty)}{pair};");
        }
    }

    private void WriteDestinationOverlap()
    {
        ParameterSpec[] destinations = this.Destinations;
        for (int second = 1; second < destinations.Length; second++)
        {
            for (int first = 0; first < second; first++)
            {
                string length = this.isSpan ? $"{this.input}.Length, " : string.Empty;
                writer.Line($"{this.Validation}.ThrowIfOverlapping<{Element(destinations[second])}, {Element(destinations[first])}>"
                    + $"({destinations[second].Name}, {destinations[first].Name}, {length}{Quoted(destinations[second])});");
            }
        }
    }
}
