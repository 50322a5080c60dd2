using KlDivGen.CodeFixes;

namespace KlDivGen.Generator.Tests;

/// <summary>A code fix changes what its diagnostic marks and nothing else. Each test also applies Fix All.</summary>
public sealed class CodeFixTests
{
    private const string Good = "(ReadOnlySpan<float> x, ReadOnlySpan<float> y);";

    public static TheoryData<string, string> MakePartial { get; } = new()
    {
        {
            $"static partial class C {{ [KLDivLoss] public static float {{|KLDIV001:Loss|}}{Good} }}",
            $"static partial class C {{ [KLDivLoss] public static partial float Loss{Good} }}"
        },
        {
            $"partial interface I\n{{\n    // The loss.\n    [KLDivLoss]\n    float {{|KLDIV001:Loss|}}{Good}\n}}",
            $"partial interface I\n{{\n    // The loss.\n    [KLDivLoss]\n    partial float Loss{Good}\n}}"
        },
        {
            $"partial struct C\n{{\n    [KLDivLoss] // here\n    /* a */ float /* b */ {{|KLDIV001:Loss|}}{Good}\n}}",
            $"partial struct C\n{{\n    [KLDivLoss] // here\n    /* a */ partial float /* b */ Loss{Good}\n}}"
        },
        {
            $"/// <summary>Losses.</summary>\nstatic class {{|KLDIV003:C|}} {{ [KLDivLoss] public static partial float Loss{Good} }}",
            $"/// <summary>Losses.</summary>\nstatic partial class C {{ [KLDivLoss] public static partial float Loss{Good} }}"
        },
        {
            $"// First.\nrecord struct {{|KLDIV003:C|}} {{ [KLDivLoss] public static partial float Loss{Good} }}",
            $"// First.\npartial record struct C {{ [KLDivLoss] public static partial float Loss{Good} }}"
        },
        {
            $"[Obsolete]\ninterface {{|KLDIV003:C|}} {{ [KLDivLoss] public static partial float Loss{Good} }}",
            $"[Obsolete]\npartial interface C {{ [KLDivLoss] public static partial float Loss{Good} }}"
        },
        {
            $$"""
            class {|KLDIV003:A|} { class {|KLDIV003:B|} { [KLDivLoss] public static partial float Loss{{Good}} } }
            class {|KLDIV003:C|} { [KLDivLoss] public static float {|KLDIV001:Loss|}{{Good}} }
            """,
            $$"""
            partial class A { partial class B { [KLDivLoss] public static partial float Loss{{Good}} } }
            partial class C { [KLDivLoss] public static partial float Loss{{Good}} }
            """
        },
    };

    public static TheoryData<string, string> CorrectSpelling { get; } = new()
    {
        {
            "partial class C { [KLDivLoss(InputLogits = true, TargetLogits = true, Divergence = {|KLDIV027:\"Reverse\"|})] static partial float Loss(Span<float> x, Span<float> y, int classes); }",
            "partial class C { [KLDivLoss(InputLogits = true, TargetLogits = true, Divergence = \"reverse\")] static partial float Loss(Span<float> x, Span<float> y, int classes); }"
        },
        {
            $"partial class C {{ [KLDivLoss(Reduction = /* why */ {{|KLDIV008:\"mesn\"|}})] public static partial float Loss{Good} }}",
            $"partial class C {{ [KLDivLoss(Reduction = /* why */ \"mean\")] public static partial float Loss{Good} }}"
        },
        {
            $"partial class C {{ [KLDivLoss(Dialect = {{|KLDIV009:\"Py\" + \"Torch\"|}}, LogTarget = true)] static partial float Loss{Good} }}",
            $"partial class C {{ [KLDivLoss(Dialect = \"pytorch\", LogTarget = true)] static partial float Loss{Good} }}"
        },
        {
            $$"""
            partial class C
            {
                [KLDivLoss(Reduction = {|KLDIV008:"Sum"|})] public static partial float A{{Good}}
                [KLDivLoss(Reduction = {|KLDIV008:"men"|}, Dialect = {|KLDIV009:"trict"|})] public static partial float B{{Good}}
            }
            """,
            $$"""
            partial class C
            {
                [KLDivLoss(Reduction = "sum")] public static partial float A{{Good}}
                [KLDivLoss(Reduction = "mean", Dialect = "strict")] public static partial float B{{Good}}
            }
            """
        },
    };

