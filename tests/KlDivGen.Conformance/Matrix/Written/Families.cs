// Written by Matrix/Writer.cs: `dotnet run --project tests/KlDivGen.Conformance -- matrix`.
using KlDivGen.Conformance.Columns;

namespace KlDivGen.Conformance.Matrix;

/// <summary>Every family of the matrix.</summary>
internal static class Families
{
    /// <summary>The families' names, in order.</summary>
    public static string[] Names => ["FlatSingle", "FlatDouble"];

    /// <summary>The methods of one family.</summary>
    public static Column[] Of(string family) => family switch
    {
        "FlatSingle" => FlatSingle.Columns,
        "FlatDouble" => FlatDouble.Columns,
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "There is no such family."),
    };
}
