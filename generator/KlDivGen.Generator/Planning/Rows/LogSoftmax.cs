using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Planning.Rows;

/// <summary>
/// The log-softmax of one row of logits z, log p = (z − max z) / T − log Σ exp((z − max z) / T): the passes that find its normalizer, and its
/// elements, which the formulas of the losses take for log-probabilities.
/// </summary>
internal static class LogSoftmax
{
    /// <summary>The role of the operand that holds logits, where only one does.</summary>
    public static ParameterRole Role(KernelSpec spec) => spec.Rows!.InputLogits ? ParameterRole.Input : ParameterRole.Target;

    /// <summary>The log-probability of a logit.</summary>
    public static Value Lower(BodyBuilder b, KernelSpec spec, Value z)
    {
        Value shifted = Shifted(b, spec, z, "log-softmax: (z − max z) / T − log Σ exp((z − max z) / T)");
        Value minusLogSum = b.Argument(new RowArgument("minusLogSum", b.ComputeType, RowStatistic.LogSum, Negated: true));
        return spec.Rows!.HasTemperature
            ? b.MultiplyAdd("logP", shifted, InverseTemperature(b), minusLogSum)
            : b.Add("logP", shifted, minusLogSum);
    }

    /// <summary>The maximum and the minimum of the logits, and a sum that is finite only where all of them are.</summary>
    public static BodyBuilder Extremes(KernelSpec spec)
    {
        BodyBuilder b = Builder(spec);
        Value z = Logits(b, spec);
        string name = Role(spec).Info().Name;
        b.Reduce(new PassReduction(name + "Maximum", ReduceOp.Max, z, null));
        b.Reduce(new PassReduction(name + "Minimum", ReduceOp.Min, z, null));
        b.Reduce(new PassReduction("total", ReduceOp.Sum, z, null));
        return b;
    }

    /// <summary>Σ exp((z − max z) / T), and the sum of the weights where the gradient by the second distribution's logits needs it.</summary>
    public static BodyBuilder Sums(KernelSpec spec, bool isSlowPath)
    {
        BodyBuilder b = Builder(spec);
        Value y = Shifted(b, spec, Logits(b, spec), "exp((z − max z) / T)");
        y = spec.Rows!.HasTemperature ? b.Multiply("zDivided", y, InverseTemperature(b)) : y;
        Value e = isSlowPath ? Exponential(b, y) : Planning.Exponential.OfE.Normal(b, y);
        b.Reduce(new PassReduction("expSum", ReduceOp.Sum, e, null));
        if (spec.Divergence == Divergence.Forward && spec.Rows!.InputLogits && spec.GradInput is not null)
        {
            b.Reduce(new PassReduction(SumNames.Targets, ReduceOp.Sum, Upstream(Probability(b, spec)), null));
        }
        else if (spec.Divergence == Divergence.Reverse && spec.Rows!.TargetLogits && spec.GradTarget is not null)
        {
            Value x = OperandAccess.Decode(b, ParameterRole.Input, spec.Input, comment: "the input's log-probabilities");
            b.Reduce(new PassReduction(SumNames.Inputs, ReduceOp.Sum, Upstream(Exponential(b, x)), null));
        }

        return b;

        Value Upstream(Value weight) => new UpstreamGradient(spec).TimesElement(b, "upstreamWeight", weight);
    }

    private static BodyBuilder Builder(KernelSpec spec) =>
        new(FloatFormat.Of(StorageFormat.StoredType(spec.ComputeType)), isFused: !spec.Deterministic);

    private static Value Logits(BodyBuilder b, KernelSpec spec) =>
        OperandAccess.Decode(b, Role(spec), Role(spec).Info().Element(spec)!.Value, comment: "the logits z");

    private static Value Shifted(BodyBuilder b, KernelSpec spec, Value z, string comment)
    {
        RowArgument maximum = new(Role(spec).Info().Name + "Maximum", b.ComputeType, RowStatistic.Maximum);
        return b.Subtract("zShifted", z, b.Argument(maximum), comment);
    }

    private static Value InverseTemperature(BodyBuilder b) =>
        b.Argument(new RowArgument("inverseTemperature", b.ComputeType, RowStatistic.InverseTemperature));

    private static Value Exponential(BodyBuilder b, Value y)
    {
        ExponentialValue exp = Planning.Exponential.OfE.Slow(b, y);
        return exp.TimesPower(b, "e", exp.Scaled);
    }

    /// <summary>The target as a probability that contributes to the loss: with the dialect's value where it is negative.</summary>
    private static Value Probability(BodyBuilder b, KernelSpec spec)
    {
        Value y = OperandAccess.Decode(b, ParameterRole.Target, spec.Target, comment: "the target's probabilities");
        if (spec.LogTarget)
        {
            return Exponential(b, y);
        }

        return spec.Dialect switch
        {
            Dialect.Paddle => b.AndNot("weight", y, b.LessThan("isNegative", y, b.Zero)),
            Dialect.PyTorch => y,
            _ => b.Select("weight", b.LessThan("isNegative", y, b.Zero), b.NaN, y),
        };
    }
}
