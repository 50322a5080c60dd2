using KlDivGen.Generator.Model;

namespace KlDivGen.Generator.Plan;

/// <summary>The data that a pass loops over.</summary>
internal enum Axis
{
    /// <summary>All elements, in memory order.</summary>
    Elements,

    /// <summary>
    /// The elements of one row, for numbers that a later pass over the row is given: several reductions, which the caller keeps.
    /// </summary>
    Row,
}

/// <summary>One loop over the data.</summary>
/// <param name="Name">The name of the method that runs the pass.</param>
/// <param name="Axis">The data that the pass loops over.</param>
/// <param name="Operands">The data that the pass touches: sources first, then destinations.</param>
/// <param name="Arguments">The numbers that the pass is given.</param>
/// <param name="FastPath">The body for blocks in which its guards hold.</param>
/// <param name="SlowPath">The body that is right for every element; <see langword="null"/> where the fast path has no guards.</param>
/// <param name="Accumulation">The order in which the reductions combine elements.</param>
/// <param name="Unroll">How many vectors of the compute type one iteration of the main loop takes.</param>
/// <param name="WideUnroll">
/// How many of them the main loop over 512-bit vectors takes, which has 32 registers; 0 if there is no such loop.
/// </param>
/// <param name="WideFastPath">
/// The fast path of the main loop over 512-bit vectors, where it is another one; else <see langword="null"/>.
/// </param>
/// <param name="ArgumentsVary">Whether an argument may be another number in each lane of a vector.</param>
internal sealed record Pass(
    string Name,
    Axis Axis,
    EquatableArray<Operand> Operands,
    EquatableArray<Argument> Arguments,
    KernelBody FastPath,
    KernelBody? SlowPath,
    Accumulation Accumulation,
    int Unroll,
    int WideUnroll,
    KernelBody? WideFastPath = null,
    bool ArgumentsVary = false)
{
    public IEnumerable<Operand> Destinations => this.Operands.Where(operand => operand.IsDestination);

    /// <summary>Whether the main loop is there a second time, over 512-bit vectors.</summary>
    public bool HasWideLoop => this.WideUnroll > 0;

    public bool HasReductions => this.FastPath.Reductions.Count > 0;

    /// <summary>
    /// Whether the caller may force the slow path: where a destination may be a source, whose block could not be read a second time,
    /// or an argument may not be finite.
    /// </summary>
    public bool CanForceSlowPath => this.SlowPath is not null && this.Destinations.Any();

    /// <summary>The fast path, and the slow path and the one for 512-bit vectors if the pass has them.</summary>
    public IEnumerable<KernelBody> Bodies => new[] { this.FastPath, this.SlowPath, this.WideFastPath }.OfType<KernelBody>();
}
