using KlDivGen.CompilerServices;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Memory;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Checks;

/// <summary>Methods that compute large data on several threads: the values, and the same bits for every number of threads.</summary>
internal static class ParallelCalls
{
    /// <summary>Numbers of threads: one, two, an odd number, and all.</summary>
    public static readonly int[] Degrees = [1, 2, 3, -1];

    /// <summary>So many elements that they are cut into five pieces, of which the last one is short.</summary>
    private const int Length = ParallelLoop.MinElements + 4321;

    private static readonly nint[] Shape = [3, 151, 300];

    public static Check Check { get; } = new("parallel", s => s.IsParallel, (kernel, memory) =>
        VerifyDegrees(kernel, memory).Concat(VerifyStrided(kernel, memory)).Concat(VerifyArguments(kernel, memory)));

    /// <summary>Describes every call that has other results than those of a call, with another number of threads.</summary>
    public static IEnumerable<string> FindDifferences(KernelCase kernel, OperandMemory memory, Call call, CallResult result) =>
        from degree in Degrees
        where !kernel.Run(memory, call with { MaxDegreeOfParallelism = degree }).HasSameBits(result)
        select $"n = {call.X.Length}, maxDegreeOfParallelism {degree}: other bits than with {call.MaxDegreeOfParallelism}";

    private static IEnumerable<string> VerifyDegrees(KernelCase kernel, OperandMemory memory)
    {
        Dataset data = Datasets.SeveralPieces(kernel.Settings);
        Call call = data.CreateCall(0, Length);
        CallResult result = kernel.Run(memory, call);
        return ResultVerifier.FindErrors(data, kernel.Settings, call, result).Concat(FindDifferences(kernel, memory, call, result));
    }

    /// <summary>Tensors that are transposed, broadcast or have gaps.</summary>
    private static IEnumerable<string> VerifyStrided(KernelCase kernel, OperandMemory memory) => !kernel.Settings.IsTensor
        ? []
        : Layouts.Verify(kernel, memory, new RandomSource(23), Shape, Datasets.SeveralPieces(kernel.Settings));

    private static IEnumerable<string> VerifyArguments(KernelCase kernel, OperandMemory memory)
    {
        foreach (int degree in (int[])[0, -2, int.MinValue])
        {
            CallResult result = kernel.Run(memory, Datasets.Short(kernel.Settings).CreateCall(0, 20) with { MaxDegreeOfParallelism = degree });
            if (result.Error is not ArgumentOutOfRangeException { ParamName: "maxDegreeOfParallelism" } || result.UnexpectedWrite is not null)
            {
                yield return $"maxDegreeOfParallelism {degree}: threw {result.Error?.GetType().Name}; {result.UnexpectedWrite}";
            }
        }
    }
}
