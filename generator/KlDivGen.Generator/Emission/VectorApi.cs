using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// The vector types and operations of one width. The only place that spells a vector operation: an operation is a row of
/// <see cref="Call"/>, a width is an instance.
/// </summary>
/// <param name="Class">The class with the operations, which is also the generic type's name.</param>
/// <param name="Suffix">The suffix of methods and accumulators of this width.</param>
internal sealed record VectorApi(string Class, string Suffix)
{
    /// <summary><c>Vector&lt;T&gt;</c>, as wide as the runtime decides.</summary>
    public static readonly VectorApi Scalable = new("Vector", string.Empty);

    /// <summary><c>Vector512&lt;T&gt;</c>. Its comparisons give masks of the compared type instead of integers.</summary>
    public static readonly VectorApi Wide = new("Vector512", "512");

    /// <summary>The condition that 512-bit vectors are faster than <c>Vector&lt;T&gt;</c>: a constant for the JIT.</summary>
    public static string PrefersWide(ScalarType type) =>
        $"Vector512.IsHardwareAccelerated && {Scalable.Count(type)} < {Wide.Count(type)}";

    private bool IsScalable => this == Scalable;

    public string Type(ScalarType type) => $"{this.Class}<{CSharp.Keyword(type)}>";

    /// <summary>The number of lanes: an int, constant for the JIT.</summary>
    public string Count(ScalarType type) => $"{this.Type(type)}.Count";

    public string Zero(ScalarType type) => $"{this.Type(type)}.Zero";

    /// <summary>A vector with the same number in every lane.</summary>
    public string Broadcast(ScalarType type, string scalar) =>
        this.IsScalable ? $"new {this.Type(type)}({scalar})"
        : type == ScalarType.Int16 ? $"{this.Class}.Create((short){scalar})"
        : $"{this.Class}.Create({scalar})";

    /// <summary>A <c>Vector&lt;T&gt;</c> with a number for each lane, repeated where this width is larger.</summary>
    public string Repeat(string vector) => this.IsScalable ? vector : $"LaneVector.Repeat({vector})";

    public string Load(string reference, string position) => $"{this.Class}.LoadUnsafe(ref {reference}, {position})";

    public static string Store(string vector, string reference, string position) => $"{vector}.StoreUnsafe(ref {reference}, {position})";

    /// <summary>Reinterprets the bits of a vector as lanes of another type.</summary>
    public string Reinterpret(ScalarType to, ScalarType from, string vector) => to == from
        ? vector
        : $"{this.Class}.As{(this.IsScalable ? "Vector" : string.Empty)}{to}({vector})";

    /// <summary>The lanes of a vector, or an operator's identity where the mask is not set.</summary>
    public string MaskWith(double identity, ScalarType type, string mask, string vector) => identity == 0
        ? $"({vector} & {this.Reinterpret(type, type.Integer(), mask)})"
        : this.Blend(type, mask, vector, this.Identity(identity, type));

    /// <summary>A vector with an operator's identity in every lane.</summary>
    public string Identity(double identity, ScalarType type) =>
        identity == 0 ? this.Zero(type) : this.Broadcast(type, CSharp.Literal(type, Bits(type, identity)));

    /// <summary>The lanes of a vector, or zeros where the mask is not set.</summary>
    public string MaskWithZero(ScalarType type, string mask, string vector) =>
        $"{vector} & {this.Reinterpret(type, type.Integer(), mask)}";

    public string Blend(ScalarType type, string mask, string ifSet, string ifNot) =>
        $"{this.Class}.ConditionalSelect({(this.IsScalable ? mask : this.Reinterpret(type, type.Integer(), mask))}, {ifSet}, {ifNot})";

    /// <summary>The type of the mask of a comparison.</summary>
    public ScalarType MaskType(ScalarType compared) => this.IsScalable ? compared.Integer() : compared;

    /// <summary>
    /// A blend by the mask of a comparison that has the type of the blended lanes: without a reinterpretation, the JIT keeps it in a mask
    /// register. <see langword="null"/> for a vector whose comparisons give integers.
    /// </summary>
    public string? BlendByComparison(string mask, string ifSet, string ifNot) =>
        this.IsScalable ? null : $"{this.Class}.ConditionalSelect({mask}, {ifSet}, {ifNot})";

    /// <summary>The mask of the lanes of a vector whose elements are from a position on, or before it.</summary>
    /// <param name="type">The type of the mask.</param>
    /// <param name="isInterleaved">Whether even and odd elements were widened to a vector each.</param>
    /// <param name="selectsFrom">Whether the elements from the position on are selected, or those before it.</param>
    /// <param name="position">The position, counted from the first vector of a group.</param>
    /// <param name="vector">The vector's number in its group.</param>
    public static string TailMask(ScalarType type, bool isInterleaved, bool selectsFrom, string position, int vector)
    {
        string method = selectsFrom ? "From" : "Before";
        string kind = isInterleaved ? "Interleaved" : CSharp.Number(8 * type.Size());
        string number = vector == 0 && !isInterleaved ? string.Empty : ", " + CSharp.Number(vector);
        return $"TailMask.{method}{kind}({position}{number})";
    }

    public string MultiplyAdd(string a, string b, string c) => $"{this.Class}.MultiplyAddEstimate({a}, {b}, {c})";

