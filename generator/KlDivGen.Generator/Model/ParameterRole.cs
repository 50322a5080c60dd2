namespace KlDivGen.Generator.Model;

/// <summary>The role of a parameter. The first two are known by their position, the others by their name.</summary>
internal enum ParameterRole
{
    Input,
    Target,
    Output,
    BatchSize,
    GradOutput,
    GradInput,
    GradTarget,
    Classes,
    Temperature,
    Mask,
    Weights,
    MaxDegreeOfParallelism,
}

/// <summary>
/// The facts about each <see cref="ParameterRole"/>. Parser, planner and writer all read them here, so that a new role is one row.
/// </summary>
/// <param name="Role">The role.</param>
/// <param name="Name">The parameter's name in the contract, which is also the operand's name in generated code.</param>
/// <param name="Symbol">The name of the operand's value in formulas.</param>
/// <param name="Direction">Which way its data flows. A scalar <c>gradOutput</c> is an argument all the same.</param>
/// <param name="Element">The type of its elements, or <see langword="null"/> where the method has no such data.</param>
internal sealed record ParameterRoleInfo(
    ParameterRole Role, string Name, string Symbol, Direction Direction, Func<KernelSpec, ElementType?> Element);

/// <summary>The table of roles.</summary>
internal static class ParameterRoles
{
    /// <summary>All roles, in the order of the enumeration.</summary>
    public static readonly IReadOnlyList<ParameterRoleInfo> All =
    [
        new(ParameterRole.Input, "input", "x", Direction.Source, spec => spec.Input),
        new(ParameterRole.Target, "target", "y", Direction.Source, spec => spec.Target),
        new(ParameterRole.Output, "output", "loss", Direction.Destination, spec => spec.Output),
        new(ParameterRole.BatchSize, "batchSize", "batchSize", Direction.Argument, _ => null),
        new(ParameterRole.GradOutput, "gradOutput", "upstream", Direction.Source, spec => spec.GradOutput),
        new(ParameterRole.GradInput, "gradInput", "dx", Direction.Destination, spec => spec.GradInput),
        new(ParameterRole.GradTarget, "gradTarget", "dy", Direction.Destination, spec => spec.GradTarget),
        new(ParameterRole.Classes, "classes", "classes", Direction.Argument, _ => null),
        new(ParameterRole.Temperature, "temperature", "temperature", Direction.Argument, _ => null),
        new(ParameterRole.Mask, "mask", "mask", Direction.Argument, _ => null),
        new(ParameterRole.Weights, "weights", "weights", Direction.Argument, _ => null),
        new(ParameterRole.MaxDegreeOfParallelism, "maxDegreeOfParallelism", "threads", Direction.Argument, _ => null),
    ];

    public static ParameterRoleInfo Info(this ParameterRole role) => All[(int)role];
}
