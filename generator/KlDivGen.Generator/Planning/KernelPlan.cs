using KlDivGen.Generator.Model;

namespace KlDivGen.Generator.Planning;

/// <summary>Where the losses of a kernel go, besides into its stores.</summary>
internal enum SumStyle
{
    /// <summary>Nowhere: nothing is added.</summary>
    None,

    /// <summary>Into one accumulator per unrolled copy, in registers: the fastest order.</summary>
    Registers,

    /// <summary>Into a fixed number of lanes whatever the width of a vector, in memory: the same order on every machine.</summary>
    Lanes,
}

/// <summary>What the sum, and every gradient, is divided by.</summary>
internal enum Divisor
{
    One,
    Count,
    Batch,
}

/// <summary>Data that a kernel reads or writes.</summary>
/// <param name="Role">Which.</param>
/// <param name="Element">The type that it is stored in.</param>
/// <param name="IsDestination">Whether it is written.</param>
internal sealed record Operand(ParameterRole Role, ElementType Element, bool IsDestination);

/// <summary>
/// Everything that is decided about a kernel before it is spelled: the mathematics as two straight-line programs, and how they are
/// looped over the data. Pieces, not combinations: a setting adds a piece to a program or changes one member here.
/// </summary>
/// <param name="Compute">The floating-point lane that is computed in.</param>
/// <param name="Operands">The data: sources first, then destinations.</param>
/// <param name="Fast">What is done to every element, right for all but those that its alarms tell of.</param>
/// <param name="Careful">What is right for every element; <see langword="null"/> where <paramref name="Fast"/> has no alarm.</param>
/// <param name="Sum">Where the losses are added up.</param>
/// <param name="Divisor">What the sum and the gradients are divided by.</param>
/// <param name="Unroll">How many vectors of the compute type one pass of the main loop takes.</param>
internal sealed record KernelPlan(
    Lane Compute,
    EquatableArray<Operand> Operands,
    VectorProgram Fast,
    VectorProgram? Careful,
    SumStyle Sum,
    Divisor Divisor,
    int Unroll)
{
    /// <summary>The narrowest lane of any operand in bytes: a vector of it is the least that is loaded or stored at once.</summary>
    public int NarrowestSize => Math.Min(this.Compute.Size(), this.Operands.Min(o => o.Element.Size()));

    /// <summary>How many vectors of the compute type hold as many elements as one vector of the narrowest operand.</summary>
    public int Step => this.Compute.Size() / this.NarrowestSize;

    /// <summary>
    /// Whether the elements of a vector are taken in pairs, as they lie in lanes twice as wide, the even ones first: where all data has
    /// 16 bits, and no sum depends on the order. Nothing has to cross from one half of a vector to the other then.
    /// </summary>
    public bool InPairs => this.Sum != SumStyle.Lanes && this.Operands.All(o => Storage.LaneOf(o.Element) == Lane.Int16);

    /// <summary>
    /// How many lanes a deterministic sum has: what the unrolled vectors hold where they are widest, at 512 bits; a divisor of it at
    /// every other width takes several passes to come round.
    /// </summary>
    public int SumLanes => this.Unroll * 64 / this.Compute.Size();

    /// <summary>The numbers that a kernel is given to scale its gradients with.</summary>
    public IEnumerable<string> Scales => this.Fast.Instructions.Where(i => i.Operation == Operation.Argument).Select(i => i.Name);

    /// <summary>
    /// Whether the caller may ask for care from the start: where a destination may be a source itself, whose block could not be
    /// read a second time, or a scale may not be finite.
    /// </summary>
    public bool MayStartCarefully => this.Careful is not null && this.Operands.Any(o => o.IsDestination);
}
