using KlDivGen.Generator.Model;

namespace KlDivGen.Generator.Planning;

/// <summary>The formulas for a target of probabilities: loss y · (log y − x), ∂/∂x = −y, ∂/∂y = log y + 1 − x.</summary>
internal static class ProbabilityFormulas
{
    public static Outputs Build(ProgramBuilder b, KernelSpec spec, bool careful, List<Alarm> alarms)
    {
        bool sums = Formulas.Sums(spec);
        bool stores = spec.Output is not null;
        bool single = b.Compute == Lane.Single;
        long sign = single ? int.MinValue : long.MinValue;

        b.Begin("log-probability x and probability y");
        bool logarithm = sums || stores || spec.GradTarget is not null;
        Value y = careful ? Storage.Unpack(b, ParameterRole.Target, spec.Target)
            : logarithm ? Storage.Unpack(b, ParameterRole.Target, spec.Target, Known.Positive)
            : Storage.UnpackFinite(b, ParameterRole.Target, spec.Target, alarms);

        LogDifference? difference = null;
        if (logarithm)
        {
            difference = Logarithm.MinusInput(b, y, Input, plusOne: spec.GradTarget is not null, careful);
            if (!careful)
            {
                AlarmTarget();
            }
        }
        else if (spec.Dialect != Dialect.PyTorch)
        {
            alarms.Add(new Alarm(AlarmKind.Bits, b.AsInteger("yBits", y), sign));
        }

        Value? loss = null;
        Product? sum = null;
        SmallPart? small = null;
        if (sums || stores)
        {
            bool apart = sums && b.Fused;
            (Value a, Value c) = (y, careful && stores ? difference!.DRestored : apart ? difference!.DWithoutLow : difference!.D);
            if (careful)
            {
                b.Begin(LossComment(spec.Dialect));
                (a, c) = MaskLoss(b, spec.Dialect, y, c);
            }

            sum = sums ? new Product(a, c) : null;
            if (apart)
            {
                // The products with n may overflow where a target is no probability; the sum then tells of it.
                (Value n, Value weight) = careful ? difference!.SmallN : (difference!.N, difference.Ln2Low);
                small = new SmallPart(a, n, weight, "y · n, added up: times ln2Low, the smallest part of the sum");
            }

            if (stores)
            {
                b.Begin("loss = y · d, and 0 rather than −0");
                loss = b.MultiplyAdd("loss", a, c, b.Constant("Zero", 0));
                alarms.Add(new Alarm(AlarmKind.NotFinite, loss.Value, 0));
            }
        }

        Value? gradInput = null;
        if (spec.GradInput is not null)
        {
            b.Begin("∂/∂x = −y" + Formulas.TimesUpstream(spec));
            gradInput = Formulas.GradInput(b, spec, y, "minusY");
            if (careful)
            {
                gradInput = MaskGradInput(b, spec.Dialect, y, gradInput.Value);
            }
            else if (spec is { Reduction: Reduction.None, GradOutput: not null } && spec.Dialect == Dialect.Paddle)
            {
                alarms.Add(new Alarm(AlarmKind.NotFinite, gradInput.Value, 0));
            }
        }

        Value? gradTarget = null;
        if (spec.GradTarget is not null)
        {
            b.Begin("∂/∂y = log y + 1 − x" + Formulas.TimesUpstream(spec));
            gradTarget = MaskGradTarget(b, spec, careful, y, difference!.DPlusOne);
        }

        return new Outputs(sum, small, loss, gradInput, gradTarget);

        // A sum can do without the logarithms of subnormals, unless nothing else is in it; what is written cannot, if there are any.
        void AlarmTarget()
        {
            if (Storage.IsNormal(spec.Target, b.Compute))
            {
                alarms.Add(Storage.NotPositive(b, ParameterRole.Target, spec.Target));
            }
            else if (stores || spec.GradTarget is not null || spec.Deterministic)
            {
                alarms.Add(new Alarm(AlarmKind.Bits, b.And("tinyBits", b.AsInteger("yBits", y), Logarithm.Tiny(b, y)), -1));
                if (!sums)
                {
                    // A sum tells of ∞ and NaN, and has no need of what is restored from y = 2 on.
                    alarms.Add(Storage.NotPositive(b, ParameterRole.Target, spec.Target));
                }
            }
            else
            {
                alarms.Add(new Alarm(AlarmKind.SumNotOrdinary, b.AsInteger("yBits", y), 0));
                return;
            }

            if (sums)
            {
                alarms.Add(new Alarm(AlarmKind.SumNotFinite, y, 0));
            }
        }

        Value Input() => careful
            ? Storage.Unpack(b, ParameterRole.Input, spec.Input)
            : Storage.UnpackFinite(b, ParameterRole.Input, spec.Input, alarms);
    }

