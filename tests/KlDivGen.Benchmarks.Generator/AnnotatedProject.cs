using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace KlDivGen.Benchmarks.Generator;

/// <summary>A project with many annotated methods of every kind, and one unrelated file.</summary>
internal static class AnnotatedProject
{
    /// <summary>The number of annotated methods.</summary>
    public const int Methods = 200;

    /// <summary>The number of files with annotated methods, which is also the index of the unrelated file.</summary>
    public const int Files = Methods / MethodsPerFile;

    private const int MethodsPerFile = 10;

    private static readonly CSharpParseOptions Options = new(LanguageVersion.Preview);

    private static readonly string[] Types = ["float", "double", "System.Half"];

    private static readonly string[] Dialects = ["paddle", "pytorch", "strict"];

    /// <summary>Parses the project. The unrelated file is the last one.</summary>
    public static CSharpCompilation Create() => CSharpCompilation.Create(
        "Annotated",
        [.. Enumerable.Range(0, Files).Select(AnnotatedFile), UnrelatedFile(0)],
        References(),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    /// <summary>The unrelated file after a number of edits.</summary>
    public static SyntaxTree UnrelatedFile(int edits) =>
        Parse($"class Unrelated {{ int Edits() => {edits}; }}", "Unrelated.cs");

    /// <summary>An annotated file after a number of edits to the body of a method that is not annotated.</summary>
    public static SyntaxTree EditedFile(int edits) =>
        Parse(AnnotatedText(0) + $"static partial class Losses0 {{ static int Edits() => {edits}; }}", "Losses0.cs");

    private static SyntaxTree AnnotatedFile(int file) => Parse(AnnotatedText(file), $"Losses{file}.cs");

    private static SyntaxTree Parse(string text, string path) =>
        CSharpSyntaxTree.ParseText(SourceText.From(text, Encoding.UTF8), Options, path);

    private static string AnnotatedText(int file)
    {
        StringBuilder text = new();
        text.AppendLine("using System; using KlDivGen;");
        text.AppendLine($"static partial class Losses{file}");
        text.AppendLine("{");
        for (int method = 0; method < MethodsPerFile; method++)
        {
            int kind = (file * MethodsPerFile) + method;
            string type = Types[kind % Types.Length];
            string data = $"ReadOnlySpan<{type}> input, ReadOnlySpan<{type}> target";
            (string reduction, string returns, string parameters) = (kind / 3 % 5) switch
            {
                0 => ("none", "void", data + $", Span<{type}> output"),
                1 => ("mean", type, data),
                2 => ("sum", "double", data),
                3 => ("batchmean", type, data + ", int batchSize"),
                _ => ("mean", type, data + $", Span<{type}> gradInput, Span<{type}> gradTarget"),
            };
            string logTarget = kind % 2 == 0 ? "true" : "false";
            string dialect = Dialects[kind / 7 % Dialects.Length];
            string deterministic = kind % 11 == 0 ? "true" : "false";
            text.AppendLine($"    [KLDivLoss(Reduction = \"{reduction}\", LogTarget = {logTarget},");
            text.AppendLine($"        Dialect = \"{dialect}\", Deterministic = {deterministic})]");
            text.AppendLine($"    public static partial {returns} Loss{method}({parameters});");
        }

        return text.AppendLine("}").ToString();
    }

    /// <summary>The assemblies of this program: the platform and the runtime library.</summary>
    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
}
