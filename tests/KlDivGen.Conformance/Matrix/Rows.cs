using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Columns;

namespace KlDivGen.Conformance.Matrix;

/// <summary>The matrix: which combinations of settings and signatures there is a method of.</summary>
internal static class Rows
{
    private static readonly Reduction[] Reductions = Enum.GetValues<Reduction>();
    private static readonly Dialect[] Dialects = Enum.GetValues<Dialect>();
    private static readonly bool[] Either = [false, true];

    /// <summary>Every row, by family.</summary>
    public static IEnumerable<Settings> All => FlatLosses(Element.Single).Concat(FlatLosses(Element.Double));

    /// <summary>Every combination: reduction × target form × dialect × arithmetic × return type.</summary>
    private static IEnumerable<Settings> FlatLosses(Element type) =>
        from reduction in Reductions
        from log in Either
        from dialect in Dialects
        from deterministic in Either
        from result in Returns(reduction, type)
        select new Settings(reduction, log, dialect, deterministic, false, type, type, result, Outputs.Loss, false);

    /// <summary>Void for none; T, and double for the sum before its last rounding.</summary>
    private static IEnumerable<Element?> Returns(Reduction reduction, Element type) =>
        reduction == Reduction.None ? [null] : new Element?[] { type, Element.Double }.Distinct();
}
