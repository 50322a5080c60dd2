// Written by Matrix/Writer.cs: `dotnet run --project tests/KlDivGen.Conformance -- matrix`.
using KlDivGen.Conformance.Columns;

namespace KlDivGen.Conformance.Matrix;

/// <summary>Every family of the matrix.</summary>
internal static class Families
{
    /// <summary>The families' names, in order.</summary>
    public static string[] Names => ["FlatSingle", "FlatDouble", "FlatSingleGradients", "FlatDoubleGradients", "TensorSingle", "TensorDouble", "TensorSingleDouble", "TensorSingleGradients", "TensorDoubleGradients", "FlatSingleDouble", "FlatDoubleSingle", "FlatHalf", "FlatHalfSingle", "FlatDoubleHalf", "TensorHalf", "FlatHalfGradients", "FlatSingleDoubleGradients"];

    /// <summary>The methods of one family.</summary>
    public static Column[] Of(string family) => family switch
    {
        "FlatSingle" => FlatSingle.Columns,
        "FlatDouble" => FlatDouble.Columns,
        "FlatSingleGradients" => FlatSingleGradients.Columns,
        "FlatDoubleGradients" => FlatDoubleGradients.Columns,
        "TensorSingle" => TensorSingle.Columns,
        "TensorDouble" => TensorDouble.Columns,
        "TensorSingleDouble" => TensorSingleDouble.Columns,
        "TensorSingleGradients" => TensorSingleGradients.Columns,
        "TensorDoubleGradients" => TensorDoubleGradients.Columns,
        "FlatSingleDouble" => FlatSingleDouble.Columns,
        "FlatDoubleSingle" => FlatDoubleSingle.Columns,
        "FlatHalf" => FlatHalf.Columns,
        "FlatHalfSingle" => FlatHalfSingle.Columns,
        "FlatDoubleHalf" => FlatDoubleHalf.Columns,
        "TensorHalf" => TensorHalf.Columns,
        "FlatHalfGradients" => FlatHalfGradients.Columns,
        "FlatSingleDoubleGradients" => FlatSingleDoubleGradients.Columns,
        _ => throw new ArgumentOutOfRangeException(nameof(family), family, "There is no such family."),
    };
}
