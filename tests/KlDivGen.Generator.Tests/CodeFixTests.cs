using System.Collections.Immutable;
using KlDivGen.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace KlDivGen.Generator.Tests;

/// <summary>A code fix changes what its diagnostic marks and nothing else.</summary>
public sealed class CodeFixTests
{
    private const string Good = "(ReadOnlySpan<float> x, ReadOnlySpan<float> y);";

    public static TheoryData<string, string, string> Fixes { get; } = new()
    {
        {
            "KLDIV001",
            $"static partial class C {{ [KLDivLoss] public static float Loss{Good} }}",
            $"static partial class C {{ [KLDivLoss] public static partial float Loss{Good} }}"
        },
        {
            "KLDIV001",
            $"partial interface I\n{{\n    // The loss.\n    [KLDivLoss]\n    float Loss{Good}\n}}",
            $"partial interface I\n{{\n    // The loss.\n    [KLDivLoss]\n    partial float Loss{Good}\n}}"
        },
        {
            "KLDIV001",
            $"partial struct C\n{{\n    [KLDivLoss] // here\n    /* a */ float /* b */ Loss{Good}\n}}",
            $"partial struct C\n{{\n    [KLDivLoss] // here\n    /* a */ partial float /* b */ Loss{Good}\n}}"
        },
        {
            "KLDIV003",
            $"/// <summary>Losses.</summary>\nstatic class C {{ [KLDivLoss] public static partial float Loss{Good} }}",
            $"/// <summary>Losses.</summary>\nstatic partial class C {{ [KLDivLoss] public static partial float Loss{Good} }}"
        },
        {
            "KLDIV003",
            $"// First.\nrecord struct C {{ [KLDivLoss] public static partial float Loss{Good} }}",
            $"// First.\npartial record struct C {{ [KLDivLoss] public static partial float Loss{Good} }}"
        },
        {
            "KLDIV003",
            $"[Obsolete]\ninterface C {{ [KLDivLoss] public static partial float Loss{Good} }}",
            $"[Obsolete]\npartial interface C {{ [KLDivLoss] public static partial float Loss{Good} }}"
        },
        {
            "KLDIV008",
            $"partial class C {{ [KLDivLoss(Reduction = /* why */ \"batch-mean\")] public static partial float Loss{Good} }}",
            $"partial class C {{ [KLDivLoss(Reduction = /* why */ \"batchmean\")] public static partial float Loss{Good} }}"
        },
        {
            "KLDIV009",
            $"partial class C {{ [KLDivLoss(Dialect = \"Py\" + \"Torch\", LogTarget = true)] public static partial float Loss{Good} }}",
            $"partial class C {{ [KLDivLoss(Dialect = \"pytorch\", LogTarget = true)] public static partial float Loss{Good} }}"
        },
        {
            "KLDIV017",
            "partial class C { [KLDivLoss(Reduction = \"none\")] public static partial void Loss(Span<Half> x, Span<double> y); }",
            "partial class C { [KLDivLoss(Reduction = \"none\")] public static partial void Loss(Span<Half> x, Span<double> y, Span<double> output); }"
        },
        {
            "KLDIV017",
            "partial class C { [KLDivLoss(Reduction = \"none\")] public static partial void Loss(TensorSpan<Half> x, TensorSpan<Half> y); }",
            "partial class C { [KLDivLoss(Reduction = \"none\")] public static partial void Loss(TensorSpan<Half> x, TensorSpan<Half> y, TensorSpan<Half> output); }"
        },
        {
            "KLDIV019",
            "partial class C\n{\n    [KLDivLoss(Reduction = \"batchmean\")]\n    public static partial float Loss(\n        Span<float> x,\n        Span<float> y);\n}",
            "partial class C\n{\n    [KLDivLoss(Reduction = \"batchmean\")]\n    public static partial float Loss(\n        Span<float> x,\n        Span<float> y, int batchSize);\n}"
        },
        {
            "KLDIV019",
            "partial class C { [KLDivLoss(Reduction = \"batchmean\")] public static partial float Loss(Span<float> x, params Span<float> y); }",
            "partial class C { [KLDivLoss(Reduction = \"batchmean\")] public static partial float Loss(Span<float> x, int batchSize, params Span<float> y); }"
        },
    };

