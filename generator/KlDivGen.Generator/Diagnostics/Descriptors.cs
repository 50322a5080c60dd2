using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace KlDivGen.Generator.Diagnostics;

/// <summary>
/// Everything that KlDivGen tells its user. A new one needs, besides the descriptor: a row in <c>AnalyzerReleases.Unshipped.md</c>,
/// a row in the README's table and a test; the tests count all three.
/// </summary>
internal static class Descriptors
{
    private const string Category = "KlDivGen";
    private const string HelpLinks = "https://github.com/KlDivGen/KlDivGen#";

    // An error means that a method is not generated. It cannot be switched off (NotConfigurable): a partial void method without
    // a body is legal C#, and calls of it would silently do nothing.
    private const DiagnosticSeverity Error = DiagnosticSeverity.Error;

    public static readonly DiagnosticDescriptor NotPartial = new(
        FixableIds.NotPartial,
        "Method is not partial",
        "'{0}' has [KLDivLoss] and must be partial: the generator writes its other half",
        Category,
        Error,
        isEnabledByDefault: true,
        "The generator implements a method by writing its implementing declaration, which C# allows for partial methods only.",
        HelpLinks + "kldiv001",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor HasBody = new(
        "KLDIV002",
        "Method has a body",
        "'{0}' has [KLDivLoss] and must have no body: the generator writes it",
        Category,
        Error,
        isEnabledByDefault: true,
        "A method has one body. Remove it, and end the declaration with a semicolon, or remove [KLDivLoss].",
        HelpLinks + "kldiv002",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor TypeNotPartial = new(
        FixableIds.TypeNotPartial,
        "Containing type is not partial",
        "'{0}' contains the [KLDivLoss] method '{1}' and must be partial",
        Category,
        Error,
        isEnabledByDefault: true,
        "The generator writes the method in another part of its type, so the type, and every type around it, must be partial.",
        HelpLinks + "kldiv003",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor FileLocalType = new(
        "KLDIV004",
        "Containing type is file-local",
        "'{0}' is local to its file, so the generator cannot add the body of '{1}' from another; remove the modifier",
        Category,
        Error,
        isEnabledByDefault: true,
        "A type with the file modifier cannot have parts in other files, and a generated method is in a file of its own.",
        HelpLinks + "kldiv004",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor NotAnOrdinaryMethod = new(
        "KLDIV005",
        "Not an ordinary method",
        "{0} cannot have [KLDivLoss]; allowed are ordinary methods of classes, structs, records and interfaces",
        Category,
        Error,
        isEnabledByDefault: true,
        "Local functions, lambdas, operators, accessors, explicit interface implementations and members of extension blocks cannot "
        + "be partial, so the generator cannot implement them.",
        HelpLinks + "kldiv005",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor MethodModifier = new(
        "KLDIV006",
        "Modifier that a generated method cannot have",
        "'{0}' has [KLDivLoss] and cannot be {1}",
        Category,
        Error,
        isEnabledByDefault: true,
        "A generated method has a body that runs to its end: it can be neither abstract nor extern nor async.",
        HelpLinks + "kldiv006",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor LanguageVersion = new(
        "KLDIV007",
        "C# is too old",
        "[KLDivLoss] needs C# 11 or later, and this project is compiled as C# {0}; set LangVersion to 11 or later, or remove it",
        Category,
        Error,
        isEnabledByDefault: true,
        "Generated files use file-local types and other parts of C# 11. Every SDK that builds for .NET 9 or later has it by default.",
        HelpLinks + "kldiv007",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor UnknownReduction = new(
        FixableIds.UnknownReduction,
        "Unknown reduction",
        "{0} is not a reduction. Did you mean \"{1}\"? Allowed are \"none\", \"mean\", \"sum\" and \"batchmean\".",
        Category,
        Error,
        isEnabledByDefault: true,
        "Reduction is one of the constants of KlDivGen.Reductions, written in lower case.",
        HelpLinks + "kldiv008",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor UnknownDialect = new(
        FixableIds.UnknownDialect,
        "Unknown dialect",
        "{0} is not a dialect. Did you mean \"{1}\"? Allowed are \"paddle\", \"pytorch\" and \"strict\".",
        Category,
        Error,
        isEnabledByDefault: true,
        "Dialect is one of the constants of KlDivGen.Dialects, written in lower case.",
        HelpLinks + "kldiv009",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor MissingData = new(
        "KLDIV010",
        "Input or target is missing",
        "'{0}' has no {1}: the first parameter is the input and the second the target",
        Category,
        Error,
        isEnabledByDefault: true,
        "A loss compares an input with a target. They are the first two parameters, whatever their names.",
        HelpLinks + "kldiv010",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor UnknownRole = new(
        "KLDIV011",
        "Parameter without a role",
        "'{0}' is not the name of a role. Did you mean '{1}'? After the input and the target, allowed are 'output', 'batchSize', "
        + "'gradOutput', 'gradInput' and 'gradTarget'.",
        Category,
        Error,
        isEnabledByDefault: true,
        "The first parameter is the input and the second the target; every further one has its role by its name.",
        HelpLinks + "kldiv011",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ParameterModifier = new(
        "KLDIV012",
        "Parameter is passed by ref or out",
        "Parameter '{0}' cannot be '{1}'; it is passed by value, 'in' or 'ref readonly'",
        Category,
        Error,
        isEnabledByDefault: true,
        "A kernel changes what a span refers to and never the span itself, so no parameter of it is passed by ref or out.",
        HelpLinks + "kldiv012",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor UnsupportedType = new(
        "KLDIV013",
        "Unsupported parameter type",
        "Parameter '{0}' cannot be of type '{1}'; allowed are {2}",
        Category,
        Error,
        isEnabledByDefault: true,
        "Data is in spans, or in tensor spans, of float, double or Half. The batch size is an int, and the upstream gradient of a "
        + "reduced loss one number.",
        HelpLinks + "kldiv013",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor MixedDataKinds = new(
        "KLDIV014",
        "Spans and tensor spans mixed",
        "Parameter '{0}' is {1} and the input is {2}; all data of a method is in spans, or all of it in tensor spans",
        Category,
        Error,
        isEnabledByDefault: true,
        "Flat spans have a length and tensor spans have a shape, and a method compares one or the other. Wrap the flat data in a "
        + "tensor span, or pass the tensor span's data as a span.",
        HelpLinks + "kldiv014",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ReadOnlyDestination = new(
        "KLDIV015",
        "Destination is read-only",
        "Parameter '{0}' is written to and cannot be read-only; its type must be {1}",
        Category,
        Error,
        isEnabledByDefault: true,
        "The loss of each element and the gradients are written to the caller's memory: Span<T> or TensorSpan<T>.",
        HelpLinks + "kldiv015",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ElementType = new(
        "KLDIV016",
        "Wrong element type",
        "Parameter '{0}' is of {1}; here it must be of {2}",
        Category,
        Error,
        isEnabledByDefault: true,
        "Losses and the upstream gradient are of the wider of the input's and the target's types. A gradient is of that type, or of "
        + "the type of what it is the gradient of.",
        HelpLinks + "kldiv016",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor MissingOutput = new(
        FixableIds.MissingOutput,
        "Parameter output is missing",
        "'{0}' has reduction \"none\" and needs a parameter '{1} output' for the loss of each element, or a gradient to compute",
        Category,
        Error,
        isEnabledByDefault: true,
        "Without a reduction there is one loss for each element, and they are written to output.",
        HelpLinks + "kldiv017",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ForbiddenOutput = new(
        "KLDIV018",
        "Parameter output has no use",
        "Reduction \"{0}\" returns one number and has no use for 'output'; remove it, or set Reduction to \"none\"",
        Category,
        Error,
        isEnabledByDefault: true,
        "Only reduction \"none\" writes the loss of each element.",
        HelpLinks + "kldiv018",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor MissingBatchSize = new(
        FixableIds.MissingBatchSize,
        "Parameter batchSize is missing",
        "'{0}' has reduction \"batchmean\" over flat spans and needs a parameter 'int batchSize', the first dimension of the data",
        Category,
        Error,
        isEnabledByDefault: true,
        "The batch mean divides the sum by the first dimension of the data, which a flat span does not know.",
        HelpLinks + "kldiv019",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ForbiddenBatchSize = new(
        "KLDIV020",
        "Parameter batchSize has no use",
        "'batchSize' has no use here: {0}; remove it",
        Category,
        Error,
        isEnabledByDefault: true,
        "Only \"batchmean\" divides by the batch size, and tensor spans know it: it is their first dimension.",
        HelpLinks + "kldiv020",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor GradOutputAlone = new(
        "KLDIV021",
        "Parameter gradOutput has no use",
        "'gradOutput' scales the gradients, and the method computes none; add 'gradInput' or 'gradTarget', or remove it",
        Category,
        Error,
        isEnabledByDefault: true,
        "gradOutput is the upstream gradient, by which the gradients are multiplied; it takes no part in the loss.",
        HelpLinks + "kldiv021",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ReturnType = new(
        "KLDIV022",
        "Wrong return type",
        "'{0}' returns '{1}'; with reduction \"{2}\" it must return {3}",
        Category,
        Error,
        isEnabledByDefault: true,
        "Reduction \"none\" returns void. The others return the loss, in the wider of the input's and the target's types, or as a double "
        + "before its last rounding, or they return void and only compute gradients.",
        HelpLinks + "kldiv022",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor NativeAotWidth = new(
        "KLDIV023",
        "Native AOT compiles kernels for 128-bit vectors",
        "Published with Native AOT for x64, KlDivGen's kernels run on 128-bit vectors without fused multiply-add; the property "
        + "<IlcInstructionSet>native</IlcInstructionSet>, or x86-64-v3 for machines with AVX2, makes them about twice as fast",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "Native AOT compiles for the oldest x64 machine unless IlcInstructionSet says otherwise. The results are as exact; only the "
        + "speed differs. Suppress this where the program must run on machines without AVX2.",
        HelpLinks + "kldiv023",
        WellKnownDiagnosticTags.CompilationEnd);

    /// <summary>All errors, which is what the parser finds.</summary>
    public static readonly ImmutableArray<DiagnosticDescriptor> Errors = ImmutableArray.Create(
        NotPartial,
        HasBody,
        TypeNotPartial,
        FileLocalType,
        NotAnOrdinaryMethod,
        MethodModifier,
        LanguageVersion,
        UnknownReduction,
        UnknownDialect,
        MissingData,
        UnknownRole,
        ParameterModifier,
        UnsupportedType,
        MixedDataKinds,
        ReadOnlyDestination,
        ElementType,
        MissingOutput,
        ForbiddenOutput,
        MissingBatchSize,
        ForbiddenBatchSize,
        GradOutputAlone,
        ReturnType);
}