    private static string LossComment(Dialect dialect) => dialect switch
    {
        Dialect.Paddle => "y ≤ 0 contributes 0, whatever x",
        Dialect.PyTorch => "y < 0 gives NaN",
        _ => "y = 0 contributes 0, whatever x; y < 0 gives NaN",
    };

    /// <summary>The two factors of the loss, with the dialect's values at y ≤ 0. Both are masked, since 0 · ∞ is NaN.</summary>
    private static (Value Y, Value D) MaskLoss(ProgramBuilder b, Dialect dialect, Value y, Value d)
    {
        Value zero = b.Constant("Zero", 0);
        if (dialect == Dialect.Paddle)
        {
            Value outside = b.LessOrEqual("outside", y, zero);
            return (b.AndNot("weight", y, outside), b.AndNot("difference", d, outside));
        }

        Value difference = b.Select("difference", b.Less("negative", y, zero), b.Constant("NotANumber", double.NaN), d);
        return (y, dialect == Dialect.PyTorch ? difference : b.AndNot("difference", difference, b.Equal("none", y, zero)));
    }

    private static Value MaskGradInput(ProgramBuilder b, Dialect dialect, Value y, Value gradInput)
    {
        Value zero = b.Constant("Zero", 0);
        return dialect switch
        {
            Dialect.Paddle => b.AndNot("dx", gradInput, b.LessOrEqual("outside", y, zero)),
            Dialect.PyTorch => gradInput,
            _ => b.Select("dx", b.Less("negative", y, zero), b.Constant("NotANumber", double.NaN), gradInput),
        };
    }

    private static Value MaskGradTarget(ProgramBuilder b, KernelSpec spec, bool careful, Value y, Value derivative)
    {
        Value zero = b.Constant("Zero", 0);
        if (spec.Dialect == Dialect.Paddle)
        {
            // What is outside is 0 even where the upstream gradient is not finite, so the mask comes last.
            Value scaled = Formulas.Scale(b, spec, derivative, "dy", Formulas.GradTargetScale);

            // A fast program's alarm has the mask of all that is less than a normal number already, and tells of the subnormals in it.
            bool alarmed = !careful && !Storage.IsNormal(spec.Target, b.Compute);
            return b.AndNot("dy", scaled, alarmed ? Logarithm.Tiny(b, y) : b.LessOrEqual("outside", y, zero));
        }

        Value nan = b.Constant("NotANumber", double.NaN);
        if (spec.Dialect == Dialect.PyTorch)
        {
            derivative = b.Select("derivative", b.LessOrEqual("outside", y, zero), nan, derivative);
        }
        else
        {
            derivative = b.Select("derivative", b.Equal("none", y, zero), b.Constant("MinusInfinity", double.NegativeInfinity), derivative);
            derivative = careful ? b.Select("derivative", b.Less("negative", y, zero), nan, derivative) : derivative;
        }

        return Formulas.Scale(b, spec, derivative, "dy", Formulas.GradTargetScale);
    }
}
