using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Tests.Plans;

/// <summary>The operand that Max and Min return where one of them is NaN: processors and runtimes differ, so no plan may rely on it.</summary>
public enum NaNOperand
{
    First,
    Second,
}

/// <summary>The results of a body for one element.</summary>
/// <param name="GuardsHold">Whether the guards of the body say that the other results are right.</param>
/// <param name="Stored">The stored results by their destination.</param>
/// <param name="Sum">The sum of the reductions.</param>
/// <param name="Factors">The second factor of each reduction.</param>
internal sealed record Interpretation(
    bool GuardsHold, IReadOnlyDictionary<ParameterRole, double> Stored, double Sum, IReadOnlyList<double> Factors);

/// <summary>
/// Runs a body for one element, in scalar arithmetic and without the just-in-time compiler: what the instructions mean, as the
/// generator's own documentation of each says.
/// </summary>
internal static class PlanInterpreter
{
    /// <summary>Runs a body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="operands">The value of each source, exact in the operand's type.</param>
    /// <param name="elements">The type of each operand.</param>
    /// <param name="isFused">Whether a multiply-add is rounded once.</param>
    /// <param name="nan">The convention for Max and Min.</param>
    public static Interpretation Run(
        KernelBody body,
        IReadOnlyDictionary<ParameterRole, double> operands,
        Func<ParameterRole, ElementType> elements,
        bool isFused,
        NaNOperand nan)
    {
        long[] bits = new long[body.Instructions.Count];
        for (int index = 0; index < bits.Length; index++)
        {
            Instruction instruction = body.Instructions[index];
            bits[index] = instruction.Immediate is Immediate.Operand operand
                ? Encode(elements(operand.Role), operands[operand.Role])
                : Execute(instruction, [.. instruction.Arguments.Select(argument => bits[argument.Index])], isFused, nan);
        }

        double Number(Value value) => Decode(value.Type, bits[value.Index]);

        double sum = 0;
        foreach (PassReduction reduction in body.Reductions)
        {
            double weight = reduction.LowOrder is { } lowOrder ? Number(lowOrder.Weight) : 1;
            sum += Number(reduction.A) * (reduction.B is { } b ? Number(b) : 1) * weight;
        }

        return new Interpretation(
            body.Guards.All(guard => Holds(guard, bits, sum)),
            body.Stores.ToDictionary(
                store => store.Destination,
                store => elements(store.Destination).Format() switch
                {
                    ElementFormat.Half => (double)BitConverter.Int16BitsToHalf((short)bits[store.Value.Index]),
                    ElementFormat.BFloat16 => BitConverter.Int32BitsToSingle((int)bits[store.Value.Index] << 16),
                    _ => Number(store.Value),
                }),
            sum,
            [.. body.Reductions.Select(reduction => reduction.B is { } b ? Number(b) : 1)]);
    }

    private static bool Holds(Guard guard, long[] bits, double sum) => guard switch
    {
        Guard.ForbiddenBits forbidden => (bits[forbidden.Value.Index] & forbidden.Mask) == 0,
        Guard.UpperBound bound => (ushort)bits[bound.Value.Index] <= bound.Bound,
        Guard.Finite finite => double.IsFinite(Decode(finite.Value.Type, bits[finite.Value.Index])),
        Guard.FiniteSum => double.IsFinite(sum),
        Guard.SumMagnitude magnitude => bits[magnitude.TargetBits.Index] == 0
            || (bits[magnitude.TargetBits.Index] > 0
                && double.IsFinite(sum)
                && Math.Abs(sum) >= Math.ScaleB(1, magnitude.TargetBits.Type == ScalarType.Int32 ? -60 : -900)),
        _ => throw new InvalidOperationException($"{guard} cannot be interpreted."),
    };

