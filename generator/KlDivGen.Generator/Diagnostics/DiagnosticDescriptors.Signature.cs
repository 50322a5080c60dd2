using Microsoft.CodeAnalysis;

namespace KlDivGen.Generator.Diagnostics;

/// <content>Errors in the parameters and the return type of a method.</content>
internal static partial class DiagnosticDescriptors
{
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
        + "'gradOutput', 'gradInput', 'gradTarget', 'classes', 'temperature', 'mask', 'weights' and 'maxDegreeOfParallelism'.",
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
}
