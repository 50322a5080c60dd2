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
}
