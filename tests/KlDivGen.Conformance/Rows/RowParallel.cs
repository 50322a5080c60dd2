using KlDivGen.CompilerServices;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Checks;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Memory;

namespace KlDivGen.Conformance.Rows;

/// <summary>
/// Methods that compute large data on several threads: short rows, which are computed side by side, rows of which a piece has many or one, and
/// rows that are cut into pieces themselves.
/// </summary>
internal static class RowParallel
{
    private static readonly (int Rows, int Classes)[] Shapes =
    [
        ((ParallelLoop.MinElements / 16) + 3, 16), (135, 1000), (70, 2000), (3, (ParallelLoop.MinElements / 3) + 5), (1, ParallelLoop.MinRowLength + 777),
    ];

    public static IEnumerable<string> Run(RowCase kernel, OperandMemory memory)
    {
        RandomSource random = new(95);
        foreach ((int rows, int classes) in Shapes)
        {
            RowData data = RowData.Draw(kernel.Settings, random, new(1, 0, 6, 1.5), rows, classes);
            RowCall call = data.CreateCall(kernel.Settings);
            CallResult result = kernel.Run(memory, call);
            IEnumerable<string> errors = RowVerifier.FindErrors(kernel.Settings, data, result, rows)
                .Concat(FindDifferences(kernel, memory, call, result));
            foreach (string error in errors)
            {
                yield return $"{rows} rows of {classes} classes: {error}";
            }
        }
    }

    /// <summary>Describes every call that has other results than those of a call, with another number of threads.</summary>
    public static IEnumerable<string> FindDifferences(RowCase kernel, OperandMemory memory, RowCall call, CallResult result) =>
        from degree in ParallelCalls.Degrees
        where !kernel.Run(memory, call with { MaxDegreeOfParallelism = degree }).HasSameBits(result)
        select $"maxDegreeOfParallelism {degree}: other bits than with {call.MaxDegreeOfParallelism}";
}
