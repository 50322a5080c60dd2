using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace KlDivGen.Generator.Diagnostics;

/// <summary>The descriptors of the errors that the parser reports, and of <see cref="NativeAotWidth"/>.</summary>
/// <remarks>
/// A new descriptor needs a row in <c>AnalyzerReleases.Unshipped.md</c>, a row in the README's table and a test. Tests check all three.
/// </remarks>
internal static class DiagnosticDescriptors
{
    private const string Category = "KlDivGen";
    private const string HelpLinks = "https://github.com/KlDivGen/KlDivGen#";

    // An error means that a method is not generated. Errors cannot be suppressed (NotConfigurable): a partial void method without a
    // body is legal C#, and calls of it would silently do nothing.
    private const DiagnosticSeverity Error = DiagnosticSeverity.Error;

    public static readonly DiagnosticDescriptor NotPartial = new(
        DiagnosticIds.NotPartial,
        "Method is not partial",
        "'{0}' has [KLDivLoss] and must be partial, so that the generator can implement it",
        Category,
        Error,
        isEnabledByDefault: true,
        "The generator writes the implementing declaration of the method. C# allows this only for partial methods.",
        HelpLinks + "kldiv001",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor HasBody = new(
        "KLDIV002",
        "Method has a body",
        "'{0}' has [KLDivLoss] and must not have a body: the generator writes it",
        Category,
        Error,
        isEnabledByDefault: true,
        "The generator writes the body. Replace the body with a semicolon, or remove [KLDivLoss].",
        HelpLinks + "kldiv002",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor TypeNotPartial = new(
        DiagnosticIds.TypeNotPartial,
        "Containing type is not partial",
        "'{0}' contains the [KLDivLoss] method '{1}' and must be partial",
        Category,
        Error,
        isEnabledByDefault: true,
        "The generator writes the method in another part of its type. The type and all types that contain it must be partial.",
        HelpLinks + "kldiv003",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor FileLocalType = new(
        "KLDIV004",
        "Containing type is file-local",
        "'{0}' is local to its file, so the generator cannot implement '{1}' in another file; remove the modifier 'file'",
        Category,
        Error,
        isEnabledByDefault: true,
        "A file-local type cannot have parts in other files, and the generator writes each method to its own file.",
        HelpLinks + "kldiv004",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor NotAnOrdinaryMethod = new(
        "KLDIV005",
        "Not an ordinary method",
        "{0} cannot have [KLDivLoss]; only ordinary methods of classes, structs, records and interfaces can",
        Category,
        Error,
        isEnabledByDefault: true,
        "Local functions, lambdas, operators, accessors, explicit interface implementations and members of extension blocks cannot "
        + "be partial, so the generator cannot implement them.",
        HelpLinks + "kldiv005",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor MethodModifier = new(
        "KLDIV006",
        "Modifier not allowed on a generated method",
        "'{0}' has [KLDivLoss] and cannot be {1}",
        Category,
        Error,
        isEnabledByDefault: true,
        "A generated method has a synchronous body. It cannot be abstract, extern or async.",
        HelpLinks + "kldiv006",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor LanguageVersion = new(
        "KLDIV007",
        "C# version is too old",
        "{0} needs C# {1} or later, but this project uses C# {2}; remove LangVersion, or set it to {1} or later",
        Category,
        Error,
        isEnabledByDefault: true,
        "Generated files use file-local types and other features of C# 11; with Parallel, ref structs with interfaces, of C# 13. Projects for "
        + ".NET 8 or later use C# 12 or later by default.",
        HelpLinks + "kldiv007",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor UnknownReduction = new(
        DiagnosticIds.UnknownReduction,
        "Unknown reduction",
        "{0} is not a reduction. Did you mean \"{1}\"? Allowed are \"none\", \"mean\", \"sum\", \"batchmean\" and \"row\".",
        Category,
        Error,
        isEnabledByDefault: true,
        "Reduction must be one of the constants of KlDivGen.Reductions. Values are lower case.",
        HelpLinks + "kldiv008",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor UnknownDialect = new(
        DiagnosticIds.UnknownDialect,
        "Unknown dialect",
        "{0} is not a dialect. Did you mean \"{1}\"? Allowed are \"paddle\", \"pytorch\" and \"strict\".",
        Category,
        Error,
        isEnabledByDefault: true,
        "Dialect must be one of the constants of KlDivGen.Dialects. Values are lower case.",
        HelpLinks + "kldiv009",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor MissingData = new(
        "KLDIV010",
        "Input or target is missing",
        "'{0}' has no {1}: the first parameter is the input and the second the target",
        Category,
        Error,
        isEnabledByDefault: true,
        "A loss compares an input with a target. They are the first two parameters and may have any name.",
        HelpLinks + "kldiv010",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor UnknownRole = new(
        "KLDIV011",
        "Parameter without a role",
        "'{0}' is not the name of a role. Did you mean '{1}'? After the input and the target, allowed are 'output', 'batchSize', "
        + "'gradOutput', 'gradInput', 'gradTarget', 'classes', 'temperature', 'mask' and 'weights'.",
        Category,
        Error,
        isEnabledByDefault: true,
        "The first parameter is the input and the second the target. The role of every other parameter follows from its name.",
        HelpLinks + "kldiv011",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ParameterModifier = new(
        "KLDIV012",
        "Parameter is passed by ref or out",
        "Parameter '{0}' cannot be '{1}'; pass it by value, 'in' or 'ref readonly'",
        Category,
        Error,
        isEnabledByDefault: true,
        "A kernel writes to the memory of a span, never to the span itself, so it has no use for ref and out.",
        HelpLinks + "kldiv012",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor UnsupportedType = new(
        "KLDIV013",
        "Unsupported parameter type",
        "Parameter '{0}' cannot be of type '{1}'; allowed: {2}",
        Category,
        Error,
        isEnabledByDefault: true,
        "Data must be in spans or tensor spans of float, double, Half, or the 16-bit types of System.Numerics, TorchSharp and ONNX Runtime. "
        + "batchSize and classes are int, temperature and the upstream gradient of a reduced loss are numbers, mask is a span of bool.",
        HelpLinks + "kldiv013",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor MixedDataKinds = new(
        "KLDIV014",
        "Spans and tensor spans mixed",
        "Parameter '{0}' is {1}, but the input is {2}; use spans for all data of a method, or tensor spans for all",
        Category,
        Error,
        isEnabledByDefault: true,
        "A span has a length and a tensor span a shape; a method compares one or the other. Wrap flat data in a tensor span, or pass "
        + "the data of the tensor span as a span.",
        HelpLinks + "kldiv014",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ReadOnlyDestination = new(
        "KLDIV015",
        "Destination is read-only",
        "Parameter '{0}' is written to and cannot be read-only; its type must be {1}",
        Category,
        Error,
        isEnabledByDefault: true,
        "The kernel writes the losses and the gradients to this parameter. Its type must be Span<T> or TensorSpan<T>.",
        HelpLinks + "kldiv015",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ElementType = new(
        "KLDIV016",
        "Wrong element type",
        "Parameter '{0}' holds {1} values; it must hold {2} values",
        Category,
        Error,
        isEnabledByDefault: true,
        "Losses, weights and the upstream gradient have the wider type of input and target. A gradient has that type, or the type of "
        + "the data that it belongs to.",
        HelpLinks + "kldiv016",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor MissingOutput = new(
        DiagnosticIds.MissingOutput,
        "Parameter output is missing",
        "'{0}' has reduction \"{1}\" and needs a parameter '{2} output' for the losses, or a gradient to compute{3}",
        Category,
        Error,
        isEnabledByDefault: true,
        "Reduction \"none\" has one loss per element, and \"row\" one per row. The kernel writes the losses to output.",
        HelpLinks + "kldiv017",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ForbiddenOutput = new(
        "KLDIV018",
        "Parameter output is not used",
        "Reduction \"{0}\" returns one number and does not use 'output'; remove it, or set Reduction to \"none\" or \"row\"",
        Category,
        Error,
        isEnabledByDefault: true,
        "Only reduction \"none\" writes the loss of each element, and \"row\" that of each row.",
        HelpLinks + "kldiv018",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor MissingBatchSize = new(
        DiagnosticIds.MissingBatchSize,
        "Parameter batchSize is missing",
        "'{0}' has reduction \"batchmean\" over flat spans and needs a parameter 'int batchSize', the first dimension of the data{1}",
        Category,
        Error,
        isEnabledByDefault: true,
        "The batch mean divides the sum by the first dimension of the data. A flat span has no dimensions, so the caller passes it.",
        HelpLinks + "kldiv019",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ForbiddenBatchSize = new(
        "KLDIV020",
        "Parameter batchSize is not used",
        "'batchSize' is not used: {0}; remove it",
        Category,
        Error,
        isEnabledByDefault: true,
        "Only \"batchmean\" divides by the batch size. With tensor spans it is their first dimension. Rows are counted, as far as their "
        + "mask is true.",
        HelpLinks + "kldiv020",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor GradOutputAlone = new(
        "KLDIV021",
        "Parameter gradOutput is not used",
        "'gradOutput' scales the gradients, but the method computes none; add 'gradInput' or 'gradTarget', or remove 'gradOutput'",
        Category,
        Error,
        isEnabledByDefault: true,
        "gradOutput is the upstream gradient, which multiplies the gradients. It does not change the loss.",
        HelpLinks + "kldiv021",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ReturnType = new(
        "KLDIV022",
        "Wrong return type",
        "'{0}' returns '{1}'; with reduction \"{2}\" it must return {3}",
        Category,
        Error,
        isEnabledByDefault: true,
        "Reductions \"none\" and \"row\" return void. The others return the loss in the wider type of input and target, or as a double before the "
        + "last rounding. A method that only computes gradients returns void.",
        HelpLinks + "kldiv022",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor NativeAotWidth = new(
        "KLDIV023",
        "Native AOT compiles kernels for 128-bit vectors",
        "Native AOT compiles the kernels for 128-bit vectors without fused multiply-add; set <IlcInstructionSet>native</IlcInstructionSet>, "
        + "or x86-64-v3 for machines with AVX2, x86-64-v4 for machines with AVX-512, to make them two to four times as fast",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "Without IlcInstructionSet, Native AOT compiles for every x64 machine. Only the speed differs, not the accuracy. With native or "
        + "x86-64-v4, the main loops use 512-bit vectors. Suppress this "
        + "where the program must run on machines without AVX2.",
        HelpLinks + "kldiv023",
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor GeneratedFileCompiled = new(
        "KLDIV024",
        "Generated file is compiled twice",
        "The generated file of '{0}' is also a source file of the project; exclude '{1}' from compilation, or delete it",
        Category,
        Error,
        isEnabledByDefault: true,
        "The generator adds its files to the compilation. Copies of them, as EmitCompilerGeneratedFiles writes them, must not be compiled "
        + "again: exclude their folder with <Compile Remove=\"...\" />.",
        HelpLinks + "kldiv024",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ExternAlias = new(
        "KLDIV025",
        "Reference has only an extern alias",
        "The reference to '{0}' has the alias '{1}', and generated code needs the alias 'global' too; set Aliases to \"global,{1}\"",
        Category,
        Error,
        isEnabledByDefault: true,
        "Generated code refers to types through global::. A reference that has only an extern alias is not part of the global namespace.",
        HelpLinks + "kldiv025",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor HiddenNamespace = new(
        "KLDIV026",
        "Type hides a namespace of generated code",
        "The type '{0}' has the name of a namespace that generated code uses; rename the type, or move it into another namespace",
        Category,
        Error,
        isEnabledByDefault: true,
        "Generated code is in the namespace KlDivGen.Generated and uses KlDivGen.CompilerServices. C# does not find a namespace where a "
        + "type has its name.",
        HelpLinks + "kldiv026",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor UnknownDivergence = new(
        DiagnosticIds.UnknownDivergence,
        "Unknown divergence",
        "{0} is not a divergence. Did you mean \"{1}\"? Allowed are \"forward\", \"reverse\" and \"jsd\".",
        Category,
        Error,
        isEnabledByDefault: true,
        "Divergence must be one of the constants of KlDivGen.Divergences. Values are lower case.",
        HelpLinks + "kldiv027",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor InvalidTemperature = new(
        "KLDIV028",
        "Temperature is not positive",
        "Temperature is {0}; it must be a number from {1}",
        Category,
        Error,
        isEnabledByDefault: true,
        "The temperature divides every logit before the softmax. The type that the method computes in must hold its reciprocal.",
        HelpLinks + "kldiv028",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor TemperatureWithoutLogits = new(
        DiagnosticIds.TemperatureWithoutLogits,
        "Temperature without logits",
        "'{0}' is not used: neither the input nor the target holds logits; set InputLogits or TargetLogits, or remove it",
        Category,
        Error,
        isEnabledByDefault: true,
        "The temperature divides logits. It does not change probabilities and log-probabilities.",
        HelpLinks + "kldiv029",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor TemperatureTwice = new(
        DiagnosticIds.TemperatureTwice,
        "Temperature is given twice",
        "'Temperature' is not used: the parameter 'temperature' replaces it; remove one of the two",
        Category,
        Error,
        isEnabledByDefault: true,
        "The temperature is a constant of the attribute or a parameter of the method, where it is known only at run time.",
        HelpLinks + "kldiv030",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor InvalidBeta = new(
        "KLDIV031",
        "Beta is not between 0 and 1",
        "Beta is {0}; it must be greater than 0 and less than 1",
        Category,
        Error,
        isEnabledByDefault: true,
        "Beta is the weight of the target in the mixture of divergence \"jsd\". At 0 and 1 the divergence would be 0 everywhere.",
        HelpLinks + "kldiv031",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor BetaWithoutMixture = new(
        DiagnosticIds.BetaWithoutMixture,
        "Beta is not used",
        "'Beta' is not used: divergence \"{0}\" has no mixture; set Divergence to \"jsd\", or remove it",
        Category,
        Error,
        isEnabledByDefault: true,
        "Only divergence \"jsd\" compares target and input with a mixture of the two, in which Beta is the weight of the target.",
        HelpLinks + "kldiv032",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor LogTargetOfLogits = new(
        DiagnosticIds.LogTargetOfLogits,
        "Target holds logits and log-probabilities",
        "The target cannot hold both log-probabilities and logits; remove LogTarget or TargetLogits",
        Category,
        Error,
        isEnabledByDefault: true,
        "With LogTarget, the target holds log-probabilities, which the kernel uses as they are. With TargetLogits, it holds logits, and "
        + "the softmax over each row is part of the kernel.",
        HelpLinks + "kldiv033",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor UnusedDialect = new(
        DiagnosticIds.UnusedDialect,
        "Dialect is not used",
        "'Dialect' is not used: {0}; remove it",
        Category,
        Error,
        isEnabledByDefault: true,
        "A dialect defines the forward loss where a target is 0 or negative, or a log-probability of −∞, as a library does. For targets of "
        + "logits, and for the other divergences, one definition covers all values.",
        HelpLinks + "kldiv034",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor MissingClasses = new(
        DiagnosticIds.MissingClasses,
        "Parameter classes is missing",
        "'{0}' computes rows of flat spans and needs a parameter 'int classes', the length of a row{1}",
        Category,
        Error,
        isEnabledByDefault: true,
        "Logits, reduction \"row\", mask and weights concern rows, the last dimension of the data. A flat span has no dimensions, so "
        + "the caller passes the length of a row.",
        HelpLinks + "kldiv035",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor ForbiddenClasses = new(
        "KLDIV036",
        "Parameter classes is not used",
        "'classes' is not used: {0}; remove it",
        Category,
        Error,
        isEnabledByDefault: true,
        "Rows matter with logits, with reductions \"row\" and \"batchmean\", and with a mask or weights. With tensor spans, a row is the "
        + "last dimension.",
        HelpLinks + "kldiv036",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor DegreeWithoutParallel = new(
        "KLDIV037",
        "Number of threads without Parallel",
        "'{0}' is not used: the method computes on the calling thread; set Parallel to true, or remove the parameter",
        Category,
        Error,
        isEnabledByDefault: true,
        "Only a method with Parallel = true uses several threads.",
        HelpLinks + "kldiv037",
        WellKnownDiagnosticTags.NotConfigurable);

    /// <summary>The errors, which the parser reports.</summary>
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
        ReturnType,
        GeneratedFileCompiled,
        ExternAlias,
        HiddenNamespace,
        UnknownDivergence,
        InvalidTemperature,
        TemperatureWithoutLogits,
        TemperatureTwice,
        InvalidBeta,
        BetaWithoutMixture,
        LogTargetOfLogits,
        UnusedDialect,
        MissingClasses,
        ForbiddenClasses,
        DegreeWithoutParallel);
}
