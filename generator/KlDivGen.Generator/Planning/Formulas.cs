using KlDivGen.Generator.Model;

namespace KlDivGen.Generator.Planning;

/// <summary>
/// The loss and its gradients as vector programs. Each output is a small formula over shared values; a dialect is a mask at the end
/// of a formula; the fast program leaves out the masks that its alarms make up for.
/// </summary>
internal static class Formulas
{
    public const string GradInputScale = "gradInputScale";
    public const string GradTargetScale = "gradTargetScale";

    public static VectorProgram Build(KernelSpec spec, bool careful)
    {
        ProgramBuilder builder = new(Storage.LaneOf(spec.ComputeType), fused: !spec.Deterministic);
        List<Alarm> alarms = new();
        Outputs outputs = spec.LogTarget
            ? LogTargetFormulas.Build(builder, spec, careful, alarms)
            : ProbabilityFormulas.Build(builder, spec, careful, alarms);

        List<Store> stores = new();
        Add(ParameterRole.Output, spec.Output, outputs.Loss);
        Add(ParameterRole.GradInput, spec.GradInput, outputs.GradInput);
        Add(ParameterRole.GradTarget, spec.GradTarget, outputs.GradTarget);
        return new VectorProgram(
            new EquatableArray<Instruction>(builder.Instructions),
            stores.ToEquatableArray(),
            outputs.Sum,
            outputs.SmallPart,
            (careful ? [] : alarms).ToEquatableArray(),
            builder.Fused);

        void Add(ParameterRole role, ElementType? element, Value? value)
        {
            if (element is { } type)
            {
                stores.Add(new Store(role, Storage.Pack(builder, value!.Value, type, spec.Deterministic)));
            }
        }
    }

    /// <summary>Whether the method adds losses up.</summary>
    public static bool Sums(KernelSpec spec) => spec.Reduction != Reduction.None && spec.Return != ReturnType.Void;

    /// <summary>Whether the gradients are scaled by one number, which only the call knows: a sum without anything from upstream has none.</summary>
    public static bool HasScale(KernelSpec spec) =>
        spec.Reduction is Reduction.Mean or Reduction.BatchMean || (spec.Reduction == Reduction.Sum && spec.GradOutput is not null);

    /// <summary>Whether the gradients are multiplied by anything from upstream, be it a number or one for each element.</summary>
    public static bool IsScaled(KernelSpec spec) => HasScale(spec) || spec.GradOutput is not null;

    /// <summary>What a comment on a gradient says of that.</summary>
    public static string TimesUpstream(KernelSpec spec) => IsScaled(spec) ? ", times what comes from upstream" : string.Empty;

    /// <summary>∂L/∂x, from what is its negative but for the scale; the scale, where there is one, has the sign.</summary>
    public static Value GradInput(ProgramBuilder b, KernelSpec spec, Value negative, string name) =>
        Scale(b, spec, HasScale(spec) ? negative : b.Subtract(name, b.Constant("Zero", 0), negative), "dx", GradInputScale);

    /// <summary>
    /// A gradient, scaled by what comes from upstream, if anything does. 0 rather than −0, so that a mask, which gives 0, changes no bit
    /// of what is 0 already.
    /// </summary>
    public static Value Scale(ProgramBuilder b, KernelSpec spec, Value gradient, string name, string argument)
    {
        if (HasScale(spec))
        {
            return b.MultiplyAdd(name, gradient, b.Argument(argument), b.Constant("Zero", 0));
        }

        return spec.GradOutput is { } element
            ? b.MultiplyAdd(name, gradient, Storage.Unpack(b, ParameterRole.GradOutput, element), b.Constant("Zero", 0))
            : gradient;
    }
}

/// <summary>What the formulas of one program come to; a member is null where the method does not ask for it.</summary>
/// <param name="Sum">The product whose sum is the sum of the losses.</param>
/// <param name="SmallPart">What is added to that at last.</param>
/// <param name="Loss">The loss of each element.</param>
/// <param name="GradInput">∂L/∂x.</param>
/// <param name="GradTarget">∂L/∂y.</param>
internal sealed record Outputs(Product? Sum, SmallPart? SmallPart, Value? Loss, Value? GradInput, Value? GradTarget);
