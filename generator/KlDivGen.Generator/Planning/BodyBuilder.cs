using System.Collections.Immutable;
using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Planning;

/// <summary>
/// Builds a <see cref="KernelBody"/>. Equal values are computed once (value numbering): a loss and its gradients share one logarithm
/// without knowing of each other.
/// </summary>
/// <param name="format">The format of the floating-point type that formulas are computed in.</param>
/// <param name="isFused">Whether a product and its addition may be rounded once.</param>
/// <param name="hasTables">Whether the vectors have 512 bits, which hold a table.</param>
internal sealed class BodyBuilder(FloatFormat format, bool isFused, bool hasTables = false)
{
    private readonly ImmutableArray<Instruction>.Builder instructions = ImmutableArray.CreateBuilder<Instruction>();
    private readonly ImmutableArray<Guard>.Builder guards = ImmutableArray.CreateBuilder<Guard>();
    private readonly ImmutableArray<PassReduction>.Builder reductions = ImmutableArray.CreateBuilder<PassReduction>();
    private readonly ImmutableArray<Store>.Builder stores = ImmutableArray.CreateBuilder<Store>();
    private readonly Dictionary<(OpCode, ScalarType, EquatableArray<Value>, Immediate?), Value> valueNumbers = new();
    private readonly List<Argument> arguments = [];
    private readonly Dictionary<string, int> names = new(StringComparer.Ordinal);

    public FloatFormat Format { get; } = format;

    public ScalarType ComputeType => this.Format.Type;

    public bool IsFused { get; } = isFused;

    public bool HasTables { get; } = hasTables;

    /// <summary>The body, without the statements whose values nothing uses.</summary>
    public KernelBody Build() => new DeadCodeElimination(new KernelBody(
        new EquatableArray<Instruction>(this.instructions.ToImmutable()),
        new EquatableArray<Guard>(this.guards.ToImmutable()),
        new EquatableArray<PassReduction>(this.reductions.ToImmutable()),
        new EquatableArray<Store>(this.stores.ToImmutable()))).Run();

    public void Guard(Guard guard) => this.guards.Add(guard);

    public void Reduce(PassReduction reduction) => this.reductions.Add(reduction);

    public void Store(ParameterRole destination, Value value) => this.stores.Add(new Store(destination, value));

    public Value Load(ParameterRole role, ScalarType type, string name, string? comment = null) =>
        this.Emit(OpCode.Load, type, name, new Immediate.Operand(role), comment);

    /// <summary>A floating-point constant, rounded to the compute type.</summary>
    public Value Constant(string name, double value, string? comment = null) => this.Constant(name, value, this.ComputeType, comment);

    public Value Constant(string name, double value, ScalarType type, string? comment = null) => this.Integer(
        name, type == ScalarType.Double ? BitConverter.DoubleToInt64Bits(value) : SingleBits((float)value), type, comment);

    /// <summary>An integer constant of the compute type's width.</summary>
    public Value Integer(string name, long value, string? comment = null) =>
        this.Integer(name, value, this.ComputeType.Integer(), comment);

    /// <summary>A constant by its bits.</summary>
    public Value Integer(string name, long bits, ScalarType type, string? comment = null) =>
        this.Emit(OpCode.Constant, type, name, new Immediate.Constant(bits), comment);

    public Value Zero => this.Constant("Zero", 0);

    public Value NaN => this.Constant("NaN", double.NaN);

    /// <summary>A number that the kernel is given.</summary>
    public Value Argument(Argument argument)
    {
        this.arguments.Add(argument);
        return this.Emit(OpCode.Argument, argument.Type, argument.Name, new Immediate.Argument(argument.Name), null);
    }

    /// <summary>The numbers that a body is given, each once.</summary>
    public IEnumerable<Argument> ArgumentsOf(KernelBody body)
    {
        HashSet<string> used = [.. body.Instructions.Select(instruction => instruction.Immediate).OfType<Immediate.Argument>().Select(a => a.Name)];
        return this.arguments.Distinct().Where(argument => used.Contains(argument.Name));
    }

    public Value Add(string name, Value a, Value b, string? comment = null) => this.Emit(OpCode.Add, a.Type, name, null, comment, a, b);

    public Value Subtract(string name, Value a, Value b, string? comment = null) =>
        this.Emit(OpCode.Subtract, a.Type, name, null, comment, a, b);

    public Value Multiply(string name, Value a, Value b, string? comment = null) =>
        this.Emit(OpCode.Multiply, a.Type, name, null, comment, a, b);

    public Value Divide(string name, Value a, Value b, string? comment = null) =>
        this.Emit(OpCode.Divide, a.Type, name, null, comment, a, b);

    /// <summary>a · b + c: one operation, or two where the arithmetic must be the same on every processor.</summary>
    public Value MultiplyAdd(string name, Value a, Value b, Value c, string? comment = null) => this.IsFused
        ? this.Emit(OpCode.MultiplyAdd, a.Type, name, null, comment, a, b, c)
        : this.Add(name, this.Multiply(name + "Product", a, b, comment), c);

