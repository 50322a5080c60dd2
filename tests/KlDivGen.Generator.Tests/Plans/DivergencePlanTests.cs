using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Oracle;
using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;
using KlDivGen.Generator.Planning;
using ElementType = KlDivGen.Generator.Model.ElementType;

namespace KlDivGen.Generator.Tests.Plans;

/// <summary>
/// The formulas of the reverse and the Jensen–Shannon divergence without logits, interpreted element by element and compared with the oracle
/// of the conformance program.
/// </summary>
public sealed class DivergencePlanTests
{
    private const double Beta = KlDivGen.Conformance.Cases.Settings.Beta;

    private static readonly ParameterRole[] Results = [ParameterRole.Output, ParameterRole.GradInput, ParameterRole.GradTarget];

    private static readonly double[] Specials =
        [0, -0.0, 1, -1, 0.5, 2, 65504, 5.9604644775390625e-8, -64, -104, -750, double.PositiveInfinity, double.NegativeInfinity, double.NaN];

    public static TheoryData<string, string, bool, bool> Forms { get; } = new MatrixTheoryData<string, string, bool, bool>(
        [nameof(ElementType.Half), nameof(ElementType.Single), nameof(ElementType.Double)],
        [nameof(Divergence.Reverse), nameof(Divergence.JensenShannon)],
        [false, true],
        [false, true]);

    [Theory]
    [MemberData(nameof(Forms))]
    public void Slow_path_is_within_its_bounds(string type, string divergence, bool logTarget, bool deterministic)
    {
        KernelSpec spec = Spec(type, divergence, logTarget, deterministic);
        KernelPlan plan = Planner.Plan(spec);
        foreach ((double x, double y) in Pairs(spec))
        {
            AssertWithinBounds(spec, x, y, Run(plan, plan.Passes[0].SlowPath!, x, y));
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Fast_path_has_the_bits_of_the_slow_path_wherever_its_guards_hold(string type, string divergence, bool logTarget, bool deterministic)
    {
        KernelSpec spec = Spec(type, divergence, logTarget, deterministic);
        KernelPlan plan = Planner.Plan(spec);
        int valid = 0;
        foreach ((double x, double y) in Pairs(spec))
        {
            Interpretation fast = Run(plan, plan.Passes[0].FastPath, x, y);
            if (fast.GuardsHold)
            {
                valid++;
                Interpretation slow = Run(plan, plan.Passes[0].SlowPath!, x, y);
                Assert.All(Results, result => Assert.Equal(
                    BitConverter.DoubleToInt64Bits(slow.Stored[result]), BitConverter.DoubleToInt64Bits(fast.Stored[result])));
            }
        }

        Assert.True(valid > 200, $"The guards hold for {valid} elements only.");
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_sum_adds_the_loss_that_is_stored(string type, string divergence, bool logTarget, bool deterministic)
    {
        KernelSpec none = Spec(type, divergence, logTarget, deterministic);
        KernelPlan plan = Planner.Plan(Sum(none));
        Conformance.Arithmetic.FloatFormat format = Format(none);
        foreach ((double x, double y) in Pairs(none))
        {
            Expected expected = Oracle(none).Loss(x, y, ElementOracle.Transcendental(logTarget, y));
            foreach (KernelBody body in plan.Passes[0].Bodies)
            {
                Interpretation result = Run(plan, body, x, y);
                if (result.GuardsHold && expected.Allowed == AllowedAlternatives.None && !(Math.Abs(expected.Value.Hi) > 1e30))
                {
                    // A product is not rounded to a subnormal number here.
                    Expected widened = expected with { AbsoluteError = expected.AbsoluteError + format.MinNormal };
                    Assert.Null(widened.FindError(result.Sum, format, format));
                }
            }
        }
    }

    /// <summary>A tail masks only the first factor of a product: the second must be finite where masked operands load as 0.</summary>
    [Theory]
    [MemberData(nameof(Forms))]
    public void Masked_lanes_contribute_the_identity(string type, string divergence, bool logTarget, bool deterministic)
    {
        KernelPlan plan = Planner.Plan(Sum(Spec(type, divergence, logTarget, deterministic)));
        foreach (KernelBody body in plan.Passes[0].Bodies)
        {
            Assert.All(Run(plan, body, 0, 0).Factors, factor => Assert.True(double.IsFinite(factor)));
        }
    }

    private static KernelSpec Sum(KernelSpec none) =>
        none with { Reduction = Reduction.Sum, Output = null, GradInput = null, GradTarget = null, Return = new ReturnType(ElementType.Double) };

    private static KernelSpec Spec(string type, string divergence, bool logTarget, bool deterministic)
    {
        ElementType element = Enum.Parse<ElementType>(type);
        return new(
            Reduction.None,
            logTarget,
            Dialect.Paddle,
            deterministic,
            Parallel: false,
            Enum.Parse<Divergence>(divergence),
            Beta,
            Rows: null,
            DataKind.Span,
            element,
            element,
            element,
            null,
            element,
            element,
            ReturnType.Void);
    }

    /// <summary>The elements of the tables of the forward loss, and pairs of special values.</summary>
    private static IEnumerable<(double X, double Y)> Pairs(KernelSpec spec)
    {
        string type = spec.Input switch { ElementType.Half => "half", ElementType.Single => "float32", _ => "float64" };
        IEnumerable<(double, double)> table =
            Npy.Read($"elements-{type}-{(spec.LogTarget ? "log" : "probability")}").Select(row => (row[0], row[1]));
        double[] specials = [.. Specials.Where(value => spec.Input != ElementType.Half || ((double)(Half)value).Equals(value))];
        return table.Concat(from x in specials from y in specials select (x, y));
    }

    private static Interpretation Run(KernelPlan plan, KernelBody body, double x, double y) => PlanInterpreter.Run(
        body,
        new Dictionary<ParameterRole, double> { [ParameterRole.Input] = x, [ParameterRole.Target] = y },
        role => plan.Operands.Single(operand => operand.Role == role).Element,
        plan.IsFused,
        NaNOperand.Second);

    private static DivergenceOracle Oracle(KernelSpec spec) => new(
        Enum.Parse<KlDivGen.Conformance.Cases.Divergence>(spec.Divergence.ToString()),
        spec.LogTarget,
        KlDivGen.Conformance.Cases.Dialect.Strict,
        Format(spec));

    private static Conformance.Arithmetic.FloatFormat Format(KernelSpec spec) => spec.Input == ElementType.Double
        ? Conformance.Arithmetic.FloatFormat.Double
        : Conformance.Arithmetic.FloatFormat.Single;

    private static void AssertWithinBounds(KernelSpec spec, double x, double y, Interpretation actual)
    {
        DivergenceOracle oracle = Oracle(spec);
        ScaledValue t = ElementOracle.Transcendental(spec.LogTarget, y);
        Conformance.Arithmetic.FloatFormat compute = Format(spec);
        Conformance.Arithmetic.FloatFormat storage = spec.Input == ElementType.Half ? Conformance.Arithmetic.FloatFormat.Half : compute;
        foreach ((ParameterRole role, Expected expected) in
            ((ParameterRole, Expected)[])
            [
                (ParameterRole.Output, oracle.Loss(x, y, t)),
                (ParameterRole.GradInput, oracle.GradInput(x, y, t)),
                (ParameterRole.GradTarget, oracle.GradTarget(x, y, t)),
            ])
        {
            string? error = expected.FindError(actual.Stored[role], compute, storage);
            Assert.True(error is null, $"{role} of x = {x:R}, y = {y:R} {error}.");
        }
    }
}
