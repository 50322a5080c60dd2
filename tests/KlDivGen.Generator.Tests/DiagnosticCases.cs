namespace KlDivGen.Generator.Tests;

/// <summary>Sources with one error each: the ID, the source with the location marked, and a part of the message.</summary>
internal static class DiagnosticCases
{
    private const string Good = "(ReadOnlySpan<float> x, ReadOnlySpan<float> y)";

    /// <summary>Diagnostics whose tests need more than a source: a language version, or properties of the project.</summary>
    public static IReadOnlyList<string> TestedElsewhere { get; } = ["KLDIV007", "KLDIV023", "KLDIV024", "KLDIV025"];

    public static IEnumerable<TheoryDataRow<string, string, string>> All =>
    [
        .. Declarations, .. Settings, .. Types, .. Roles, .. Returns, .. RowDiagnosticCases.All,
    ];

    private static IEnumerable<TheoryDataRow<string, string, string>> Declarations =>
    [
        Case("KLDIV001", In($"[KLDivLoss] public static float [|Loss|]{Good};"), "'Loss' has [KLDivLoss] and must be partial"),
        Case("KLDIV001", "partial interface ILosses { [KLDivLoss] float [|Loss|]" + Good + "; }", "must be partial"),
        Case("KLDIV002", In($"[KLDivLoss] public static partial float Loss{Good} [|{{ return 0; }}|]"), "must not have a body"),
        Case("KLDIV002", In($"[KLDivLoss] public static partial float Loss{Good} [|=> 0|];"), "must not have a body"),
        Case(
            "KLDIV002",
            In($"public static partial float Loss{Good}; [KLDivLoss] public static partial float Loss{Good} [|=> 0|];"),
            "must not have a body"),
        Case("KLDIV003", $"static class [|Losses|] {{ [KLDivLoss] public static partial float Loss{Good}; }}", "'Losses' contains"),
        Case(
            "KLDIV003",
            $"class [|Outer|] {{ static partial class Losses {{ [KLDivLoss] public static partial float Loss{Good}; }} }}",
            "'Outer' contains the [KLDivLoss] method 'Loss' and must be partial"),
        Case(
            "KLDIV004",
            $"[|file|] static partial class Losses {{ [KLDivLoss] public static partial float Loss{Good}; }}",
            "'Losses' is local to its file"),
        Case("KLDIV005", $"class C {{ void M() {{ [KLDivLoss] float [|Loss|]{Good} => 0; }} }}", "A local function cannot"),
        Case("KLDIV005", "class C { Action F() => [[|KLDivLoss|]] () => { }; }", "A lambda cannot"),
        Case("KLDIV005", "class C { int P { [KLDivLoss] [|get|] => 0; } }", "An accessor cannot"),
        Case("KLDIV005", "class C { [KLDivLoss] public static C operator [|+|](C a, C b) => a; }", "An operator cannot"),
        Case("KLDIV005", "class C { [KLDivLoss] public static implicit operator [|int|](C a) => 0; }", "A conversion operator cannot"),
        Case(
            "KLDIV005",
            $"interface I {{ float Loss{Good}; }} partial class C : I {{ [KLDivLoss] partial float I.[|Loss|]{Good}; }}",
            "An explicit interface implementation cannot"),
        Case("KLDIV005", $"[KLDivLoss] public static partial float [|Loss|]{Good};", "cannot have [KLDivLoss]"),
        Case("KLDIV006", In($"[KLDivLoss] public static [|async|] partial float Loss{Good};"), "'Loss' has [KLDivLoss] and cannot be async"),
        Case("KLDIV006", In($"[KLDivLoss] public static [|extern|] partial float Loss{Good};"), "cannot be extern"),
        Case(
            "KLDIV006",
            $"abstract partial class C {{ [KLDivLoss] public [|abstract|] partial float Loss{Good}; }}",
            "cannot be abstract"),
    ];

