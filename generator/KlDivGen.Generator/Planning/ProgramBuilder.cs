using System.Collections.Immutable;
using KlDivGen.Generator.Model;

namespace KlDivGen.Generator.Planning;

/// <summary>
/// Builds a <see cref="VectorProgram"/>. Equal values are computed once: an operation that is asked for again yields the value that
/// is there, so that a loss and its gradients share one logarithm without knowing of each other.
/// </summary>
/// <param name="compute">The floating-point lane that the formulas are computed in.</param>
/// <param name="fused">Whether a multiplication and an addition may be rounded once.</param>
internal sealed class ProgramBuilder(Lane compute, bool fused)
{
    private readonly ImmutableArray<Instruction>.Builder instructions = ImmutableArray.CreateBuilder<Instruction>();
    private readonly Dictionary<(Operation, Lane, EquatableArray<Value>, long, string), Value> known = new();
    private readonly Dictionary<string, int> names = new(StringComparer.Ordinal);
    private string? comment;

    /// <summary>The floating-point lane that the formulas are computed in.</summary>
    public Lane Compute { get; } = compute;

    /// <summary>Whether a multiplication and an addition may be rounded once.</summary>
    public bool Fused { get; } = fused;

    public ImmutableArray<Instruction> Instructions => this.instructions.ToImmutable();

    /// <summary>Begins a new thought: the comment stands before the next instruction.</summary>
    public void Begin(string comment) => this.comment = comment;

    public Value Load(ParameterRole role, Lane lane, string name) => this.Emit(name, Operation.Load, lane, (long)role);

    /// <summary>A floating-point constant, rounded to the compute type.</summary>
    public Value Constant(string name, double value) => this.Constant(name, value, this.Compute);

    public Value Constant(string name, double value, Lane lane) =>
        this.Emit(name, Operation.Constant, lane, lane == Lane.Double ? BitConverter.DoubleToInt64Bits(value) : SingleBits((float)value));

    /// <summary>An integer constant, as wide as the compute type.</summary>
    public Value Integer(string name, long value) => this.Integer(name, value, this.Compute.Integer());

    public Value Integer(string name, long value, Lane lane) => this.Emit(name, Operation.Constant, lane, value);

    /// <summary>A number given to the kernel, in every lane.</summary>
    public Value Argument(string name) => this.Emit(name, Operation.Argument, this.Compute, 0);

    public Value Add(string name, Value a, Value b) => this.Emit(name, Operation.Add, a.Lane, 0, a, b);

    public Value Subtract(string name, Value a, Value b) => this.Emit(name, Operation.Subtract, a.Lane, 0, a, b);

    public Value Multiply(string name, Value a, Value b) => this.Emit(name, Operation.Multiply, a.Lane, 0, a, b);

    public Value Divide(string name, Value a, Value b) => this.Emit(name, Operation.Divide, a.Lane, 0, a, b);

    /// <summary>a · b + c: one operation, or a multiplication and an addition where the arithmetic must be the same everywhere.</summary>
    public Value MultiplyAdd(string name, Value a, Value b, Value c) => this.Fused
        ? this.Emit(name, Operation.MultiplyAdd, a.Lane, 0, a, b, c)
        : this.Add(name, this.Multiply(name + "Product", a, b), c);

    public Value And(string name, Value a, Value b) => this.Emit(name, Operation.And, a.Lane, 0, a, b);

    public Value AndNot(string name, Value a, Value mask) => this.Emit(name, Operation.AndNot, a.Lane, 0, a, mask);

    public Value Or(string name, Value a, Value b) => this.Emit(name, Operation.Or, a.Lane, 0, a, b);

    public Value ShiftLeft(string name, Value a, int count) => this.Emit(name, Operation.ShiftLeft, a.Lane, count, a);

    public Value ShiftRight(string name, Value a, int count) => this.Emit(name, Operation.ShiftRight, a.Lane, count, a);

    public Value AsInteger(string name, Value a) => this.Emit(name, Operation.AsInteger, a.Lane.Integer(), 0, a);

    public Value AsFloating(string name, Value a) => this.Emit(name, Operation.AsFloating, a.Lane.Floating(), 0, a);

    public Value ToSingle(string name, Value a) => this.Emit(name, Operation.ToSingle, Lane.Single, 0, a);

    public Value Less(string name, Value a, Value b) => this.Emit(name, Operation.Less, a.Lane.Integer(), 0, a, b);

    public Value LessOrEqual(string name, Value a, Value b) => this.Emit(name, Operation.LessOrEqual, a.Lane.Integer(), 0, a, b);

    public Value Equal(string name, Value a, Value b) => this.Emit(name, Operation.Equal, a.Lane.Integer(), 0, a, b);

    public Value Select(string name, Value mask, Value a, Value b) => this.Emit(name, Operation.Select, a.Lane, 0, mask, a, b);

    public Value Max(string name, Value a, Value b) => this.Emit(name, Operation.Max, a.Lane, 0, a, b);

    public Value Min(string name, Value a, Value b) => this.Emit(name, Operation.Min, a.Lane, 0, a, b);

    public Value Widen(string name, Value a, int shift = 0) => this.Emit(name, Operation.Widen, a.Lane == Lane.Int16 ? Lane.Int32 : Lane.Double, shift, a);

    public Value WidenAbove(string name, Value a, int shift) => this.Emit(name, Operation.WidenAbove, Lane.Int32, shift, a);

    public Value Narrow(string name, Value a) => this.Emit(name, Operation.Narrow, a.Lane == Lane.Int32 ? Lane.Int16 : Lane.Single, 0, a);

    private static int SingleBits(float value) => BitConverter.ToInt32(BitConverter.GetBytes(value), 0);

    private Value Emit(string name, Operation operation, Lane lane, long bits, params Value[] arguments)
    {
        EquatableArray<Value> values = new(ImmutableArray.Create(arguments));
        (Operation, Lane, EquatableArray<Value>, long, string) key =
            (operation, lane, values, bits, operation == Operation.Argument ? name : string.Empty);
        if (this.known.TryGetValue(key, out Value existing))
        {
            return existing;
        }

        // A constant is named where it is first used, so it does not take the comment that waits for a statement.
        bool statement = operation is not (Operation.Constant or Operation.Argument);
        Value result = new(this.instructions.Count, lane);
        this.instructions.Add(new Instruction(operation, lane, values, bits, this.Unique(name), statement ? this.comment : null));
        this.comment = statement ? null : this.comment;
        this.known.Add(key, result);
        return result;
    }

    private string Unique(string name)
    {
        this.names.TryGetValue(name, out int count);
        this.names[name] = count + 1;
        return count == 0 ? name : name + (char)('A' + count);
    }
}
