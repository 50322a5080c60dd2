using KlDivGen.Generator.Model;

namespace KlDivGen.Generator.Planning;

/// <summary>
/// What is done to one vector of elements: straight-line, without side effects but its sinks. It is unrolled and spelled by the
/// emitter, and can be interpreted lane by lane by anyone.
/// </summary>
/// <param name="Instructions">The statements, each using only values before it.</param>
/// <param name="Stores">What is written where.</param>
/// <param name="Sum">The product that is added up, or <see langword="null"/> where nothing is.</param>
/// <param name="SmallPart">A small part of the sum, which is gathered apart; or <see langword="null"/>.</param>
/// <param name="Alarms">What tells, at the end of a block, that some element was beyond what this program computes right.</param>
/// <param name="Fused">Whether what is added up may be multiplied and added in one rounding, where the machine can.</param>
internal sealed record VectorProgram(
    EquatableArray<Instruction> Instructions,
    EquatableArray<Store> Stores,
    Product? Sum,
    SmallPart? SmallPart,
    EquatableArray<Alarm> Alarms,
    bool Fused)
{
    /// <summary>The operands that the program reads, each once, in the order of their first use.</summary>
    public IEnumerable<ParameterRole> Sources =>
        this.Instructions.Where(i => i.Operation == Operation.Load).Select(i => (ParameterRole)i.Bits).Distinct();
}

/// <summary>A sink: the value is written to a destination.</summary>
internal sealed record Store(ParameterRole Destination, Value Value);

/// <summary>A sink: a · b is added to the sum.</summary>
internal sealed record Product(Value A, Value B);

/// <summary>
/// A sink: weight · Σ a · b is added to the sum, the weight being a small constant. To multiply once at the end of a chunk saves an
/// operation an element, and a rounding. The comment says what is gathered.
/// </summary>
internal sealed record SmallPart(Value A, Value B, Value Weight, string Comment);

/// <summary>How a block is found to hold an element that needs care.</summary>
internal enum AlarmKind
{
    /// <summary>The bits of the value, gathered by "or", have one in common with <see cref="Alarm.Bits"/>.</summary>
    Bits,

    /// <summary>The 16 bits of the value, as an unsigned number, are somewhere above <see cref="Alarm.Bits"/>: the largest is gathered.</summary>
    Above,

    /// <summary>The value is ±∞ or NaN: gathered as a sum of zeros times it, which stays 0 only while all are finite.</summary>
    NotFinite,

    /// <summary>A lane of the block's sum is ±∞ or NaN.</summary>
    SumNotFinite,

    /// <summary>
    /// A lane of the block's sum is ±∞ or NaN, or so near to 0 that a subnormal element, whose logarithm is wrong, would count in
    /// it; and yet the bits of the value, gathered by "or", are not all zero in that lane.
    /// </summary>
    SumNotOrdinary,
}

/// <summary>Something gathered over a block, and asked at its end.</summary>
internal sealed record Alarm(AlarmKind Kind, Value Value, long Bits);