    public Value Round(string name, Value a, string? comment = null) => this.Emit(OpCode.Round, a.Type, name, null, comment, a);

    public Value Scale(string name, Value a, Value exponent, string? comment = null) =>
        this.Emit(OpCode.Scale, a.Type, name, null, comment, a, exponent);

    public Value ScaleClamped(string name, Value a, Value exponent, string? comment = null) =>
        this.Emit(OpCode.ScaleClamped, a.Type, name, null, comment, a, exponent);

    public Value FractionalPower(string name, Value n, string? comment = null) =>
        this.Emit(OpCode.FractionalPower, n.Type.Floating(), name, null, comment, n);

    public Value And(string name, Value a, Value b, string? comment = null) => this.Emit(OpCode.And, a.Type, name, null, comment, a, b);

    public Value AndNot(string name, Value a, Value mask, string? comment = null) =>
        this.Emit(OpCode.AndNot, a.Type, name, null, comment, a, mask);

    public Value Or(string name, Value a, Value b) => this.Emit(OpCode.Or, a.Type, name, null, null, a, b);

    public Value Xor(string name, Value a, Value b, string? comment = null) => this.Emit(OpCode.Xor, a.Type, name, null, comment, a, b);

    public Value ShiftLeft(string name, Value a, int count, string? comment = null) =>
        this.Emit(OpCode.ShiftLeft, a.Type, name, new Immediate.Shift(count), comment, a);

    public Value ShiftRight(string name, Value a, int count, string? comment = null) =>
        this.Emit(OpCode.ShiftRight, a.Type, name, new Immediate.Shift(count), comment, a);

    /// <summary>The bits of a value; of bits that were taken as a floating-point value, the bits themselves.</summary>
    public Value AsInteger(string name, Value a) => this.instructions[a.Index] is { OpCode: OpCode.AsFloating } reinterpretation
        ? reinterpretation.Arguments[0]
        : this.Emit(OpCode.AsInteger, a.Type.Integer(), name, null, null, a);

    public Value AsFloating(string name, Value a) => this.Emit(OpCode.AsFloating, a.Type.Floating(), name, null, null, a);

    public Value ToSingle(string name, Value a) => this.Emit(OpCode.ToSingle, ScalarType.Single, name, null, null, a);

    public Value LessThan(string name, Value a, Value b, string? comment = null) =>
        this.Emit(OpCode.LessThan, a.Type.Integer(), name, null, comment, a, b);

    public Value LessThanOrEqual(string name, Value a, Value b, string? comment = null) =>
        this.Emit(OpCode.LessThanOrEqual, a.Type.Integer(), name, null, comment, a, b);

    public Value Equal(string name, Value a, Value b, string? comment = null) =>
        this.Emit(OpCode.Equal, a.Type.Integer(), name, null, comment, a, b);

    public Value Select(string name, Value mask, Value a, Value b, string? comment = null) =>
        this.Emit(OpCode.Select, a.Type, name, null, comment, mask, a, b);

    public Value Max(string name, Value a, Value b) => this.Emit(OpCode.Max, a.Type, name, null, null, a, b);

    public Value Min(string name, Value a, Value b) => this.Emit(OpCode.Min, a.Type, name, null, null, a, b);

    public Value Widen(string name, Value a, int shift = 0, string? comment = null) => this.Emit(
        OpCode.Widen, a.Type == ScalarType.Int16 ? ScalarType.Int32 : ScalarType.Double, name, new Immediate.Shift(shift), comment, a);

    public Value WidenUpperUnmasked(string name, Value a, int shift, string? comment = null) =>
        this.Emit(OpCode.WidenUpperUnmasked, ScalarType.Int32, name, new Immediate.Shift(shift), comment, a);

    public Value Narrow(string name, Value a, string? comment = null) => this.Emit(
        OpCode.Narrow, a.Type == ScalarType.Int32 ? ScalarType.Int16 : ScalarType.Single, name, null, comment, a);

    private static int SingleBits(float value) => BitConverter.ToInt32(BitConverter.GetBytes(value), 0);

    private Value Emit(OpCode opCode, ScalarType type, string name, Immediate? immediate, string? comment, params Value[] arguments)
    {
        EquatableArray<Value> values = new(ImmutableArray.Create(arguments));
        (OpCode, ScalarType, EquatableArray<Value>, Immediate?) key = (opCode, type, values, immediate);
        if (this.valueNumbers.TryGetValue(key, out Value existing))
        {
            return existing;
        }

        Value result = new(this.instructions.Count, type);
        this.instructions.Add(new Instruction(opCode, type, values, immediate, this.MakeUniqueName(name), comment));
        this.valueNumbers.Add(key, result);
        return result;
    }

    private string MakeUniqueName(string name)
    {
        this.names.TryGetValue(name, out int count);
        this.names[name] = count + 1;
        return count == 0 ? name : this.MakeUniqueName($"{name}{count + 1}");
    }
}