    private static IEnumerable<TheoryDataRow<string, string, string>> Settings =>
    [
        Case(
            "KLDIV008",
            In($"[KLDivLoss(Reduction = [|\"batchMean\"|])] public static partial float Loss{Good};"),
            "\"batchMean\" is not a reduction. Did you mean \"batchmean\"? Allowed are \"none\", \"mean\", \"sum\", \"batchmean\" and \"row\"."),
        Case(
            "KLDIV008",
            In($"[KLDivLoss(LogTarget = true, Reduction = [|Word + \"m\"|])] public static partial float Loss{Good}; const string Word = \"sun\";"),
            "\"sunm\" is not a reduction. Did you mean \"sum\"?"),
        Case("KLDIV008", In($"[KLDivLoss(Reduction = [|null|])] public static partial float Loss{Good};"), "null is not a reduction"),
        Case("KLDIV008", In($"[KLDivLoss(Reduction = [|\"\"|])] public static partial float Loss{Good};"), "\"\" is not a reduction"),
        Case("KLDIV008", In($"[KLDivLoss(Reduction = [|5|])] public static partial float Loss{Good};"), "5 is not a reduction"),
        Case(
            "KLDIV008",
            In($"[KLDivLoss(Reduction = [|Word|])] public static partial float Loss{Good}; static string Word = \"sum\";"),
            "Word is not a reduction"),
        Case(
            "KLDIV009",
            In($"[KLDivLoss(Dialect = [|\"torch\"|])] public static partial float Loss{Good};"),
            "\"torch\" is not a dialect. Did you mean \"pytorch\"? Allowed are \"paddle\", \"pytorch\" and \"strict\"."),
        Case("KLDIV009", In($"[KLDivLoss(Dialect = [|nameof(Dialects.Strict)|])] public static partial float Loss{Good};"), "\"strict\"?"),
    ];

