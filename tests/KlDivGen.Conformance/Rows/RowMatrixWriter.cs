using System.Globalization;
using System.Text;
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Matrix;

namespace KlDivGen.Conformance.Rows;

/// <summary>Writes the source files of <see cref="RowMatrix"/>, as <c>MatrixWriter</c> does those of the matrix of elements.</summary>
internal static class RowMatrixWriter
{
    /// <summary>Returns the names and the texts of all files.</summary>
    /// <param name="header">The beginning of each file.</param>
    public static IEnumerable<(string Name, string Text)> Files(string header)
    {
        IGrouping<string, RowSettings>[] groups = [.. RowMatrix.All.GroupBy(row => row.Group)];
        foreach (IGrouping<string, RowSettings> group in groups)
        {
            yield return ($"{group.Key}.cs", Group(header, group.Key, [.. group]));
        }

        yield return ("RowGroups.cs", Index(header, [.. groups.Select(group => group.Key)]));
    }

    private static string Group(string header, string name, RowSettings[] rows)
    {
        StringBuilder text = new(header);
        text.Append(rows[0].IsTensor ? "using System.Numerics.Tensors;\n" : "");
        text.Append(
            $$"""
            using KlDivGen.Conformance.Arithmetic;
            using KlDivGen.Conformance.Cases;
            using KlDivGen.Conformance.Rows;

            namespace KlDivGen.Conformance.Matrix;

            internal static partial class {{name}}
            {
                /// <summary>Every method of this group.</summary>
                public static RowCase[] Cases =>
                [

            """);
        MatrixSample.Append(text, rows, MatrixSample.Contains, Case);
        text.Append("    ];\n");
        MatrixSample.Append(text, rows, MatrixSample.Contains, row => $"\n    [KLDivLoss({Arguments(row)})]\n{Signature(row)}");

        return text.Append("}\n").ToString();
    }

    private static string Case(RowSettings row)
    {
        string call = Call(row);
        return $"        new RowCase<{row.Input.ToCSharp()}, {row.Target.ToCSharp()}, {row.PromotedType.ToCSharp()}>(\n"
            + $"            new({Literal(row)}),\n"
            + (row.Return is not { } returned ? $"            static (in o) => {{ {call}; return double.NaN; }}),\n"
                : returned.HasSixteenBits() ? $"            static (in o) => Element.ToDouble({call})),\n"
                : $"            static (in o) => {call}),\n");
    }

    private static string Arguments(RowSettings row) =>
        string.Join(", ", ((string?[])
        [
            $"Reduction = Reductions.{row.Reduction}",
            row.InputLogits ? "InputLogits = true" : null,
            row.TargetLogits ? "TargetLogits = true" : null,
            row.LogTarget ? "LogTarget = true" : null,
            row.Divergence == Divergence.Forward ? null : $"Divergence = Divergences.{row.Divergence}",
            row.Divergence == Divergence.JensenShannon ? $"Beta = {Settings.Beta.ToString(CultureInfo.InvariantCulture)}" : null,
            row.Temperature == TemperatureSource.Two ? "Temperature = 2" : row.Temperature == TemperatureSource.Fraction ? "Temperature = 0.7" : null,
            row.IsSquared ? "TemperatureSquared = true" : null,
            row.Dialect == Dialect.Paddle ? null : $"Dialect = Dialects.{row.Dialect}",
            row.Deterministic ? "Deterministic = true" : null,
            row.IsParallel ? "Parallel = true" : null,
        ]).OfType<string>());

    private static string Signature(RowSettings row)
    {
        (string read, string write) = row.IsTensor ? ("ReadOnlyTensorSpan", "TensorSpan") : ("ReadOnlySpan", "Span");
        string type = row.PromotedType.ToCSharp(), result = Result(row);
        string?[] parameters =
        [
            $"{read}<{row.Input.ToCSharp()}> input",
            $"{read}<{row.Target.ToCSharp()}> target",
            row.IsTensor ? null : "int classes",
            row.TakesTemperature ? $"{(row.Temperature == TemperatureSource.Single ? "float" : "double")} temperature" : null,
            row.HasMask ? "ReadOnlySpan<bool> mask" : null,
            row.HasWeights ? $"ReadOnlySpan<{type}> weights" : null,
            row.HasOutput ? $"{write}<{type}> output" : null,
            row.HasGradOutputs ? $"{read}<{row.GradOutput!.Value.ToCSharp()}> gradOutput"
                : row.GradOutput is { } gradOutput ? $"{gradOutput.ToCSharp()} gradOutput" : null,
            row.HasGradInput ? $"{write}<{type}> gradInput" : null,
            row.HasGradTarget ? $"{write}<{type}> gradTarget" : null,
            row.IsParallel ? "int maxDegreeOfParallelism" : null,
        ];
        return $"    public static partial {result} {row.Name}(\n        {string.Join(", ", parameters.OfType<string>())});\n";
    }

