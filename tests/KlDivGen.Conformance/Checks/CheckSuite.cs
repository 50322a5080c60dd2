using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Matrix;
using KlDivGen.Conformance.Memory;

namespace KlDivGen.Conformance.Checks;

/// <summary>All checks of kernels.</summary>
internal static class CheckSuite
{
    /// <summary>The checks. Those whose errors are easiest to understand come first.</summary>
    public static IReadOnlyList<Check> Checks { get; } =
    [
        References.Elements, References.Reductions, References.Autograd, PaddleTests.Check,
        Values.Lengths, Values.Alignment, Values.Large, Values.Wide, Values.Near, Values.Cancelling, Values.Constant, Values.Equal,
        Specials.Everywhere, Specials.Reduced, SixteenBits.Check, UpstreamGradients.Scalar, UpstreamGradients.LossScale, NaNs.Check,
        InPlace.Check, Arguments.Check, Consistency.Check, Layouts.Check, ParallelCalls.Check, Allocation.Check,
    ];

    /// <summary>Runs a check on each method of a group that it applies to.</summary>
    /// <param name="check">The name of the check.</param>
    /// <param name="group">The name of the group.</param>
    public static IEnumerable<CheckResult> Run(string check, string group)
    {
        Check chosen = Checks.Single(c => c.Name == check);
        using OperandMemory memory = new();
        foreach (KernelCase kernel in KernelGroups.Get(group).Where(c => chosen.Applies(c.Settings)))
        {
            yield return CheckResult.Create(check, kernel.Title, chosen.Run(kernel, memory));
        }
    }
}