    /// <summary>The condition that all lanes are zero.</summary>
    public string IsZero(ScalarType type, string vector) => $"{vector} == {this.Zero(type)}";

    /// <summary>The maximum of 16-bit lanes, taken as unsigned.</summary>
    public string UnsignedMax(string accumulator, string vector) => this.IsScalable
        ? $"{this.Class}.Max({accumulator}, {this.Class}.AsVectorUInt16({vector}))"
        : $"{this.Class}.Max({accumulator}, {this.Class}.AsUInt16({vector}))";

    /// <summary>The type of 16-bit lanes, taken as unsigned.</summary>
    public string UnsignedType => $"{this.Class}<ushort>";

    public string AllAtMost(string vector, string bound)
    {
        string bounds = this.IsScalable ? $"new {this.UnsignedType}({bound})" : $"{this.Class}.Create((ushort){bound})";
        return $"{this.Class}.LessThanOrEqualAll({vector}, {bounds})";
    }

    /// <summary>The text of an operation on vectors of one width.</summary>
    /// <param name="opCode">The operation.</param>
    /// <param name="shift">The number of bits of a shift.</param>
    /// <param name="a">The arguments.</param>
    public string Call(OpCode opCode, int shift, params string[] a) => opCode switch
    {
        OpCode.Add => $"{a[0]} + {a[1]}",
        OpCode.Subtract => $"{a[0]} - {a[1]}",
        OpCode.Multiply => $"{a[0]} * {a[1]}",
        OpCode.Divide => $"{a[0]} / {a[1]}",
        OpCode.MultiplyAdd => this.MultiplyAdd(a[0], a[1], a[2]),
        OpCode.Round => $"{this.Class}.Round({a[0]})",
        OpCode.Scale => $"PowerOfTwo.Scale({a[0]}, {a[1]})",
        OpCode.ScaleClamped => $"PowerOfTwo.ScaleClamped({a[0]}, {a[1]})",
        OpCode.FractionalPower => $"PowerOfTwo.Fractional({a[0]})",
        OpCode.And => $"{a[0]} & {a[1]}",
        OpCode.AndNot => $"{this.Class}.AndNot({a[0]}, {a[1]})",
        OpCode.Or => $"{a[0]} | {a[1]}",
        OpCode.Xor => $"{a[0]} ^ {a[1]}",
        OpCode.ShiftLeft => $"{a[0]} << {CSharp.Number(shift)}",
        OpCode.ShiftRight => $"{a[0]} >>> {CSharp.Number(shift)}",
        OpCode.ToSingle => $"{this.Class}.ConvertToSingle({a[0]})",
        OpCode.LessThan => $"{this.Class}.LessThan({a[0]}, {a[1]})",
        OpCode.LessThanOrEqual => $"{this.Class}.LessThanOrEqual({a[0]}, {a[1]})",
        OpCode.Equal => $"{this.Class}.Equals({a[0]}, {a[1]})",
        OpCode.Max => $"{this.Class}.MaxNative({a[0]}, {a[1]})",
        OpCode.Min => $"{this.Class}.MinNative({a[0]}, {a[1]})",
        _ => throw new InvalidOperationException($"{opCode} is no operation on vectors of one width."),
    };

    /// <summary>One half of a vector, in lanes twice as wide.</summary>
    public string Widen(string narrow, bool upper, int shift)
    {
        string wide = $"{this.Class}.Widen{(upper ? "Upper" : "Lower")}({narrow})";
        return shift == 0 ? wide : $"{wide} << {CSharp.Number(shift)}";
    }

    /// <summary>The even or the odd 16-bit lanes of a vector, in lanes twice as wide. The low bits of odd lanes may be left as they are.</summary>
    public string WidenEvenOdd(string narrow, bool odd, int shift, bool unmasked)
    {
        string pairs = this.Reinterpret(ScalarType.Int32, ScalarType.Int16, narrow);
        if (shift == 16)
        {
            return odd ? $"{pairs} & {this.Broadcast(ScalarType.Int32, CSharp.Literal(ScalarType.Int32, -1L << shift))}" : $"{pairs} << 16";
        }

        return odd && unmasked ? $"{pairs} >> {CSharp.Number(16 - shift)}"
            : !this.IsScalable ? $"EvenOddLanes.Widen{(odd ? "Odd" : "Even")}({narrow}, {CSharp.Number(shift)})"
            : odd ? $"({pairs} >> 16) << {CSharp.Number(shift)}"
            : $"({pairs} << 16) >> {CSharp.Number(16 - shift)}";
    }

    public string Narrow(string lower, string upper) => $"{this.Class}.Narrow({lower}, {upper})";

    /// <summary>Even and odd 16-bit lanes from the low bits of two vectors with lanes twice as wide.</summary>
    public string NarrowEvenOdd(string even, string odd) =>
        this.Reinterpret(ScalarType.Int16, ScalarType.Int32, $"({even} & {this.Broadcast(ScalarType.Int32, "0xFFFF")}) | ({odd} << 16)");

    private static long Bits(ScalarType type, double value) => type == ScalarType.Double
        ? BitConverter.DoubleToInt64Bits(value)
        : BitConverter.ToInt32(BitConverter.GetBytes((float)value), 0);
}
