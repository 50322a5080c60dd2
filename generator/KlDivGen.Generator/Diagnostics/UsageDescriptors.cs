using Microsoft.CodeAnalysis;

namespace KlDivGen.Generator.Diagnostics;

/// <summary>The descriptors of warnings and suggestions for code that compiles and is probably wrong.</summary>
/// <remarks>
/// The rules of <see cref="DiagnosticDescriptors"/> apply. Unlike errors, these diagnostics are configurable: a method with a warning is
/// generated.
/// </remarks>
internal static class UsageDescriptors
{
    private const string Category = "KlDivGen";
    private const string HelpLinks = "https://github.com/KlDivGen/KlDivGen#";

    public static readonly DiagnosticDescriptor MeanReduction = new(
        DiagnosticIds.MeanReduction,
        "Mean divides by the number of classes",
        "\"mean\" divides the loss of '{0}' by rows and classes; \"batchmean\" divides by rows only, like the mathematical divergence",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "The mean over all elements is the divergence per row divided by the number of classes. PyTorch warns of it too. Use "
        + "\"batchmean\", or suppress this if the mean over all elements is meant.",
        HelpLinks + "kldiv100");

    public static readonly DiagnosticDescriptor ParameterOrder = new(
        DiagnosticIds.ParameterOrder,
        "Input and target may be swapped",
        "'{0}' is the {1} parameter of '{2}', which is the {3}; the input (log-probabilities) comes first, the target second",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "The first parameter is the input and the second the target, whatever their names, as in torch.nn.functional.kl_div. Swap "
        + "them, or rename them if the order is right.",
        HelpLinks + "kldiv101");

    public static readonly DiagnosticDescriptor InputContents = new(
        "KLDIV102",
        "Input holds probabilities",
        "The input of '{0}' must hold {1}; '{2}' holds the result of {3}",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "The input holds log-probabilities, the result of a log-softmax, or logits with InputLogits = true. Apply the logarithm to "
        + "probabilities first.",
        HelpLinks + "kldiv102");

    public static readonly DiagnosticDescriptor TargetContents = new(
        DiagnosticIds.TargetContents,
        "Target and LogTarget do not match",
        "The target of '{0}' must hold {1}, because {2}; '{3}' holds the result of {4}",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "The target holds probabilities, log-probabilities with LogTarget = true, or logits with TargetLogits = true. Set what it holds.",
        HelpLinks + "kldiv103");

    public static readonly DiagnosticDescriptor SameData = new(
        "KLDIV104",
        "Input and target are the same data",
        "'{0}' is both the input and the target of '{1}'",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "The input and the target of a divergence are two distributions. Pass the prediction first and the target second.",
        HelpLinks + "kldiv104");

    public static readonly DiagnosticDescriptor FloatSum = new(
        "KLDIV105",
        "Losses are added in float",
        "'{0}' adds the losses of '{1}' in float, which rounds each addition; use a double, or call '{1}' once for all rows",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "A kernel adds in double precision, but a float total loses digits with every addition. Declare the total as double, and the "
        + "method with the return type double if it returns float, or pass all rows in one call.",
        HelpLinks + "kldiv105");

    public static readonly DiagnosticDescriptor TemperatureScale = new(
        DiagnosticIds.TemperatureScale,
        "Loss with a temperature is added to another",
        "'{0}' divides logits by a temperature, which makes its gradients smaller than those of the loss it is added to; set "
        + "TemperatureSquared",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "Gradients of logits that are divided by T are smaller by the factor 1 / T². TemperatureSquared makes up for it, so that the "
        + "weights of the losses do not depend on the temperature (Hinton et al. 2015).",
        HelpLinks + "kldiv106");
}