    private static IEnumerable<TheoryDataRow<string, string, string>> Types =>
    [
        Case("KLDIV012", In("[KLDivLoss] public static partial float Loss([|ref|] Span<float> x, Span<float> y);"), "cannot be 'ref'"),
        Case(
            "KLDIV012",
            In("[KLDivLoss(Reduction = \"none\")] public static partial void Loss(Span<float> x, Span<float> y, [|out|] Span<float> output);"),
            "Parameter 'output' cannot be 'out'; pass it by value, 'in' or 'ref readonly'"),
        Case(
            "KLDIV013",
            In("[KLDivLoss] public static partial float Loss([|float[]|] x, ReadOnlySpan<float> y);"),
            "Parameter 'x' cannot be of type 'float[]'; allowed: ReadOnlySpan<T>, Span<T>, ReadOnlyTensorSpan<T> or TensorSpan<T>"),
        Case("KLDIV013", In("[KLDivLoss] public static partial float Loss(ReadOnlySpan<float> x, [|Span<int>|] y);"), "float, double, Half, Microsoft.ML.OnnxRuntime.Float16"),
        Case("KLDIV013", In("[KLDivLoss] public static partial float Loss([|Span<Mine.BFloat16>|] x, Span<float> y);") + Mine, "or Microsoft.ML.OnnxRuntime.BFloat16"),
        Case(
            "KLDIV013",
            In("[KLDivLoss] public static partial float Loss([|Span<TorchSharp.BFloat16>|] x, Span<float> y);")
                + "namespace TorchSharp { public struct BFloat16 { private float value; } }",
            "'Span<BFloat16>'"),
        Case("KLDIV013", In("[KLDivLoss] public static partial float Loss([|float|] x, ReadOnlySpan<float> y);"), "ReadOnlySpan<T>"),
        Case("KLDIV013", In("[KLDivLoss] public static partial float Loss([|Unknown|] x, ReadOnlySpan<float> y);"), "'Unknown'"),
        Case("KLDIV013", In("[KLDivLoss] public static partial float Loss<T>([|Span<T>|] x, Span<float> y) where T : struct;"), "'Span<T>'"),
        Case("KLDIV013", In("[KLDivLoss] public static partial float Loss([|Mine.Span<float>|] x, Span<float> y);") + Mine, "'Span<float>'"),
        Case(
            "KLDIV013",
            In("[KLDivLoss(Reduction = \"batchmean\")] public static partial float Loss(Span<float> x, Span<float> y, [|long|] batchSize);"),
            "Parameter 'batchSize' cannot be of type 'long'; allowed: int"),
        Case(
            "KLDIV013",
            In("[KLDivLoss(Reduction = \"none\")] public static partial void Loss(Span<float> x, Span<float> y, [|float|] output);"),
            "Span<T> or TensorSpan<T>"),
        Case(
            "KLDIV013",
            In("""
               [KLDivLoss]
               public static partial float Loss(Span<float> x, Span<float> y, [|Span<float>|] gradOutput, Span<float> gradInput);
               """),
            "allowed: float or double, like the loss of reduction \"mean\""),
        Case(
            "KLDIV013",
            In("""
               [KLDivLoss(Reduction = "none")]
               public static partial void Loss(Span<float> x, Span<double> y, [|double|] gradOutput, Span<float> gradInput);
               """),
            "allowed: ReadOnlySpan<double> or Span<double>, like the loss of reduction \"none\""),
        Case(
            "KLDIV014",
            In("[KLDivLoss] public static partial float Loss(ReadOnlySpan<float> x, [|ReadOnlyTensorSpan<float>|] y);"),
            "Parameter 'y' is a tensor span, but the input is a span"),
        Case(
            "KLDIV014",
            In("[KLDivLoss] public static partial float Loss(TensorSpan<float> x, TensorSpan<float> y, [|Span<float>|] gradInput);"),
            "Parameter 'gradInput' is a span, but the input is a tensor span"),
        Case(
            "KLDIV015",
            In("""
               [KLDivLoss(Reduction = "none")]
               public static partial void Loss(Span<float> x, Span<float> y, [|ReadOnlySpan<float>|] output);
               """),
            "Parameter 'output' is written to and cannot be read-only; its type must be Span<float>"),
        Case(
            "KLDIV015",
            In("[KLDivLoss] public static partial float Loss(TensorSpan<Half> x, TensorSpan<Half> y, [|ReadOnlyTensorSpan<Half>|] gradTarget);"),
            "must be TensorSpan<Half>"),
        Case(
            "KLDIV016",
            In("""
               [KLDivLoss(Reduction = "none")]
               public static partial void Loss(Span<float> x, Span<double> y, [|Span<float>|] output);
               """),
            "Parameter 'output' holds float values; it must hold double values"),
        Case(
            "KLDIV016",
            In("""
               [KLDivLoss(Reduction = "none")]
               public static partial void Loss(Span<TorchSharp.BFloat16> x, Span<float> y, Span<float> output, [|Span<System.Numerics.BFloat16>|] gradInput);
               """),
            "Parameter 'gradInput' holds System.Numerics.BFloat16 values; it must hold TorchSharp.BFloat16 or float values"),
        Case(
            "KLDIV016",
            In("[KLDivLoss(Reduction = \"none\")] public static partial void Loss(Span<Half> x, Span<TorchSharp.BFloat16> y, [|Span<Half>|] output);"),
            "it must hold float values"),
        Case(
            "KLDIV016",
            In("[KLDivLoss] public static partial float Loss(Span<Half> x, Span<float> y, [|Span<double>|] gradInput);"),
            "Parameter 'gradInput' holds double values; it must hold Half or float values"),
        Case(
            "KLDIV016",
            In("[KLDivLoss] public static partial float Loss(Span<Half> x, Span<float> y, [|Span<Half>|] gradTarget);"),
            "must hold float values"),
        Case(
            "KLDIV016",
            In("[KLDivLoss] public static partial float Loss(Span<float> x, Span<float> y, Span<float> gradInput, [|Half|] gradOutput);"),
            "must hold float or double values"),
    ];

