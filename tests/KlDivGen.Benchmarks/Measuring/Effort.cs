namespace KlDivGen.Benchmarks.Measuring;

/// <summary>How long to measure.</summary>
/// <param name="Rounds">The number of rounds, where they are short.</param>
/// <param name="FewestRounds">The number of rounds, however long they are.</param>
/// <param name="Slice">How long one contender runs in one round, at least, in nanoseconds.</param>
/// <param name="Budget">How long a heat may take as long as it has its fewest rounds, in nanoseconds.</param>
internal sealed record Effort(int Rounds, int FewestRounds, double Slice, double Budget)
{
    /// <summary>For a look: all goals in a minute or two.</summary>
    public static Effort Quick { get; } = new(Rounds: 31, FewestRounds: 7, Slice: 0.5e6, Budget: 1.5e9);

    /// <summary>For figures to keep.</summary>
    public static Effort Full { get; } = new(Rounds: 151, FewestRounds: 15, Slice: 2e6, Budget: 15e9);
}
