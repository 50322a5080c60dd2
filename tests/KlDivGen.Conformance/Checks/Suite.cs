using KlDivGen.Conformance.Columns;
using KlDivGen.Conformance.Matrix;
using KlDivGen.Conformance.Memory;

namespace KlDivGen.Conformance.Checks;

/// <summary>All checks, and how they are run over the matrix.</summary>
internal static class Suite
{
    /// <summary>How many things wrong with one method are shown.</summary>
    private const int Shown = 3;

    /// <summary>The checks of kernels, in the order in which they are most use to read.</summary>
    public static IReadOnlyList<Check> Checks { get; } =
    [
        References.Elements, References.Reductions, References.Autograd, PaddleFacts.Check,
        Values.Lengths, Values.Alignment, Values.Large, Values.Wide, Values.Near, Values.Constant, Values.Equal,
        Specials.Everywhere, Specials.Reduced, InPlace.Check, Arguments.Check, Consistency.Check, Layouts.Check, Allocation.Check,
    ];

    /// <summary>Runs a check over a family's methods: one result for each method that it applies to.</summary>
    public static IEnumerable<Finding> Run(string check, string family)
    {
        var chosen = Checks.Single(c => c.Name == check);
        using var arena = new Arena();
        foreach (var column in Families.Of(family).Where(c => chosen.Applies(c.Settings)))
        {
            var first = new List<string>();
            int count = 0;
            foreach (string problem in chosen.Run(column, arena))
            {
                count++;
                if (first.Count < Shown)
                {
                    first.Add(problem);
                }
            }

            yield return new(check, column.Title, count, first);
        }
    }
}