    private static long Execute(Instruction instruction, long[] a, bool isFused, NaNOperand nan)
    {
        ScalarType type = instruction.Type;
        ScalarType from = instruction.Arguments.Count > 0 ? instruction.Arguments[0].Type : type;
        int shift = instruction.Immediate is Immediate.Shift immediate ? immediate.Count : 0;
        bool isFloating = type is ScalarType.Single or ScalarType.Double;
        return instruction.OpCode switch
        {
            OpCode.Constant => ((Immediate.Constant)instruction.Immediate!).Bits,
            OpCode.Add => isFloating ? Arithmetic(type, a, (x, y) => x + y, (x, y) => x + y) : Integer(type, a[0] + a[1]),
            OpCode.Subtract => isFloating ? Arithmetic(type, a, (x, y) => x - y, (x, y) => x - y) : Integer(type, a[0] - a[1]),
            OpCode.Multiply => Arithmetic(type, a, (x, y) => x * y, (x, y) => x * y),
            OpCode.Divide => Arithmetic(type, a, (x, y) => x / y, (x, y) => x / y),
            OpCode.MultiplyAdd => MultiplyAdd(type, a, isFused),
            OpCode.Round => Encode(type, Math.Round(Decode(type, a[0]), MidpointRounding.ToEven)),
            OpCode.Scale or OpCode.ScaleClamped => Encode(type, Math.ScaleB(Decode(type, a[0]), (int)Decode(type, a[1]))),
            OpCode.FractionalPower => Encode(type, type == ScalarType.Single
                ? Math.Pow(2, ((a[0] & 4095) / 32.0) - 125)
                : Math.Pow(2, ((a[0] & 16383) / 16.0) - 1021)),
            OpCode.And => a[0] & a[1],
            OpCode.AndNot => a[0] & ~a[1],
            OpCode.Or => a[0] | a[1],
            OpCode.Xor => a[0] ^ a[1],
            OpCode.ShiftLeft => Integer(type, a[0] << shift),
            OpCode.ShiftRight => Integer(type, type == ScalarType.Int64 ? a[0] >>> shift : (uint)a[0] >> shift),
            OpCode.AsInteger or OpCode.AsFloating => a[0],
            OpCode.ToSingle => Encode(ScalarType.Single, (int)a[0]),
            OpCode.LessThan => Compare(from, a, (x, y) => x < y, (x, y) => x < y),
            OpCode.LessThanOrEqual => Compare(from, a, (x, y) => x <= y, (x, y) => x <= y),
            OpCode.Equal => Compare(from, a, (x, y) => x == y, (x, y) => x == y),
            OpCode.Select => (a[0] & a[1]) | (~a[0] & a[2]),
            OpCode.Max => Choose(type, a, nan, (x, y) => x > y),
            OpCode.Min => Choose(type, a, nan, (x, y) => x < y),
            OpCode.Widen => type == ScalarType.Int32 ? Integer(type, (short)a[0] << shift) : Encode(type, Decode(from, a[0])),

            // The bits below are unspecified: set them, so that a body that forgets to mask them fails.
            OpCode.WidenUpperUnmasked => Integer(type, ((short)a[0] << shift) | ((1 << shift) - 1)),
            OpCode.Narrow => type == ScalarType.Int16 ? (short)a[0] : Encode(type, Decode(from, a[0])),
            _ => throw new InvalidOperationException($"{instruction.OpCode} cannot be interpreted."),
        };
    }

    private static long Arithmetic(ScalarType type, long[] a, Func<float, float, float> single, Func<double, double, double> twice) =>
        type == ScalarType.Single
            ? Encode(type, single((float)Decode(type, a[0]), (float)Decode(type, a[1])))
            : Encode(type, twice(Decode(type, a[0]), Decode(type, a[1])));

    private static long MultiplyAdd(ScalarType type, long[] a, bool isFused)
    {
        double[] x = [.. a.Select(bits => Decode(type, bits))];
        if (!isFused)
        {
            return Encode(type, type == ScalarType.Single ? ((float)x[0] * (float)x[1]) + (float)x[2] : (x[0] * x[1]) + x[2]);
        }

        return Encode(type, type == ScalarType.Single
            ? MathF.FusedMultiplyAdd((float)x[0], (float)x[1], (float)x[2])
            : Math.FusedMultiplyAdd(x[0], x[1], x[2]));
    }

    private static long Compare(ScalarType type, long[] a, Func<double, double, bool> floating, Func<long, long, bool> integer)
    {
        bool isFloating = type is ScalarType.Single or ScalarType.Double;
        return (isFloating ? floating(Decode(type, a[0]), Decode(type, a[1])) : integer(a[0], a[1])) ? -1 : 0;
    }

    private static long Choose(ScalarType type, long[] a, NaNOperand nan, Func<double, double, bool> isFirst)
    {
        (double first, double second) = (Decode(type, a[0]), Decode(type, a[1]));
        bool chooseFirst = double.IsNaN(first) || double.IsNaN(second) ? nan == NaNOperand.First : isFirst(first, second);
        return chooseFirst ? a[0] : a[1];
    }

    private static long Integer(ScalarType type, long value) => type switch
    {
        ScalarType.Int16 => (short)value,
        ScalarType.Int32 => (int)value,
        _ => value,
    };

    private static long Encode(ElementType element, double value) => element.Format() switch
    {
        ElementFormat.Half => BitConverter.HalfToInt16Bits((Half)value),
        ElementFormat.BFloat16 => (short)(BitConverter.SingleToInt32Bits((float)value) >> 16),
        ElementFormat.Single => Encode(ScalarType.Single, value),
        _ => Encode(ScalarType.Double, value),
    };

    private static long Encode(ScalarType type, double value) => type == ScalarType.Single
        ? BitConverter.SingleToInt32Bits((float)value)
        : BitConverter.DoubleToInt64Bits(value);

    private static double Decode(ScalarType type, long bits) => type switch
    {
        ScalarType.Single => BitConverter.Int32BitsToSingle((int)bits),
        ScalarType.Double => BitConverter.Int64BitsToDouble(bits),
        _ => bits,
    };
}
