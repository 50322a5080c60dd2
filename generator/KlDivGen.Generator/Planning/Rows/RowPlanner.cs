using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Planning.Rows;

/// <summary>Decides how a kernel computes row by row: the passes over one row.</summary>
internal static class RowPlanner
{
    /// <summary>The names of the passes, in the order in which they run.</summary>
    private const string Extremes = nameof(Extremes), Sums = nameof(Sums), Results = nameof(Results), Slow = nameof(Slow), Kept = nameof(Kept);

    public static RowProgram Program(KernelSpec spec)
    {
        RowSpec rows = spec.Rows!;
        return (rows.InputLogits, rows.TargetLogits) switch
        {
            (true, true) => new RowProgram(RowNormalizer.Pair, LogitPairFormulas.Roles(spec).First, rows.HasTemperature),
            (true, false) => new RowProgram(RowNormalizer.One, ParameterRole.Input, rows.HasTemperature),
            (false, true) => new RowProgram(RowNormalizer.One, ParameterRole.Target, rows.HasTemperature),
            _ => new RowProgram(RowNormalizer.None, ParameterRole.Input, HasTemperature: false),
        };
    }

    /// <summary>The passes of two rows of logits. Whether a row is ordinary is known before the second pass, so that no pass needs guards.</summary>
    public static IEnumerable<Pass> PairPasses(KernelSpec spec, Func<string, Axis, BodyBuilder, Pass> pass)
    {
        yield return pass(Extremes, Axis.Row, LogitPairFormulas.Extremes(spec));
        yield return pass(Sums, Axis.Row, LogitPairFormulas.Sums(spec, isSlowPath: false));
        yield return pass(Sums + Slow, Axis.Row, LogitPairFormulas.Sums(spec, isSlowPath: true));
        if (LogitPairFormulas.KeptGradient(spec) is { } gradient)
        {
            yield return pass(Sums + Kept, Axis.Row, LogitPairFormulas.SumsKeepingGradient(spec, gradient));
            yield return pass(Results + Kept, Axis.Elements, LogitPairFormulas.ResultsFromKeptGradient(spec, gradient));
        }

        if (spec.GradInput is not null || spec.GradTarget is not null || spec.Reduction == Reduction.None)
        {
            yield return pass(Results, Axis.Elements, LogitPairFormulas.Results(spec, isSlowPath: false));
            yield return pass(Results + Slow, Axis.Elements, LogitPairFormulas.Results(spec, isSlowPath: true));
        }
    }
}
