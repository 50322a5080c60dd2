using KlDivGen.Generator.Model;

namespace KlDivGen.Generator.Planning;

/// <summary>
/// The formulas for a target of log-probabilities: loss exp(y) · (y − x), ∂/∂x = −exp(y), ∂/∂y = exp(y) · (y − x + 1).
/// </summary>
internal static class LogTargetFormulas
{
    public static Outputs Build(ProgramBuilder b, KernelSpec spec, bool careful, List<Alarm> alarms)
    {
        bool sums = Formulas.Sums(spec);
        b.Begin("log-probabilities x and y");
        Value y = Storage.Unpack(b, ParameterRole.Target, spec.Target, careful ? Known.Nothing : Known.Finite);
        ExponentialValue exp;
        if (careful)
        {
            exp = Exponential.Careful(b, y);
        }
        else
        {
            (exp, Value range) = Exponential.Fast(b, y);
            alarms.Add(new Alarm(AlarmKind.Bits, range, Exponential.RangeMask(b.Compute)));
        }

        Value? d = null;
        if (sums || spec.Output is not null || spec.GradTarget is not null)
        {
            b.Begin("d = y − x");
            d = careful
                ? b.Subtract("d", y, Storage.Unpack(b, ParameterRole.Input, spec.Input))
                : Storage.SubtractFinite(b, "d", y, ParameterRole.Input, spec.Input, alarms);
        }

        Value? loss = null;
        Product? sum = null;
        if (sums || spec.Output is not null)
        {
            (Value a, Value c) = (exp.Scaled, exp.Times(d!.Value));
            if (careful)
            {
                (a, c) = MaskLoss(b, spec.Dialect, y, a, c);
            }

            sum = sums ? new Product(a, c) : null;
            if (spec.Output is not null)
            {
                b.Begin("loss = exp(y) · d, and 0 rather than −0");
                loss = b.MultiplyAdd("loss", a, c, b.Constant("Zero", 0));
            }
        }

        Value? gradInput = null;
        if (spec.GradInput is not null)
        {
            b.Begin("∂/∂x = −exp(y)" + Formulas.TimesUpstream(spec));
            gradInput = Formulas.GradInput(b, spec, exp.Exp, "minusE");
        }

        Value? gradTarget = null;
        if (spec.GradTarget is not null)
        {
            b.Begin("∂/∂y = exp(y) · (d + 1)" + Formulas.TimesUpstream(spec));
            Value dPlusOne = b.Add("dPlusOne", d!.Value, b.Constant("One", 1));

            // What is not scaled has to be 0 rather than −0 by itself.
            Value derivative = Formulas.IsScaled(spec)
                ? b.Multiply("derivative", exp.Exp, dPlusOne)
                : b.MultiplyAdd("derivative", exp.Exp, dPlusOne, b.Constant("Zero", 0));
            gradTarget = Formulas.Scale(b, spec, derivative, "dy", Formulas.GradTargetScale);
            gradTarget = careful && spec.Dialect == Dialect.Strict ? b.AndNot("dy", gradTarget.Value, Impossible(b, y)) : gradTarget;
        }

        return new Outputs(sum, SmallPart: null, loss, gradInput, gradTarget);
    }

    /// <summary>
    /// The two factors of the loss, with the dialect's value at y = −∞, where the exponential's first factor is not 0 by itself: 0 for
    /// a probability of 0, or 0 · ∞, which is NaN.
    /// </summary>
    private static (Value E, Value D) MaskLoss(ProgramBuilder b, Dialect dialect, Value y, Value e, Value d)
    {
        bool strict = dialect == Dialect.Strict;
        b.Begin(strict ? "a probability of 0 contributes 0" : "a probability of 0 contributes 0 · ∞, so NaN");
        Value impossible = Impossible(b, y);
        return strict ? (e, b.AndNot("difference", d, impossible)) : (b.AndNot("weight", e, impossible), d);
    }

    private static Value Impossible(ProgramBuilder b, Value y) => b.Equal("impossible", y, b.Constant("MinusInfinity", double.NegativeInfinity));
}
