using System.Numerics;
using System.Runtime.Intrinsics;
using KlDivGen.Benchmarks.Data;
using KlDivGen.Benchmarks.Implementations;

namespace KlDivGen.Benchmarks.Measuring;

/// <summary>An implementation in a scenario, before it has data.</summary>
/// <param name="Name">The name in tables and charts.</param>
/// <param name="Start">Creates the implementation with its data.</param>
internal sealed record Candidate(string Name, Func<TestData, Implementation> Start)
{
    /// <summary>Returns why this machine cannot run the implementation, or <see langword="null"/> if it can.</summary>
    public Func<string?> Absence { get; init; } = () => null;

    /// <summary>Returns the width of the vectors in bits, or <see langword="null"/> if it is not known.</summary>
    public Func<int?> VectorBits { get; init; } = () => null;

    /// <summary>The type that runs the generated kernel, or <see langword="null"/> if the implementation is not this library.</summary>
    public Type? Generated { get; init; }

    /// <summary>Whether the implementation runs in this process.</summary>
    public bool InProcess { get; init; } = true;

    /// <summary>Whether the result is the loss, and therefore checked.</summary>
    public bool ComputesLoss { get; init; } = true;

    /// <summary>A kernel of this library, whose main loop uses the widest vectors that are accelerated.</summary>
    public static Candidate Library<T, TKernel>(string name = Names.KlDivGen, SpecialValues specialValues = SpecialValues.None)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TKernel : struct, IKernel<T> => Of<T, TKernel>(name, specialValues) with
        {
            Generated = typeof(TKernel),
            VectorBits = () => WidestVector,
        };

    /// <summary>Calls of <see cref="System.Numerics.Tensors.TensorPrimitives"/>, which uses the widest vectors that are accelerated.</summary>
    public static Candidate Primitives<T, TKernel>(string name = Names.TensorPrimitives)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TKernel : struct, IKernel<T> => Of<T, TKernel>(name) with { VectorBits = () => WidestVector };

    /// <summary>A loop without vectors.</summary>
    public static Candidate Naive<T, TKernel>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TKernel : struct, IKernel<T> => Of<T, TKernel>(Names.NaiveLoop);

    /// <summary>A function of the C++ library.</summary>
    public static Candidate Native<TKernel>(string name, string function)
        where TKernel : struct, IKernel<float> => Of<float, TKernel>(name) with
        {
            Absence = () => NativeLibraryBuild.Absence(function),
            VectorBits = () => NativeLibraryBuild.VectorBits(function),
        };

    /// <summary>PyTorch, with options of <see cref="PyTorch"/>.</summary>
    public static Candidate Torch(string reduction, params string[] options) => Torch(Names.PyTorch, reduction, keepMemory: false, options);

    /// <summary>PyTorch, which uses the memory of intermediate results again.</summary>
    public static Candidate TorchKeepingMemory(string reduction, params string[] options) =>
        Torch(Names.PyTorchKeepingMemory, reduction, keepMemory: true, options);

    /// <summary>The memory traffic of a kernel without its arithmetic.</summary>
    public static Candidate MemoryBandwidth<T, TKernel>(string name = Names.MemoryBandwidth)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TKernel : struct, IKernel<T> => Of<T, TKernel>(name) with
        {
            ComputesLoss = false,
            VectorBits = () => Vector<byte>.Count * 8,
        };

    /// <summary>The widest vectors that the runtime uses, in bits.</summary>
    public static int WidestVector => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>An implementation of which nothing else is known.</summary>
    public static Candidate Of<T, TKernel>(string name, SpecialValues specialValues = SpecialValues.None)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TKernel : struct, IKernel<T> =>
        new(name, data => new Implementation<T, TKernel>(data.Operands<T>(specialValues)));

    private static Candidate Torch(string name, string reduction, bool keepMemory, string[] options) =>
        new(name, data => new PyTorch(data.Operands<float>(SpecialValues.None), reduction, keepMemory, options))
        {
            Absence = () => PyTorch.Absence,
            InProcess = false,
        };
}
