using KlDivGen.Conformance.Data;
using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;
using KlDivGen.Generator.Planning;

namespace KlDivGen.Generator.Tests.Plans;

/// <summary>
/// The formulas themselves, interpreted element by element and compared with 50-digit references (tests/references/elements.py): the
/// mathematics without its spelling and without the just-in-time compiler.
/// </summary>
public sealed class PlanInterpreterTests
{
    private static readonly (ParameterRole Role, int Column)[] Results =
        [(ParameterRole.Output, 2), (ParameterRole.GradInput, 4), (ParameterRole.GradTarget, 6)];

    private static readonly double[] Specials =
        [0, -0.0, 1, -1, 0.5, 2, 65504, 5.9604644775390625e-8, 1e-40, -1e-40, double.PositiveInfinity, double.NegativeInfinity, double.NaN];

    public static TheoryData<string, bool, bool> Forms { get; } = new MatrixTheoryData<string, bool, bool>(
        [nameof(ElementType.Half), nameof(ElementType.BFloat16), nameof(ElementType.Single), nameof(ElementType.Double)],
        [false, true],
        [false, true]);

    [Theory]
    [MemberData(nameof(Forms))]
    public void Slow_path_is_within_its_bounds(string type, bool logTarget, bool deterministic)
    {
        ElementType element = Enum.Parse<ElementType>(type);
        KernelPlan plan = Planner.Plan(Spec(element, logTarget, deterministic));
        KernelBody body = plan.Passes[0].SlowPath!;
        foreach (double[] row in References(element, logTarget))
        {
            AssertWithinBounds(element, logTarget, row, Run(plan, body, row[0], row[1], NaNOperand.Second));
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Fast_path_has_the_bits_of_the_slow_path_wherever_its_guards_hold(string type, bool logTarget, bool deterministic)
    {
        ElementType element = Enum.Parse<ElementType>(type);
        KernelPlan plan = Planner.Plan(Spec(element, logTarget, deterministic));
        int valid = 0;
        foreach (double[] row in References(element, logTarget))
        {
            Interpretation fast = Run(plan, plan.Passes[0].FastPath, row[0], row[1], NaNOperand.Second);
            if (fast.GuardsHold)
            {
                valid++;
                Interpretation slow = Run(plan, plan.Passes[0].SlowPath!, row[0], row[1], NaNOperand.Second);
                Assert.All(Results, result => Assert.Equal(
                    BitConverter.DoubleToInt64Bits(slow.Stored[result.Role]), BitConverter.DoubleToInt64Bits(fast.Stored[result.Role])));
            }
        }

        Assert.True(valid > 200, $"The guards hold for {valid} elements only.");
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void No_result_depends_on_which_NaN_operand_a_maximum_returns(string type, bool logTarget, bool deterministic)
    {
        ElementType element = Enum.Parse<ElementType>(type);
        KernelPlan plan = Planner.Plan(Spec(element, logTarget, deterministic));
        double[] specials = [.. Specials.Where(value => element.Format() switch
        {
            ElementFormat.Half => ((double)(Half)value).Equals(value),
            ElementFormat.BFloat16 => Truncate(value).Equals(value),
            _ => true,
        })];
        foreach ((double x, double y) in from x in specials from y in specials select (x, y))
        {
            Interpretation first = Run(plan, plan.Passes[0].SlowPath!, x, y, NaNOperand.First);
            Interpretation second = Run(plan, plan.Passes[0].SlowPath!, x, y, NaNOperand.Second);
            Assert.All(Results, result => Assert.Equal(first.Stored[result.Role], second.Stored[result.Role]));
            bool isNaN = double.IsNaN(y) || (double.IsNaN(x) && (logTarget ? y != double.NegativeInfinity : y > 0));
            if (isNaN)
            {
                Assert.Equal(double.NaN, first.Stored[ParameterRole.Output]);
            }
        }
    }

    /// <summary>A guard that let a wrong element through would do so at the ends of the table's range, and for what is not a number.</summary>
    [Theory]
    [InlineData(nameof(ElementType.Single))]
    [InlineData(nameof(ElementType.Double))]
    public void Fast_path_with_a_table_is_within_the_bounds_wherever_its_guards_hold(string type)
    {
        ElementType element = Enum.Parse<ElementType>(type);
        KernelPlan plan = Planner.Plan(Sum(element));
        KernelBody body = plan.Passes[0].WideFastPath!;
        (double lowest, double highest) = element == ElementType.Double ? (-707.725, 2.0577) : (-86.6543, 2.0686);
        Assert.All([lowest - 0.0005, highest + 0.0005], y => Assert.False(Run(plan, body, -1, y, NaNOperand.Second).GuardsHold));
        Assert.All([lowest + 0.0005, -10, -1, -0.0, highest - 0.0005], y => Assert.True(Run(plan, body, -1, y, NaNOperand.Second).GuardsHold));
        IEnumerable<(double X, double Y)> beyond =
            from y in (double[])
            [
                .. Specials, lowest - 1, lowest - 0.5, lowest, lowest + 0.5, 1.5, 1.9, 2, 2.5, 50, 88, 89, 100, 700, 800,
                -1e4, -90_800, -272_600, -1e6, -1e9, -1e15, -1e30, 1e30, double.MinValue, double.MaxValue,
            ]
            select (-1.0, element == ElementType.Double ? y : (float)y);
        int valid = 0;
        foreach ((double x, double y) in References(element, logTarget: true).Select(row => (row[0], row[1])).Concat(beyond))
        {
            Interpretation result = Run(plan, body, x, y, NaNOperand.Second);
            if (result.GuardsHold && double.IsFinite(x))
            {
                valid++;
                double expected = Math.Exp(y) * (y - x);
                double tolerance = (Math.Abs(expected) * 4 * Precision(element)) + MinNormal(element);
                Assert.InRange(result.Sum, expected - tolerance, expected + tolerance);
            }
        }

        Assert.True(valid > 200, $"The guards hold for {valid} elements only.");
    }

    [Fact]
    public void Only_sums_that_are_not_deterministic_have_a_table()
    {
        KernelSpec sum = Sum(ElementType.Single);
        Assert.Null(Planner.Plan(sum with { Deterministic = true }).Passes[0].WideFastPath);
        Assert.Null(Planner.Plan(sum with { GradInput = ElementType.Single }).Passes[0].WideFastPath);
        Assert.Null(Planner.Plan(sum with { LogTarget = false }).Passes[0].WideFastPath);
        Assert.NotNull(Planner.Plan(sum with { LogTarget = false, Divergence = Divergence.Reverse }).Passes[0].WideFastPath);
        Assert.Null(Planner.Plan(sum with { Divergence = Divergence.JensenShannon }).Passes[0].WideFastPath);
        Assert.All([ElementType.Half, ElementType.BFloat16, ElementType.Double], type => Assert.NotNull(Planner.Plan(Sum(type)).Passes[0].WideFastPath));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_sum_adds_the_loss_that_is_stored(string type, bool logTarget, bool deterministic)
    {
        ElementType element = Enum.Parse<ElementType>(type);
        KernelSpec none = Spec(element, logTarget, deterministic);
        KernelPlan plan = Planner.Plan(none with { Reduction = Reduction.Sum, Output = null, Return = new ReturnType(ElementType.Double) });
        foreach (double[] row in References(element, logTarget))
        {
            foreach (KernelBody body in plan.Passes[0].Bodies)
            {
                Interpretation result = Run(plan, body, row[0], row[1], NaNOperand.Second);
                if (result.GuardsHold && Math.Abs(row[2]) < 1e30)
                {
                    double slack = Math.Abs(logTarget ? 0 : row[1]) * Slack(element);
                    double tolerance = (Math.Abs(row[2]) * 4 * Precision(element)) + slack + MinNormal(element);
                    Assert.InRange(result.Sum, row[2] - tolerance, row[2] + tolerance);
                }
            }
        }
    }

    /// <summary>A tail masks only the first factor of a product: the second must be finite where masked operands load as 0.</summary>
    [Theory]
    [MemberData(nameof(Forms))]
    public void Masked_lanes_contribute_the_identity(string type, bool logTarget, bool deterministic)
    {
        KernelSpec none = Spec(Enum.Parse<ElementType>(type), logTarget, deterministic);
        KernelPlan plan = Planner.Plan(none with { Reduction = Reduction.Sum, Return = new ReturnType(ElementType.Double), Output = null });
        foreach (KernelBody body in plan.Passes[0].Bodies)
        {
            foreach (double factor in PlanInterpreter.Run(
                body, ZeroOperands, role => plan.Operands.Single(operand => operand.Role == role).Element, plan.IsFused, NaNOperand.First).Factors)
            {
                Assert.True(double.IsFinite(factor));
            }
        }
    }

    private static Dictionary<ParameterRole, double> ZeroOperands { get; } =
        new() { [ParameterRole.Input] = 0, [ParameterRole.Target] = 0 };

    private static KernelSpec Spec(ElementType element, bool logTarget, bool deterministic) => new(
        Reduction.None,
        logTarget,
        Dialect.Strict,
        deterministic,
        Parallel: false,
        Divergence.Forward,
        Beta: 0.5,
        Rows: null,
        DataKind.Span,
        element,
        element,
        element,
        null,
        element,
        element,
        ReturnType.Void);

    private static KernelSpec Sum(ElementType element) => Spec(element, logTarget: true, deterministic: false) with
    {
        Reduction = Reduction.Sum, Return = new ReturnType(ElementType.Double), Output = null, GradInput = null, GradTarget = null,
    };

    private static Interpretation Run(KernelPlan plan, KernelBody body, double x, double y, NaNOperand nan) => PlanInterpreter.Run(
        body,
        new Dictionary<ParameterRole, double> { [ParameterRole.Input] = x, [ParameterRole.Target] = y },
        role => plan.Operands.Single(operand => operand.Role == role).Element,
        plan.IsFused,
        nan);

    private static double[][] References(ElementType element, bool logTarget)
    {
        if (element == ElementType.BFloat16)
        {
            return [.. References(ElementType.Single, logTarget)
                .Select(row => Row(Truncate(row[0]), Truncate(row[1]), logTarget))
                .Where(row => logTarget || row[1] > 0)];
        }

        string type = element switch { ElementType.Half => "half", ElementType.Single => "float32", _ => "float64" };
        return Npy.Read($"elements-{type}-{(logTarget ? "log" : "probability")}");
    }

    /// <summary>
    /// A row of a table like those of the references. Double arithmetic is exact enough for elements of 8 bits, since every bound has an
    /// absolute part.
    /// </summary>
    private static double[] Row(double x, double y, bool logTarget)
    {
        double probability = logTarget ? Math.Exp(y) : y;
        double difference = (logTarget ? y : Math.Log(y)) - x;
        return [x, y, probability * difference, 0, -probability, 0, (logTarget ? probability : 1) * (difference + 1), 0];
    }

    /// <summary>The bfloat16 that begins with the bits of a float.</summary>
    private static double Truncate(double value) =>
        BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits((float)value) & unchecked((int)0xFFFF0000));

    /// <summary>
    /// The contract's bounds: 4 ULP for a loss and a gradient, plus |y| · 2⁻²⁶ (2⁻⁵⁵), which is 1 · 2⁻²⁶ for ∂/∂y. A result that is
    /// stored in 16 bits is rounded once more.
    /// </summary>
    private static void AssertWithinBounds(ElementType element, bool logTarget, double[] row, Interpretation actual)
    {
        foreach ((ParameterRole role, int column) in Results)
        {
            double expected = row[column];
            double slack = (logTarget, role) switch
            {
                (false, ParameterRole.Output) => Math.Abs(row[1]) * Slack(element),
                (false, ParameterRole.GradTarget) => Slack(element),

                // y − x is rounded before 1 is added to it.
                (true, ParameterRole.GradTarget) => Math.Exp(row[1]) * Math.Abs(row[1] - row[0]) * Precision(element),
                _ => 0,
            };
            double stored = element == ElementType.Half ? Math.ScaleB(1, -11) : element == ElementType.BFloat16 ? Math.ScaleB(1, -8) : 0;
            double tolerance = (Math.Abs(expected) * ((4 * Precision(element)) + stored)) + slack + (4 * MinSubnormal(element));
            if (Math.Abs(expected) + tolerance >= MaxValue(element))
            {
                continue;
            }

            double value = actual.Stored[role];
            Assert.True(
                Math.Abs(value - expected) <= tolerance,
                $"{role} of x = {row[0]:R}, y = {row[1]:R} is {value:R}, not {expected:R} ± {tolerance:E2}.");
        }
    }

    private static double Precision(ElementType element) => Math.ScaleB(1, element == ElementType.Double ? -52 : -23);

    private static double Slack(ElementType element) => Math.ScaleB(1, element == ElementType.Double ? -55 : -26);

    private static double MinNormal(ElementType element) => Math.ScaleB(1, element == ElementType.Double ? -1022 : -126);

    private static double MinSubnormal(ElementType element) => Math.ScaleB(1, element.MinSubnormalExponent());

    private static double MaxValue(ElementType element) => element switch
    {
        ElementType.Half => 65504,
        ElementType.BFloat16 => Truncate(float.MaxValue),
        ElementType.Single => float.MaxValue,
        _ => double.MaxValue,
    };
}
