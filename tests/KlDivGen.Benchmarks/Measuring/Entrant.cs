using System.Numerics;
using KlDivGen.Benchmarks.Contenders;
using KlDivGen.Benchmarks.Data;

namespace KlDivGen.Benchmarks.Measuring;

/// <summary>A contender's row in a scenario: how it is made once there is data.</summary>
/// <param name="Name">The name in tables and plots.</param>
/// <param name="Start">Makes the contender with its data.</param>
/// <param name="Absence">Why it cannot take part on this machine, or <see langword="null"/>.</param>
/// <param name="InProcess">Whether it runs in this process; BenchmarkDotNet can only measure what does.</param>
/// <param name="ComputesLoss">Whether its result is the loss, and checked.</param>
internal sealed record Entrant(
    string Name,
    Func<Workbench, Contender> Start,
    Func<string?> Absence,
    bool InProcess = true,
    bool ComputesLoss = true)
{
    /// <summary>A kernel on data of a kind.</summary>
    public static Entrant Of<T, TKernel>(string name, DataKind kind = DataKind.Clean, Func<string?>? absence = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TKernel : struct, IKernel<T> =>
        new(name, bench => new Contender<T, TKernel>(bench.Data<T>(kind)), absence ?? (() => null));

    /// <summary>A function of the C++ library.</summary>
    public static Entrant Native<TKernel>(string name, string function)
        where TKernel : struct, IKernel<float> => Of<float, TKernel>(name, absence: () => NativeLibraryBuild.Absence(function));

    /// <summary>PyTorch.</summary>
    public static Entrant Torch(string reduction) =>
        new(Names.PyTorch, bench => new PyTorch(bench.Data<float>(DataKind.Clean), reduction), () => PyTorch.Absence, InProcess: false);

    /// <summary>What only moves the data.</summary>
    public static Entrant Floor<T, TKernel>(string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TKernel : struct, IKernel<T> => Of<T, TKernel>(name) with { ComputesLoss = false };
}