    private static string Result(RowSettings row) =>
        row.ReturnsPartialLoss ? "PartialLoss" : row.Return is { } returned ? returned.ToCSharp() : "void";

    private static string Call(RowSettings row)
    {
        string Data(string field, string layout) => row.IsTensor ? $"o.{layout}.Over(o.{field})" : $"o.{field}";
        string? ScalarGradOutput() => row.GradOutput is not { } type ? null
            : type == ElementType.Double ? "o.GradOutput"
            : type == ElementType.Single ? "(float)o.GradOutput"
            : $"Element.FromDouble<{type.ToCSharp()}>(o.GradOutput)";
        string perRow = row.IsPerRow ? "RowLayout" : "DestinationLayout";
        string?[] arguments =
        [
            Data("Input", "InputLayout"),
            Data("Target", "TargetLayout"),
            row.IsTensor ? null : "o.Classes",
            row.TakesTemperature ? $"{(row.Temperature == TemperatureSource.Single ? "(float)" : "")}o.Temperature" : null,
            row.HasMask ? "o.Mask" : null,
            row.HasWeights ? "o.Weights" : null,
            row.HasOutput ? Data("Output", perRow) : null,
            row.HasGradOutputs ? Data("GradOutputs", perRow) : ScalarGradOutput(),
            row.HasGradInput ? Data("GradInput", "DestinationLayout") : null,
            row.HasGradTarget ? Data("GradTarget", "DestinationLayout") : null,
            row.IsParallel ? "o.MaxDegreeOfParallelism" : null,
        ];
        return $"{row.Name}(\n                {string.Join(", ", arguments.OfType<string>())})" + (row.ReturnsPartialLoss ? ".Sum" : "");
    }

    private static string Literal(RowSettings row)
    {
        static string Bool(bool value) => value ? "true" : "false";
        static string Type(ElementType? type) => type is { } element ? $"ElementType.{element}" : "null";
        string outputs = string.Join(" | ", $"{row.Outputs}".Split(", ").Select(output => $"Outputs.{output}"));
        return $"RowForm.{row.Form}, Divergence.{row.Divergence}, Reduction.{row.Reduction}, Dialect.{row.Dialect}, {Bool(row.Deterministic)}, "
            + $"{Bool(row.IsTensor)}, {Type(row.Input)}, {Type(row.Target)},\n                {Bool(row.ReturnsDouble)}, {outputs}, "
            + $"{Type(row.GradOutput)}, TemperatureSource.{row.Temperature}, {Bool(row.IsSquared)}, {Bool(row.HasMask)}, {Bool(row.HasWeights)}"
            + (row.IsParallel ? ", IsParallel: true" : "")
            + (row.ReturnsPartialLoss ? ", ReturnsPartialLoss: true" : "");
    }

    private static string Index(string header, string[] groups) =>
        $$"""
        {{header}}using KlDivGen.Conformance.Rows;

        namespace KlDivGen.Conformance.Matrix;

        /// <summary>Every group of methods that compute row by row.</summary>
        internal static class RowGroups
        {
            /// <summary>The names of the groups.</summary>
            public static string[] Names { get; } =
            [
        {{string.Join("\n", groups.Select(group => $"        \"{group}\","))}}
            ];

            /// <summary>Returns the methods of one group.</summary>
            public static RowCase[] Get(string group) => group switch
            {
        {{string.Join("\n", groups.Select(group => $"        \"{group}\" => {group}.Cases,"))}}
                _ => throw new ArgumentOutOfRangeException(nameof(group), group, "There is no such group."),
            };
        }

        """;
}