    public static TheoryData<string, string> RemoveSetting { get; } = new()
    {
        {
            $"partial class C {{ [KLDivLoss({{|KLDIV029:Temperature = 2|}})] static partial float Loss{Good} }}",
            $"partial class C {{ [KLDivLoss] static partial float Loss{Good} }}"
        },
        {
            $"partial class C {{ [KLDivLoss(Reduction = \"sum\", /* why */ {{|KLDIV029:TemperatureSquared = true|}}, LogTarget = true)] static partial float Loss{Good} }}",
            $"partial class C {{ [KLDivLoss(Reduction = \"sum\", LogTarget = true)] static partial float Loss{Good} }}"
        },
        {
            "partial class C { [KLDivLoss(InputLogits = true, {|KLDIV030:Temperature = 2|})] static partial float Loss(Span<float> x, Span<float> y, int classes, float temperature); }",
            "partial class C { [KLDivLoss(InputLogits = true)] static partial float Loss(Span<float> x, Span<float> y, int classes, float temperature); }"
        },
        {
            $"partial class C\n{{\n    [KLDivLoss(\n        {{|KLDIV032:Beta = 0.1|}},\n        LogTarget = true)]\n    static partial float Loss{Good}\n}}",
            $"partial class C\n{{\n    [KLDivLoss(\n        LogTarget = true)]\n    static partial float Loss{Good}\n}}"
        },
        {
            "partial class C { [KLDivLoss(TargetLogits = true, {|KLDIV033:LogTarget = true|})] static partial float Loss(Span<float> x, Span<float> y, int classes); }",
            "partial class C { [KLDivLoss(TargetLogits = true)] static partial float Loss(Span<float> x, Span<float> y, int classes); }"
        },
        {
            "partial class C { [KLDivLoss({|KLDIV034:Dialect = Dialects.Strict|}, TargetLogits = true)] static partial float Loss(Span<float> x, Span<float> y, int classes); }",
            "partial class C { [KLDivLoss(TargetLogits = true)] static partial float Loss(Span<float> x, Span<float> y, int classes); }"
        },
        {
            "partial class C { [KLDivLoss({|KLDIV034:Dialect = Dialects.Strict|}, Divergence = Divergences.Reverse)] static partial float Loss(Span<float> x, Span<float> y); }",
            "partial class C { [KLDivLoss(Divergence = Divergences.Reverse)] static partial float Loss(Span<float> x, Span<float> y); }"
        },
        {
            $$"""
            partial class C
            {
                [KLDivLoss({|KLDIV029:Temperature = 2|})] static partial float A{{Good}}
                [KLDivLoss(LogTarget = true, {|KLDIV029:Temperature = 4|})] static partial float B{{Good}}
            }
            """,
            $$"""
            partial class C
            {
                [KLDivLoss] static partial float A{{Good}}
                [KLDivLoss(LogTarget = true)] static partial float B{{Good}}
            }
            """
        },
    };

    public static TheoryData<string, string> AddParameter { get; } = new()
    {
        {
            "partial class C { [KLDivLoss(InputLogits = true)] static partial float {|KLDIV035:Loss|}(Span<float> x, Span<float> y); }",
            "partial class C { [KLDivLoss(InputLogits = true)] static partial float Loss(Span<float> x, Span<float> y, int classes); }"
        },
        {
            "partial class C { [KLDivLoss(Reduction = \"row\")] static partial void {|KLDIV035:Loss|}(Span<float> x, Span<float> y, Span<float> output, Span<bool> mask = default); }",
            "partial class C { [KLDivLoss(Reduction = \"row\")] static partial void Loss(Span<float> x, Span<float> y, Span<float> output, int classes, Span<bool> mask = default); }"
        },
        {
            "partial class C { [KLDivLoss(Reduction = \"row\")] static partial void {|KLDIV017:Loss|}(Span<float> x, Span<float> y, int classes); }",
            "partial class C { [KLDivLoss(Reduction = \"row\")] static partial void Loss(Span<float> x, Span<float> y, int classes, Span<float> output); }"
        },
        {
            "partial class C { [KLDivLoss(Reduction = \"none\")] static partial void {|KLDIV017:Loss|}(Span<Half> x, Span<double> y); }",
            "partial class C { [KLDivLoss(Reduction = \"none\")] static partial void Loss(Span<Half> x, Span<double> y, Span<double> output); }"
        },
        {
            "partial class C { [KLDivLoss(Reduction = \"none\")] static partial void {|KLDIV017:Loss|}(TensorSpan<Half> x, TensorSpan<Half> y); }",
            "partial class C { [KLDivLoss(Reduction = \"none\")] static partial void Loss(TensorSpan<Half> x, TensorSpan<Half> y, TensorSpan<Half> output); }"
        },
        {
            "partial class C { [KLDivLoss(Reduction = \"none\")] static partial void {|KLDIV017:Loss|}(Span<TorchSharp.BFloat16> x, Span<TorchSharp.BFloat16> y); }",
            "partial class C { [KLDivLoss(Reduction = \"none\")] static partial void Loss(Span<TorchSharp.BFloat16> x, Span<TorchSharp.BFloat16> y, Span<TorchSharp.BFloat16> output); }"
        },
        {
            "partial class C\n{\n    [KLDivLoss(Reduction = \"batchmean\")]\n    public static partial float {|KLDIV019:Loss|}(\n        Span<float> x,\n        Span<float> y);\n}",
            "partial class C\n{\n    [KLDivLoss(Reduction = \"batchmean\")]\n    public static partial float Loss(\n        Span<float> x,\n        Span<float> y, int batchSize);\n}"
        },
        {
            "partial class C { [KLDivLoss(Reduction = \"batchmean\")] static partial float {|KLDIV019:Loss|}(Span<float> x, Span<float> y, float gradOutput = 1, params Span<float> gradInput); }",
            "partial class C { [KLDivLoss(Reduction = \"batchmean\")] static partial float Loss(Span<float> x, Span<float> y, int batchSize, float gradOutput = 1, params Span<float> gradInput); }"
        },
        {
            """
            partial class C
            {
                [KLDivLoss(Reduction = "none")] public static partial void {|KLDIV017:A|}(Span<float> x, Span<float> y);
                [KLDivLoss(Reduction = "none")] public static partial void {|KLDIV017:B|}(Span<double> x, Span<double> y);
            }
            """,
            """
            partial class C
            {
                [KLDivLoss(Reduction = "none")] public static partial void A(Span<float> x, Span<float> y, Span<float> output);
                [KLDivLoss(Reduction = "none")] public static partial void B(Span<double> x, Span<double> y, Span<double> output);
            }
            """
        },
    };

