namespace KlDivGen.Benchmarks.Measuring;

/// <summary>The names of the implementations in tables and charts.</summary>
internal static class Names
{
    public const string KlDivGen = "KlDivGen";
    public const string Deterministic = "KlDivGen, deterministic";
    public const string Zeros = "KlDivGen, 1 % zeros";
    public const string Subnormals = "KlDivGen, 1 % subnormals";
    public const string Infinities = "KlDivGen, 1 % −∞";
    public const string Single = "KlDivGen, float32";
    public const string LogTarget = "KlDivGen, log target";
    public const string ShortRows = "KlDivGen, rows of 16";
    public const string PartialLoss = "KlDivGen, PartialLoss";
    public const string Parallel = "KlDivGen, all cores";
    public const string ParallelShortRows = "KlDivGen, rows of 16, all cores";
    public const string Sliced = "KlDivGen, sliced tensor";
    public const string Transposed = "KlDivGen, transposed tensor";
    public const string DenseTensor = "KlDivGen, dense tensor";
    public const string CopyFirst = "copy transposed, then KlDivGen";
    public const string TensorPrimitives = "TensorPrimitives";
    public const string Blocks = "TensorPrimitives in blocks";
    public const string NaiveLoop = "naive loop";
    public const string Intrinsics = "C++ intrinsics";
    public const string Libmvec = "C++ -Ofast, libmvec 4 ULP";
    public const string Sleef1 = "C++ SLEEF 1 ULP";
    public const string Sleef3 = "C++ SLEEF 3.5 ULP";
    public const string PyTorch = "PyTorch";
    public const string PyTorchKeepingMemory = "PyTorch, memory kept";
    public const string MemoryBandwidth = "memory bandwidth";
    public const string ParallelMemoryBandwidth = "memory bandwidth, all cores";
}
