using KlDivGen.Generator.Model;

namespace KlDivGen.Generator.Plan;

/// <summary>The divisor of the sum and of every gradient.</summary>
internal enum Divisor
{
    One,
    Count,
    Batch,
}

/// <summary>
/// Every decision about a kernel that is not spelling: the mathematics as passes over the data, and the order of arithmetic. A setting
/// adds a piece to a body or changes one member here; it never needs a template of its own.
/// </summary>
/// <param name="ComputeType">The floating-point type that formulas are computed in.</param>
/// <param name="IsFused">Whether a product and its addition may be rounded once, where the processor can.</param>
/// <param name="Passes">The loops over the data, in order.</param>
/// <param name="Divisor">The divisor of the sum and of every gradient.</param>
/// <param name="Rows">How the passes compute a row, or <see langword="null"/> where one pass takes all elements.</param>
internal sealed record KernelPlan(
    ScalarType ComputeType,
    bool IsFused,
    EquatableArray<Pass> Passes,
    Divisor Divisor,
    RowProgram? Rows = null)
{
    /// <summary>The data: sources first, then destinations.</summary>
    public IEnumerable<Operand> Operands => this.Passes.SelectMany(pass => pass.Operands)
        .Distinct()
        .OrderBy(operand => operand.IsDestination)
        .ThenBy(operand => operand.Role);

    /// <summary>The factors of the gradients.</summary>
    public IEnumerable<Scale> Scales => this.Passes.SelectMany(pass => pass.Arguments).OfType<Scale>().Distinct();

    public IEnumerable<Operand> Destinations => this.Operands.Where(operand => operand.IsDestination);

    public bool ReturnsSum => this.Passes.Any(pass => pass.HasReductions);

    public Accumulation Accumulation => this.Passes[0].Accumulation;

    /// <summary>
    /// How many vectors of the compute type hold as many elements as one vector of the narrowest operand. That many are always loaded
    /// and stored together.
    /// </summary>
    public int VectorsPerNarrowVector =>
        this.ComputeType.Size() / Math.Min(this.ComputeType.Size(), this.Operands.Min(operand => operand.Stored.Size()));

    /// <summary>
    /// Whether 16-bit elements are widened in pairs, the even ones first, so that nothing crosses from one half of a vector to the
    /// other. It needs all data to have 16 bits, and sums that do not depend on the order.
    /// </summary>
    public bool UsesEvenOddLanes =>
        (!this.ReturnsSum || this.Accumulation == Accumulation.Fast) && this.Operands.All(operand => operand.Stored == ScalarType.Int16);

    /// <summary>
    /// The number of lanes of a reproducible sum: two vectors of 512 bits, the widest there are. Narrower vectors take several iterations
    /// for all lanes.
    /// </summary>
    public int ReproducibleLaneCount => this.Passes[0].Unroll * 64 / this.ComputeType.Size();

    /// <inheritdoc cref="Pass.CanForceSlowPath"/>
    public bool CanForceSlowPath => this.Passes.Any(pass => pass.CanForceSlowPath);

    /// <summary>The plan as text: a statement a line.</summary>
    public override string ToString() => PlanPrinter.Print(this);
}