    private static IEnumerable<TheoryDataRow<string, string, string>> Roles =>
    [
        Case("KLDIV010", In("[KLDivLoss] public static partial float [|Loss|]();"), "'Loss' has no input and no target"),
        Case("KLDIV010", In("[KLDivLoss] public static partial float [|Loss|](ReadOnlySpan<float> x);"), "'Loss' has no target"),
        Case(
            "KLDIV011",
            In("[KLDivLoss] public static partial float Loss(Span<float> a, Span<float> b, ReadOnlySpan<float> [|target|]);"),
            "'target' is not the name of a role. Did you mean 'gradTarget'? After the input and the target, allowed are 'output', "
            + "'batchSize', 'gradOutput', 'gradInput', 'gradTarget', 'classes', 'temperature', 'mask', 'weights' and 'maxDegreeOfParallelism'."),
        Case(
            "KLDIV011",
            In("[KLDivLoss] public static partial float Loss(Span<float> a, Span<float> b, int [|@batchsize|] = 1);"),
            "'batchsize' is not the name of a role. Did you mean 'batchSize'?"),
        Case(
            "KLDIV017",
            In("[KLDivLoss(Reduction = \"none\")] public static partial void [|Loss|](Span<float> x, Span<double> y);"),
            "needs a parameter 'Span<double> output'"),
        Case(
            "KLDIV017",
            In("[KLDivLoss(Reduction = \"none\")] public static partial void [|Loss|](TensorSpan<Half> x, TensorSpan<Half> y);"),
            "needs a parameter 'TensorSpan<Half> output'"),
        Case(
            "KLDIV018",
            In("[KLDivLoss(Reduction = \"sum\")] public static partial float Loss(Span<float> x, Span<float> y, Span<float> [|output|]);"),
            "Reduction \"sum\" returns one number and does not use 'output'; remove it, or set Reduction to \"none\" or \"row\""),
        Case(
            "KLDIV019",
            In($"[KLDivLoss(Reduction = Reductions.BatchMean)] public static partial float [|Loss|]{Good};"),
            "needs a parameter 'int batchSize'"),
        Case(
            "KLDIV019",
            In("[KLDivLoss(Reduction = \"batchmean\")] static partial float [|Loss|](Span<float> x, Span<float> batchSize);"),
            "; rename the target 'batchSize': the first two parameters have their roles by position"),
        Case(
            "KLDIV019",
            In("[KLDivLoss(Reduction = \"batchmean\")] static partial float [|Loss|](Span<float> x, Span<float> y = default);"),
            "; the target 'y' must not be optional, since 'batchSize' follows it"),
        Case(
            "KLDIV026",
            "namespace KlDivGen { class Generated { } } " + In($"[[|KLDivLoss|]] static partial float Loss{Good};"),
            "The type 'Generated' has the name of a namespace"),
        Case(
            "KLDIV020",
            In("[KLDivLoss] public static partial float Loss(Span<float> x, Span<float> y, int [|batchSize|]);"),
            "reduction \"mean\" does not divide by it"),
        Case(
            "KLDIV020",
            In("""
               [KLDivLoss(Reduction = "batchmean")]
               public static partial float Loss(TensorSpan<float> x, TensorSpan<float> y, int [|batchSize|]);
               """),
            "it is the first dimension of the tensor spans"),
        Case(
            "KLDIV021",
            In("[KLDivLoss] public static partial float Loss(Span<float> x, Span<float> y, float [|gradOutput|]);"),
            "add 'gradInput' or 'gradTarget'"),
    ];

    private static IEnumerable<TheoryDataRow<string, string, string>> Returns =>
    [
        Case(
            "KLDIV022",
            In($"[KLDivLoss] public static partial [|int|] Loss{Good};"),
            "'Loss' returns 'int'; with reduction \"mean\" it must return float or double"),
        Case("KLDIV022", In($"[KLDivLoss] public static partial [|ref float|] Loss{Good};"), "it must return float or double"),
        Case("KLDIV022", In($"[KLDivLoss] public static partial [|Half|] Loss{Good};"), "it must return float or double"),
        Case("KLDIV022", In("[KLDivLoss] public static partial [|float|] Loss(Span<double> x, Span<double> y);"), "it must return double"),
        Case(
            "KLDIV022",
            In($"[KLDivLoss] static partial [|void|] Loss{Good};"),
            "it must return float or double, or compute a gradient: add a parameter 'gradInput' or 'gradTarget'"),
        Case(
            "KLDIV022",
            In("[KLDivLoss] public static partial [|Half|] Loss(Span<TorchSharp.BFloat16> x, Span<TorchSharp.BFloat16> y);"),
            "it must return TorchSharp.BFloat16, float or double"),
        Case(
            "KLDIV022",
            In("[KLDivLoss] public static partial [|string|] Loss(Span<Half> x, Span<Half> y, Span<Half> gradTarget);"),
            "it must return Half, float, double or void"),
        Case(
            "KLDIV022",
            In("[KLDivLoss(Reduction = \"none\")] public static partial [|float|] Loss(Span<float> x, Span<float> y, Span<float> output);"),
            "with reduction \"none\" it must return void"),
    ];

    private const string Mine = "namespace Mine { public ref struct Span<T> { } public struct BFloat16 { private ushort value; } }";

    /// <summary>Puts a member into a valid class.</summary>
    public static string In(string member) => $$"""
        static partial class Losses
        {
            {{member}}
        }
        """;

    public static TheoryDataRow<string, string, string> Case(string id, string marked, string message) => new(id, marked, message);
}
