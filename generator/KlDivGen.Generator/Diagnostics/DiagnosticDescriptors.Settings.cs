using Microsoft.CodeAnalysis;

namespace KlDivGen.Generator.Diagnostics;

/// <content>Errors in the arguments of the attribute.</content>
internal static partial class DiagnosticDescriptors
{
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
        "The temperature divides every logit before the softmax. The type that the method computes in must hold its reciprocal, and with "
        + "TemperatureSquared its square.",
        HelpLinks + "kldiv028",
        WellKnownDiagnosticTags.NotConfigurable);

    public static readonly DiagnosticDescriptor UnusedTemperature = new(
        DiagnosticIds.UnusedTemperature,
        "Temperature is not used",
        "'{0}' is not used: {1}",
        Category,
        Error,
        isEnabledByDefault: true,
        "The temperature divides logits. It does not change probabilities and log-probabilities. TemperatureSquared multiplies the loss "
        + "by the square of the temperature, which is 1 where none is given.",
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
}
