using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;
using KlDivGen.Generator.Planning;

namespace KlDivGen.Generator.Tests.Plans;

/// <summary>All 65,536 values of bfloat16, decoded and encoded by the instructions of a plan.</summary>
public sealed class BFloat16FormatTests
{
    private const int Infinity = 0x7F80;

    public static TheoryData<string> Assumptions { get; } = [.. Enum.GetNames<Assumption>()];

    [Theory]
    [MemberData(nameof(Assumptions))]
    public void Every_value_is_decoded_exactly(string assumption)
    {
        BodyBuilder b = new(FloatFormat.Single, isFused: true);
        Value stored = b.Load(ParameterRole.Input, ScalarType.Int16, "x");
        Value decoded = BFloat16Format.Instance.Decode(b, stored, "decoded", Enum.Parse<Assumption>(assumption));
        b.Store(ParameterRole.Output, decoded);
        KernelBody body = b.Build();
        for (int bits = 0; bits <= ushort.MaxValue; bits++)
        {
            double value = ValueOf(bits);
            Assert.Equal(value, Run(body, ElementType.BFloat16, ElementType.Single, value));
        }
    }

    /// <summary>Each value, and numbers around the middle between it and the next, of both signs, from a type.</summary>
    [Theory]
    [InlineData(nameof(ElementType.Single))]
    [InlineData(nameof(ElementType.Double))]
    public void Every_value_is_encoded_to_nearest_even(string type)
    {
        ElementType element = Enum.Parse<ElementType>(type);
        FloatFormat format = element == ElementType.Single ? FloatFormat.Single : FloatFormat.Double;
        BodyBuilder b = new(format, isFused: true);
        b.Store(ParameterRole.Output, BFloat16Format.Instance.Encode(b, b.Load(ParameterRole.Input, format.Type, "x")));
        KernelBody body = b.Build();
        for (int bits = 0; bits < Infinity; bits++)
        {
            (double value, double next) = (ValueOf(bits), ValueOf(bits + 1));
            double middle = (value + (double.IsFinite(next) ? next : Math.ScaleB(1, 128))) / 2;
            (double below, double above) = element == ElementType.Single
                ? (MathF.BitDecrement((float)middle), MathF.BitIncrement((float)middle))
                : (Math.BitDecrement(middle), Math.BitIncrement(middle));
            foreach ((double number, double nearest) in new[]
            {
                (value, value), (below, value), (middle, bits % 2 == 0 ? value : next), (above, next),
            })
            {
                AssertSame(nearest, Run(body, element, ElementType.BFloat16, number));
                AssertSame(-nearest, Run(body, element, ElementType.BFloat16, -number));
            }
        }

        double max = element == ElementType.Single ? float.MaxValue : double.MaxValue;
        double min = element == ElementType.Single ? float.Epsilon : double.Epsilon;
        AssertSame(double.PositiveInfinity, Run(body, element, ElementType.BFloat16, max));
        AssertSame(double.NegativeInfinity, Run(body, element, ElementType.BFloat16, double.NegativeInfinity));
        AssertSame(-0.0, Run(body, element, ElementType.BFloat16, -min));
        Assert.Equal(double.NaN, Run(body, element, ElementType.BFloat16, double.NaN));
        Assert.Equal(double.NaN, Run(body, element, ElementType.BFloat16, -double.NaN));
    }

    private static double ValueOf(int bits) => BitConverter.Int32BitsToSingle(bits << 16);

    private static double Run(KernelBody body, ElementType from, ElementType to, double value) => PlanInterpreter.Run(
        body,
        new Dictionary<ParameterRole, double> { [ParameterRole.Input] = value },
        role => role == ParameterRole.Input ? from : to,
        isFused: true,
        NaNOperand.First).Stored[ParameterRole.Output];

    private static void AssertSame(double expected, double actual) =>
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected), BitConverter.DoubleToInt64Bits(actual));
}