    [Theory]
    [MemberData(nameof(Fixes))]
    public async Task A_fix_corrects_one_mistake(string id, string before, string after)
    {
        using AdhocWorkspace workspace = new();
        Document document = Open(workspace, before);
        Diagnostic diagnostic = Assert.Single(await DiagnosticsAsync(document));
        Assert.Equal(id, diagnostic.Id);

        List<CodeAction> actions = [];
        await FixFor(id).RegisterCodeFixesAsync(
            new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), TestContext.Current.CancellationToken));

        Assert.Equal(after, await ApplyAsync(document, Assert.Single(actions)));
    }

    [Theory]
    [InlineData(
        "class A { class B { [KLDivLoss] public static partial float Loss(Span<float> x, Span<float> y); } } "
        + "class C { [KLDivLoss] public static partial float Loss(Span<float> x, Span<float> y); }",
        "partial class A { partial class B { [KLDivLoss] public static partial float Loss(Span<float> x, Span<float> y); } } "
        + "partial class C { [KLDivLoss] public static partial float Loss(Span<float> x, Span<float> y); }")]
    [InlineData(
        "partial class C { [KLDivLoss(Reduction = \"Sum\")] public static partial float A(Span<float> x, Span<float> y); "
        + "[KLDivLoss(Reduction = \"men\")] public static partial float B(Span<float> x, Span<float> y); }",
        "partial class C { [KLDivLoss(Reduction = \"sum\")] public static partial float A(Span<float> x, Span<float> y); "
        + "[KLDivLoss(Reduction = \"mean\")] public static partial float B(Span<float> x, Span<float> y); }")]
    [InlineData(
        "partial class C { [KLDivLoss(Reduction = \"none\")] public static partial void A(Span<float> x, Span<float> y); "
        + "[KLDivLoss(Reduction = \"none\")] public static partial void B(Span<double> x, Span<double> y); }",
        "partial class C { [KLDivLoss(Reduction = \"none\")] public static partial void A(Span<float> x, Span<float> y, Span<float> output); "
        + "[KLDivLoss(Reduction = \"none\")] public static partial void B(Span<double> x, Span<double> y, Span<double> output); }")]
    public async Task Fix_all_corrects_a_file(string before, string after)
    {
        using AdhocWorkspace workspace = new();
        Document document = Open(workspace, before);
        ImmutableArray<Diagnostic> diagnostics = await DiagnosticsAsync(document);
        Assert.True(diagnostics.Length > 1);
        CodeFixProvider fix = FixFor(diagnostics[0].Id);
        List<CodeAction> actions = [];
        await fix.RegisterCodeFixesAsync(
            new CodeFixContext(document, diagnostics[0], (action, _) => actions.Add(action), TestContext.Current.CancellationToken));
        FixAllContext context = new(
            document,
            fix,
            FixAllScope.Document,
            Assert.Single(actions).EquivalenceKey!,
            fix.FixableDiagnosticIds,
            new Found(diagnostics),
            TestContext.Current.CancellationToken);

        CodeAction? all = await fix.GetFixAllProvider()!.GetFixAsync(context);

        Assert.NotNull(all);
        Assert.Equal(after, await ApplyAsync(document, all));
    }

    private static CodeFixProvider FixFor(string id) => Assert.Single(
        new CodeFixProvider[] { new MakePartialCodeFixProvider(), new CorrectSpellingCodeFixProvider(), new AddParameterCodeFixProvider() },
        fix => fix.FixableDiagnosticIds.Contains(id));

    private static Document Open(AdhocWorkspace workspace, string source)
    {
        ProjectInfo info = ProjectInfo
            .Create(ProjectId.CreateNewId(), VersionStamp.Default, "Consumer", "Consumer", LanguageNames.CSharp)
            .WithMetadataReferences(Roslyn.References)
            .WithParseOptions(Roslyn.ParseOptions())
            .WithCompilationOptions(Roslyn.Compile().Options);
        Project project = workspace.AddProject(info).AddDocument("Usings.cs", Roslyn.Usings).Project;
        return project.AddDocument("Source.cs", source);
    }

    private static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(Document document) => await Roslyn.AnalyzeAsync(
        (await document.Project.GetCompilationAsync(TestContext.Current.CancellationToken))!);

    private static async Task<string> ApplyAsync(Document document, CodeAction action)
    {
        ImmutableArray<CodeActionOperation> operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
        Solution solution = Assert.Single(operations.OfType<ApplyChangesOperation>()).ChangedSolution;
        Document changed = solution.GetDocument(document.Id)!;
        return (await changed.GetTextAsync(TestContext.Current.CancellationToken)).ToString();
    }

    /// <summary>Hands Fix All the diagnostics that were found before.</summary>
    private sealed class Found(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
