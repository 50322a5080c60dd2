using System.Text;
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Rows;

namespace KlDivGen.Conformance.Matrix;

/// <summary>
/// The methods of the matrix that a Debug build compiles, because a compiler takes minutes for all of them: about a quarter. A test
/// proves that the sample has every value of each setting. The property <c>WholeMatrix</c>, which is true in Release, compiles all.
/// </summary>
internal static class MatrixSample
{
    // Settings repeat after 2, 3, 4 or 6 methods of a group, and at random in a group of methods over rows.
    private const int Stride = 5;
    private const int RowStride = 4;

    /// <summary>Gets whether this build has every method of the matrix.</summary>
    public static bool IsWholeMatrix =>
#if WHOLE_MATRIX
        true;
#else
        false;
#endif

    /// <summary>Gets the rows of the sample.</summary>
    public static IEnumerable<Settings> OfMatrix => MatrixRows.All.GroupBy(row => row.Group).SelectMany(group => group.Where(Contains));

    /// <inheritdoc cref="OfMatrix"/>
    public static IEnumerable<RowSettings> OfRowMatrix =>
        RowMatrix.All.GroupBy(row => row.Group).SelectMany(group => group.Where(Contains));

    /// <summary>Returns whether a row is in the sample. The plainest losses are, because tests compare them with each other.</summary>
    /// <param name="row">A row.</param>
    /// <param name="index">Its index in its group.</param>
    public static bool Contains(Settings row, int index) =>
        index % Stride == 0
        || row is { Group: "FlatSingle", Divergence: Divergence.Forward, Dialect: Dialect.Paddle, Deterministic: false };

    /// <inheritdoc cref="Contains(Settings, int)"/>
    public static bool Contains(RowSettings row, int index) => index % RowStride == 0;

    /// <summary>Writes a text for each row of a group; those outside of the sample in <c>#if WHOLE_MATRIX</c>.</summary>
    public static void Append<T>(StringBuilder text, IReadOnlyList<T> rows, Func<T, int, bool> contains, Func<T, string> write)
    {
        bool wasOutside = false;
        for (int i = 0; i < rows.Count; i++)
        {
            bool isOutside = !contains(rows[i], i);
            text.Append(isOutside == wasOutside ? "" : isOutside ? "#if WHOLE_MATRIX\n" : "#endif\n").Append(write(rows[i]));
            wasOutside = isOutside;
        }

        text.Append(wasOutside ? "#endif\n" : "");
    }
}
