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
        Value e;
        if (careful)
        {
            e = Exponential.Careful(b, y);
        }
        else
        {
            (e, Value range) = Exponential.Fast(b, y);
            alarms.Add(new Alarm(AlarmKind.Bits, range, Exponential.RangeMask(b.Compute)));
        }

        Value? d = null;
        Value? none = null;
        if (sums || spec.Output is not null || spec.GradTarget is not null)
        {
            b.Begin("d = y − x");
            d = b.Subtract("d", y, careful
                ? Storage.Unpack(b, ParameterRole.Input, spec.Input)
                : Storage.UnpackFinite(b, ParameterRole.Input, spec.Input, alarms));
            if (careful && spec.Dialect == Dialect.Strict)
            {
                none = b.Equal("none", y, b.Constant("MinusInfinity", double.NegativeInfinity));
            }
        }

        Value? loss = null;
        Product? sum = null;
        if (sums || spec.Output is not null)
        {
            (Value a, Value c) = (e, d!.Value);
            if (careful)
            {
                b.Begin(none is null ? "equal logarithms differ by 0, even where exp(y) is ∞" : "a probability of 0 contributes 0; equal logarithms differ by 0");
                a = b.AndNot("weight", e, b.Equal("equal", c, b.Constant("Zero", 0)));
                c = none is null ? c : b.AndNot("difference", c, none.Value);
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
            b.Begin("∂/∂x = −exp(y), times what comes from upstream");
            Value derivative = spec.Reduction == Reduction.None ? b.Subtract("minusE", b.Constant("Zero", 0), e) : e;
            gradInput = Formulas.Scale(b, spec, derivative, "dx", Formulas.GradInputScale);
        }

        Value? gradTarget = null;
        if (spec.GradTarget is not null)
        {
            b.Begin("∂/∂y = exp(y) · (d + 1), times what comes from upstream");
            Value derivative = b.Multiply("derivative", e, b.Add("dPlusOne", d!.Value, b.Constant("One", 1)));
            gradTarget = Formulas.Scale(b, spec, derivative, "dy", Formulas.GradTargetScale);
            gradTarget = none is null ? gradTarget : b.AndNot("dy", gradTarget.Value, none.Value);
        }

        return new Outputs(sum, loss, gradInput, gradTarget);
    }
}
