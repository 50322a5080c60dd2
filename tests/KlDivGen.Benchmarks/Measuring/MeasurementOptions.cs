namespace KlDivGen.Benchmarks.Measuring;

/// <summary>How long to measure. Durations are in nanoseconds.</summary>
/// <param name="Rounds">The number of rounds, if they fit into the budget.</param>
/// <param name="MinimumRounds">The number of rounds, even if they take longer than the budget.</param>
/// <param name="MinimumDuration">The shortest time that one implementation runs in one round.</param>
/// <param name="Budget">The time that all rounds of a run may take.</param>
internal sealed record MeasurementOptions(int Rounds, int MinimumRounds, double MinimumDuration, double Budget)
{
    /// <summary>A first impression: all targets in a minute or two.</summary>
    public static MeasurementOptions Quick { get; } = new(Rounds: 31, MinimumRounds: 7, MinimumDuration: 0.5e6, Budget: 1.5e9);

    /// <summary>Figures for publication.</summary>
    public static MeasurementOptions Full { get; } = new(Rounds: 151, MinimumRounds: 15, MinimumDuration: 2e6, Budget: 15e9);
}
