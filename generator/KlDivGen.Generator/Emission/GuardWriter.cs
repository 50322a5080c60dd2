using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>Spells a guard: a variable that accumulates its values over a block, and the condition that the fast path is valid.</summary>
internal abstract class GuardWriter(SourceWriter writer, string? variable, string type)
{
    /// <summary>The accumulated variable, or <see langword="null"/> where the guard looks at the sum alone.</summary>
    public string? Variable { get; } = variable;

    /// <summary>The accumulated value, or <see langword="null"/> where the guard looks at the sum alone.</summary>
    public abstract Value? Value { get; }

    protected SourceWriter Writer { get; } = writer;

    protected string Type { get; } = type;

    public static GuardWriter For(SourceWriter writer, KernelPlan plan, VectorApi api, KernelBody body, Guard guard) => guard switch
    {
        Guard.ForbiddenBits bits => new ForbiddenBitsWriter(writer, api, body, bits),
        Guard.UpperBound bound => new UpperBoundWriter(writer, api, body, bound),
        Guard.Finite finite => new FiniteWriter(writer, api, plan.IsFused, finite),
        Guard.FiniteSum => new FiniteSumWriter(writer, string.Empty),
        Guard.SumMagnitude magnitude => new SumMagnitudeWriter(writer, api, body, magnitude),
        _ => throw new InvalidOperationException($"{guard} cannot be written."),
    };

    public void Declare() => this.Writer.Line($"{this.Type} {this.Variable} = {this.Type}.Zero;");

    /// <summary>Accumulates one vector of values.</summary>
    public abstract void Accumulate(string value);

    /// <summary>The condition under which the fast path is valid.</summary>
    /// <param name="sum">How the block's sum is tested.</param>
    /// <param name="isTail">Whether the block is the tail, for which the cheaper test of the sum is enough.</param>
    public abstract string Condition(Accumulator sum, bool isTail);

    private static string Name(KernelBody body, Value value, string suffix) => body[value].Name + suffix;

    private sealed class ForbiddenBitsWriter(SourceWriter writer, VectorApi api, KernelBody body, Guard.ForbiddenBits guard)
        : GuardWriter(writer, Name(body, guard.Value, "Or"), api.Type(guard.Value.Type))
    {
        public override Value? Value => guard.Value;

        public override void Accumulate(string value) => this.Writer.Line($"{this.Variable} |= {value};");

        public override string Condition(Accumulator sum, bool isTail)
        {
            ScalarType type = guard.Value.Type;
            string forbidden = $"({this.Variable} & {api.Broadcast(type, CSharp.Literal(type, guard.Mask))})";
            return api.IsZero(type, guard.Mask == -1 ? this.Variable! : forbidden);
        }
    }

    private sealed class UpperBoundWriter(SourceWriter writer, VectorApi api, KernelBody body, Guard.UpperBound guard)
        : GuardWriter(writer, Name(body, guard.Value, "Max"), api.UnsignedType)
    {
        public override Value? Value => guard.Value;

        public override void Accumulate(string value) =>
            this.Writer.Line($"{this.Variable} = {api.UnsignedMax(this.Variable!, value)};");

        public override string Condition(Accumulator sum, bool isTail) => api.AllAtMost(this.Variable!, $"0x{guard.Bound:X4}");
    }

    /// <summary>0 · v is 0 for a finite v and NaN otherwise, so that the sum of such products stays 0 while all values are finite.</summary>
    private sealed class FiniteWriter(SourceWriter writer, VectorApi api, bool isFused, Guard.Finite guard)
        : GuardWriter(writer, "nonFinite", api.Type(guard.Value.Type))
    {
        public override Value? Value => guard.Value;

        public override void Accumulate(string value)
        {
            string zero = api.Zero(guard.Value.Type);
            this.Writer.Line(isFused
                ? $"{this.Variable} = {api.MultiplyAdd(value, zero, this.Variable!)};"
                : $"{this.Variable} += {value} * {zero};");
        }

        public override string Condition(Accumulator sum, bool isTail) => api.IsZero(guard.Value.Type, this.Variable!);
    }

    private sealed class FiniteSumWriter(SourceWriter writer, string type) : GuardWriter(writer, null, type)
    {
        public override Value? Value => null;

        public override void Accumulate(string value) => throw new InvalidOperationException("This guard accumulates nothing.");

        public override string Condition(Accumulator sum, bool isTail) => sum.IsFinite;
    }

    private sealed class SumMagnitudeWriter(SourceWriter writer, VectorApi api, KernelBody body, Guard.SumMagnitude guard)
        : GuardWriter(writer, Name(body, guard.TargetBits, "Or"), api.Type(guard.TargetBits.Type))
    {
        public override Value? Value => guard.TargetBits;

        public override void Accumulate(string value) => this.Writer.Line($"{this.Variable} |= {value};");

        public override string Condition(Accumulator sum, bool isTail) =>
            $"BlockGuards.{(isTail ? "IsValid" : "IsValidOrInfinite")}({Accumulator.BlockSum}, {this.Variable})";
    }
}