    /// <summary>Sources in which the missing parameter cannot be added.</summary>
    public static TheoryData<string> Obstacles { get; } =
    [
        "static partial float {|KLDIV019:Loss|}(Span<float> batchSize, Span<float> y);",
        "static partial float {|KLDIV019:Loss|}(Span<float> x, Span<float> @batchSize);",
        "static partial float {|KLDIV019:Loss|}(Span<float> x, Span<float> y = default);",
        "static partial float {|KLDIV019:Loss|}(Span<float> x, params Span<float> y);",
        "static partial float {|KLDIV019:Loss|}<batchSize>(Span<float> x, Span<float> y);",
        "static partial float {|KLDIV019:Loss|}(Span<float> x, Span<float> y); static float Loss(Span<float> x, Span<float> y, int n) => 0;",
        "static partial float {|KLDIV035:Loss|}(Span<float> x, Span<float> y, Span<bool> mask); static float Loss(Span<float> x, Span<float> y, Span<bool> m, int n) => 0;",
    ];

    [Theory]
    [MemberData(nameof(Obstacles))]
    public Task A_parameter_that_would_not_compile_is_not_added(string member)
    {
        string source = $"partial class C {{ [KLDivLoss(Reduction = \"batchmean\")] {member} }}";
        return new CodeFixTest<AddParameterCodeFixProvider>(source, source).RunAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [MemberData(nameof(MakePartial))]
    public Task A_declaration_is_made_partial(string before, string after) =>
        new CodeFixTest<MakePartialCodeFixProvider>(before, after).RunAsync(TestContext.Current.CancellationToken);

    [Theory]
    [MemberData(nameof(CorrectSpelling))]
    public Task A_setting_is_corrected(string before, string after) =>
        new CodeFixTest<CorrectSpellingCodeFixProvider>(before, after).RunAsync(TestContext.Current.CancellationToken);

    [Theory]
    [MemberData(nameof(RemoveSetting))]
    public Task A_setting_without_effect_is_removed(string before, string after) =>
        new CodeFixTest<RemoveSettingCodeFixProvider>(before, after).RunAsync(TestContext.Current.CancellationToken);

    /// <summary>Removing a parameter would break calls.</summary>
    [Fact]
    public Task A_parameter_without_effect_is_not_removed()
    {
        const string Source = "partial class C { [KLDivLoss] static partial float Loss(Span<float> x, Span<float> y, float {|KLDIV029:temperature|}); }";
        return new CodeFixTest<RemoveSettingCodeFixProvider>(Source, Source).RunAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [MemberData(nameof(AddParameter))]
    public Task A_missing_parameter_is_added(string before, string after) =>
        new CodeFixTest<AddParameterCodeFixProvider>(before, after).RunAsync(TestContext.Current.CancellationToken);
}
