using System.Text;
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Columns;

namespace KlDivGen.Conformance.Matrix;

/// <summary>
/// Writes the matrix's source files: a class for each family, with an annotated method for each row and the table that calls
/// them. The command "matrix" writes them again; a test fails while they are not what this writes.
/// </summary>
internal static class Writer
{
    private static readonly string[] Types = ["Half", "float", "double"];

    /// <summary>The files, as name and text.</summary>
    public static IEnumerable<(string Name, string Text)> Files()
    {
        var families = Rows.All.GroupBy(row => row.Family).ToArray();
        foreach (var family in families)
        {
            yield return ($"{family.Key}.cs", Methods(family.Key, [.. family]));
            yield return ($"{family.Key}.Table.cs", Table(family.Key, [.. family]));
        }

        yield return ("Families.cs", Index([.. families.Select(f => f.Key)]));
    }

    private static string Header => "// Written by Matrix/Writer.cs: `dotnet run --project tests/KlDivGen.Conformance -- matrix`.\n";

    private static string Methods(string family, Settings[] rows)
    {
        var text = new StringBuilder(Header);
        if (rows[0].Tensor)
        {
            text.Append("using System.Numerics.Tensors;\n");
        }

        text.Append($"\nnamespace KlDivGen.Conformance.Matrix;\n\ninternal static partial class {family}\n{{\n");
        text.AppendJoin('\n', rows.Select(row => $"    [KLDivLoss({Arguments(row)})]\n{Signature(row)}"));
        return text.Append("}\n").ToString();
    }

    private static string Arguments(Settings row) =>
        string.Join(", ", ((string?[])
        [
            $"Reduction = Reductions.{row.Reduction}",
            row.LogTarget ? "LogTarget = true" : null,
            row.Dialect == Dialect.Paddle ? null : $"Dialect = Dialects.{row.Dialect}",
            row.Deterministic ? "Deterministic = true" : null,
        ]).OfType<string>());

    private static string Signature(Settings row)
    {
        var (read, write) = row.Tensor ? ("ReadOnlyTensorSpan", "TensorSpan") : ("ReadOnlySpan", "Span");
        string type = Name(row.Widest), result = row.Return is { } r ? Name(r) : "void";
        string?[] parameters =
        [
            $"{read}<{Name(row.Input)}> input",
            $"{read}<{Name(row.Target)}> target",
            row.WritesLoss ? $"{write}<{type}> output" : null,
            row.TakesBatchSize ? "int batchSize" : null,
            !row.Upstream ? null : row.Reduction == Reduction.None ? $"{read}<{type}> gradOutput" : $"{type} gradOutput",
            row.HasGradInput ? $"{write}<{type}> gradInput" : null,
            row.HasGradTarget ? $"{write}<{type}> gradTarget" : null,
        ];
        return $"    public static partial {result} {row.Name}(\n        {string.Join(", ", parameters.OfType<string>())});\n";
    }

    private static string Table(string family, Settings[] rows)
    {
        var text = new StringBuilder(Header);
        text.Append(
            $$"""
            using KlDivGen.Conformance.Arithmetic;
            using KlDivGen.Conformance.Columns;

            namespace KlDivGen.Conformance.Matrix;

            internal static partial class {{family}}
            {
                /// <summary>Every method of this family.</summary>
                public static Column[] Columns =>
                [

            """);
        string types = $"{Name(rows[0].Input)}, {Name(rows[0].Target)}, {Name(rows[0].Widest)}";
        foreach (var row in rows)
        {
            text.Append($"        new Column<{types}>(\n            new({Literal(row)}),\n");
            text.Append(row.Return is null
                ? $"            static (in o) => {{ {Call(row)}; return double.NaN; }}),\n"
                : $"            static (in o) => {(row.Return == Element.Half ? "(double)" : "")}{Call(row)}),\n");
        }

        return text.Append("    ];\n}\n").ToString();
    }

    private static string Call(Settings row)
    {
        string Read(string field, string like) => row.Tensor ? $"Tensors.Read(o.{field}, o.{like}Shape, o.{like}Strides)" : $"o.{field}";
        string Write(string field) => row.Tensor ? $"Tensors.Write(o.{field}, o.DestinationShape, o.DestinationStrides)" : $"o.{field}";
        string?[] arguments =
        [
            Read("Input", "Input"),
            Read("Target", "Target"),
            row.WritesLoss ? Write("Output") : null,
            row.TakesBatchSize ? "o.BatchSize" : null,
            !row.Upstream ? null : row.Reduction == Reduction.None ? Read("GradOutputs", "Destination") : "o.GradOutput",
            row.HasGradInput ? Write("GradInput") : null,
            row.HasGradTarget ? Write("GradTarget") : null,
        ];
        string between = row.Tensor ? ",\n                " : ", ";
        return $"{row.Name}({(row.Tensor ? "\n                " : "")}{string.Join(between, arguments.OfType<string>())})";
    }

    private static string Literal(Settings row)
    {
        static string Bool(bool value) => value ? "true" : "false";
        string result = row.Return is { } r ? $"Element.{r}" : "null";
        string outputs = string.Join(" | ", $"{row.Outputs}".Split(", ").Select(o => $"Outputs.{o}"));
        return $"Reduction.{row.Reduction}, {Bool(row.LogTarget)}, Dialect.{row.Dialect}, {Bool(row.Deterministic)}, {Bool(row.Tensor)}, "
            + $"Element.{row.Input}, Element.{row.Target}, {result},\n                {outputs}, {Bool(row.Upstream)}";
    }

    private static string Index(string[] families) =>
        $$"""
        {{Header}}using KlDivGen.Conformance.Columns;

        namespace KlDivGen.Conformance.Matrix;

        /// <summary>Every family of the matrix.</summary>
        internal static class Families
        {
            /// <summary>The families' names, in order.</summary>
            public static string[] Names => [{{string.Join(", ", families.Select(f => $"\"{f}\""))}}];

            /// <summary>The methods of one family.</summary>
            public static Column[] Of(string family) => family switch
            {
        {{string.Join("\n", families.Select(f => $"        \"{f}\" => {f}.Columns,"))}}
                _ => throw new ArgumentOutOfRangeException(nameof(family), family, "There is no such family."),
            };
        }

        """;

    private static string Name(Element element) => Types[(int)element];
}
