using KlDivGen.Benchmarks.Data;
using KlDivGen.Benchmarks.Implementations;
using KlDivGen.Benchmarks.Measuring;
using static KlDivGen.Benchmarks.Implementations.TensorPrimitivesChains;
using static KlDivGen.Benchmarks.Measuring.Candidate;

namespace KlDivGen.Benchmarks;

/// <summary>All kernels, and for each the implementations that are measured.</summary>
internal static class Scenarios
{
    public const string Sum = "float32 sum, probability";
    public const string SumLogTarget = "float32 sum, log target";
    public const string Mean = "float32 mean, probability";
    public const string MeanLogTarget = "float32 mean, log target";
    public const string BatchMean = "float32 batchmean, probability";
    public const string BatchMeanLogTarget = "float32 batchmean, log target";
    public const string None = "float32 none, probability";
    public const string NoneLogTarget = "float32 none, log target";
    public const string DoubleSum = "float64 sum, probability";
    public const string DoubleSumLogTarget = "float64 sum, log target";
    public const string DoubleNone = "float64 none, probability";
    public const string DoubleNoneLogTarget = "float64 none, log target";
    public const string GradInput = "float32 loss and gradInput, probability";
    public const string GradInputLogTarget = "float32 loss and gradInput, log target";
    public const string GradBoth = "float32 loss and both gradients, probability";
    public const string GradBothLogTarget = "float32 loss and both gradients, log target";
    public const string HalfSum = "Half sum, probability";
    public const string HalfSumLogTarget = "Half sum, log target";
    public const string Logits = "float32 loss from logits";
    public const string LogitsGradInput = "float32 loss and gradInput from logits";
    public const string BatchLogitsGradInput = "float32 loss and gradInput from logits, rows of 32,000";
    public const string LargeBatchLogitsGradInput = "float32 loss and gradInput from logits, rows of 128,256";
    public const string Tensors = "float32 sum of tensors, probability";

    /// <summary>The number of classes of a row of logits: the vocabularies of Llama 2 and of Llama 3.</summary>
    public const int Vocabulary = 32_000, LargeVocabulary = 128_256;

    /// <summary>The length of a batch of rows, as in training: each array takes 16 MB, all together more than most caches hold.</summary>
    public const int Batch = 128 * Vocabulary, LargeBatch = 32 * LargeVocabulary;

    private static readonly int[] AllLengths = [10, 1_000, 32_768, 1 << 20, 1 << 24, 1 << 26];
    private static readonly int[] SomeLengths = [1_000, 32_768, 1 << 24];
    private static readonly int[] RowLengths = [Vocabulary, 32_768, LargeVocabulary, 1 << 20];
    private static readonly int[] OneLength = [32_768];

    /// <summary>All scenarios.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new(Sum, TargetKind.Probability, AllLengths,
        [
            Library<float, GeneratedKernels.SumSingle>(),
            Library<float, GeneratedKernels.SumDeterministicSingle>(Names.Deterministic),
            Library<float, GeneratedKernels.PartialSumSingle>(Names.PartialLoss),
            Library<float, GeneratedKernels.ParallelSumSingle>(Names.Parallel),
            MemoryBandwidth<float, MemoryBandwidthBaseline.ParallelSum>(Names.ParallelMemoryBandwidth),
            Primitives<float, Whole<float, Sum<float>>>(),
            Primitives<float, InBlocks<float, Sum<float>>>(Names.Blocks),
            Native<NativeImplementations.IntrinsicsLog>(Names.Intrinsics, "intrinsics_log"),
            Native<NativeImplementations.LibmvecLog>(Names.Libmvec, "libmvec_log"),
            Native<NativeImplementations.SleefLog1Ulp>(Names.Sleef1, "sleef_log_1ulp"),
            Native<NativeImplementations.SleefLog3Ulp>(Names.Sleef3, "sleef_log_3_5ulp"),
            Naive<float, NaiveLoop.Sum<float>>(),
            Torch(Reductions.Sum),
            MemoryBandwidth<float, MemoryBandwidthBaseline.Sum<float>>(),
            Library<float, GeneratedKernels.SumSingle>(Names.Zeros, SpecialValues.Zeros),
            Library<float, GeneratedKernels.SumSingle>(Names.Subnormals, SpecialValues.Subnormals),
            Library<float, GeneratedKernels.SumSingle>(Names.Infinities, SpecialValues.Infinities),
        ]),
        new(SumLogTarget, TargetKind.LogTarget, AllLengths,
        [
            Library<float, GeneratedKernels.SumLogTargetSingle>(),
            Library<float, GeneratedKernels.SumDeterministicLogTargetSingle>(Names.Deterministic),
            Primitives<float, Whole<float, SumLogTarget<float>>>(),
            Primitives<float, InBlocks<float, SumLogTarget<float>>>(Names.Blocks),
            Native<NativeImplementations.IntrinsicsExp>(Names.Intrinsics, "intrinsics_exp"),
            Native<NativeImplementations.LibmvecExp>(Names.Libmvec, "libmvec_exp"),
            Native<NativeImplementations.SleefExp1Ulp>(Names.Sleef1, "sleef_exp_1ulp"),
            Naive<float, NaiveLoop.SumLogTarget<float>>(),
            Torch(Reductions.Sum),
            MemoryBandwidth<float, MemoryBandwidthBaseline.Sum<float>>(),
            Library<float, GeneratedKernels.SumLogTargetSingle>(Names.Subnormals, SpecialValues.Subnormals),
            Library<float, GeneratedKernels.SumLogTargetSingle>(Names.Infinities, SpecialValues.Infinities),
        ]),
        new(Mean, TargetKind.Probability, OneLength,
        [
            Library<float, GeneratedKernels.MeanSingle>(),
            Primitives<float, Whole<float, Sum<float>>>(),
            Naive<float, NaiveLoop.Sum<float>>(),
            Torch(Reductions.Mean),
        ]),
        new(MeanLogTarget, TargetKind.LogTarget, OneLength,
        [
            Library<float, GeneratedKernels.MeanLogTargetSingle>(),
            Primitives<float, Whole<float, SumLogTarget<float>>>(),
            Naive<float, NaiveLoop.SumLogTarget<float>>(),
            Torch(Reductions.Mean),
        ]),
        new(BatchMean, TargetKind.Probability, OneLength,
        [
            Library<float, GeneratedKernels.BatchMeanSingle>(),
            Primitives<float, Whole<float, Sum<float>>>(),
            Naive<float, NaiveLoop.Sum<float>>(),
            Torch(Reductions.BatchMean),
        ]),
        new(BatchMeanLogTarget, TargetKind.LogTarget, OneLength,
        [
            Library<float, GeneratedKernels.BatchMeanLogTargetSingle>(),
            Primitives<float, Whole<float, SumLogTarget<float>>>(),
            Naive<float, NaiveLoop.SumLogTarget<float>>(),
            Torch(Reductions.BatchMean),
        ]),
        new(None, TargetKind.Probability, SomeLengths,
        [
            Library<float, GeneratedKernels.NoneSingle>(),
            Primitives<float, Whole<float, None<float>>>(),
            Primitives<float, InBlocks<float, None<float>>>(Names.Blocks),
            Torch(Reductions.None),
            MemoryBandwidth<float, MemoryBandwidthBaseline.Write<float>>(),
        ]),
        new(NoneLogTarget, TargetKind.LogTarget, SomeLengths,
        [
            Library<float, GeneratedKernels.NoneLogTargetSingle>(),
            Primitives<float, Whole<float, NoneLogTarget<float>>>(),
            Primitives<float, InBlocks<float, NoneLogTarget<float>>>(Names.Blocks),
            Torch(Reductions.None),
            MemoryBandwidth<float, MemoryBandwidthBaseline.Write<float>>(),
        ]),
        new(DoubleSum, TargetKind.Probability, SomeLengths,
        [
            Library<double, GeneratedKernels.SumDouble>(),
            Primitives<double, Whole<double, Sum<double>>>(),
            Primitives<double, InBlocks<double, Sum<double>>>(Names.Blocks),
            Naive<double, NaiveLoop.Sum<double>>(),
            MemoryBandwidth<double, MemoryBandwidthBaseline.Sum<double>>(),
        ]),
        new(DoubleSumLogTarget, TargetKind.LogTarget, SomeLengths,
        [
            Library<double, GeneratedKernels.SumLogTargetDouble>(),
            Primitives<double, Whole<double, SumLogTarget<double>>>(),
            Primitives<double, InBlocks<double, SumLogTarget<double>>>(Names.Blocks),
            Naive<double, NaiveLoop.SumLogTarget<double>>(),
            MemoryBandwidth<double, MemoryBandwidthBaseline.Sum<double>>(),
        ]),
        new(DoubleNone, TargetKind.Probability, OneLength,
        [
            Library<double, GeneratedKernels.NoneDouble>(),
            Primitives<double, Whole<double, None<double>>>(),
            MemoryBandwidth<double, MemoryBandwidthBaseline.Write<double>>(),
        ]),
        new(DoubleNoneLogTarget, TargetKind.LogTarget, OneLength,
        [
            Library<double, GeneratedKernels.NoneLogTargetDouble>(),
            Primitives<double, Whole<double, NoneLogTarget<double>>>(),
            MemoryBandwidth<double, MemoryBandwidthBaseline.Write<double>>(),
        ]),
        new(GradInput, TargetKind.Probability, SomeLengths,
        [
            Library<float, GeneratedKernels.LossAndGradInputSingle>(),
            Primitives<float, Whole<float, LossAndGradInput<float>>>(),
            Primitives<float, InBlocks<float, LossAndGradInput<float>>>(Names.Blocks),
            MemoryBandwidth<float, MemoryBandwidthBaseline.Write<float>>(),
        ]),
        new(GradInputLogTarget, TargetKind.LogTarget, SomeLengths,
        [
            Library<float, GeneratedKernels.LossAndGradInputLogTargetSingle>(),
            Primitives<float, Whole<float, LossAndGradInputLogTarget<float>>>(),
            Primitives<float, InBlocks<float, LossAndGradInputLogTarget<float>>>(Names.Blocks),
            MemoryBandwidth<float, MemoryBandwidthBaseline.Write<float>>(),
        ]),
        new(GradBoth, TargetKind.Probability, SomeLengths,
        [
            Library<float, GeneratedKernels.LossAndBothSingle>(),
            Primitives<float, Whole<float, LossAndBoth<float>>>(),
            Primitives<float, InBlocks<float, LossAndBoth<float>>>(Names.Blocks),
        ]),
        new(GradBothLogTarget, TargetKind.LogTarget, SomeLengths,
        [
            Library<float, GeneratedKernels.LossAndBothLogTargetSingle>(),
            Primitives<float, Whole<float, LossAndBothLogTarget<float>>>(),
            Primitives<float, InBlocks<float, LossAndBothLogTarget<float>>>(Names.Blocks),
        ]),
        new(HalfSum, TargetKind.Probability, SomeLengths,
        [
            Library<Half, GeneratedKernels.SumHalf>(),
            Library<float, GeneratedKernels.SumSingle>(Names.Single),
            Naive<Half, NaiveLoop.Sum<Half>>(),
        ]),
        new(HalfSumLogTarget, TargetKind.LogTarget, SomeLengths,
        [
            Library<Half, GeneratedKernels.SumLogTargetHalf>(),
            Library<float, GeneratedKernels.SumLogTargetSingle>(Names.Single),
            Naive<Half, NaiveLoop.SumLogTarget<Half>>(),
        ]),
        new(Logits, TargetKind.LogTarget, RowLengths,
        [
            Library<float, GeneratedKernels.LogitsSingle>(),
            Library<float, GeneratedKernels.LogitsShortRowsSingle>(Names.ShortRows),
            Library<float, GeneratedKernels.ParallelShortRowsSingle>(Names.ParallelShortRows),
            Library<float, GeneratedKernels.SumLogTargetSingle>(Names.LogTarget),
            Primitives<float, ByRow<float, Logits<float>>>(),
            Torch(Reductions.Sum, PyTorch.Logits),
        ]),
        new(LogitsGradInput, TargetKind.LogTarget, RowLengths, LogitsGradInputCandidates),
        new(BatchLogitsGradInput, TargetKind.LogTarget, [Batch], LogitsGradInputCandidates) { Classes = Vocabulary },
        new(LargeBatchLogitsGradInput, TargetKind.LogTarget, [LargeBatch], LogitsGradInputCandidates) { Classes = LargeVocabulary },
        new(Tensors, TargetKind.Probability, OneLength,
        [
            Library<float, GeneratedKernels.SumSingle>(),
            Library<float, GeneratedKernels.SumDenseTensor>(Names.DenseTensor),
            Library<float, GeneratedKernels.SumSlicedTensor>(Names.Sliced),
            Library<float, GeneratedKernels.SumTransposedTensor>(Names.Transposed),
            Of<float, GeneratedKernels.CopyThenSum>(Names.CopyFirst),
        ]),
    ];

    private static Candidate[] LogitsGradInputCandidates =>
    [
        Library<float, GeneratedKernels.LogitsAndGradInputSingle>(),
        Library<float, GeneratedKernels.SumLogTargetSingle>(Names.LogTarget),
        Primitives<float, ByRow<float, LogitsAndGradInput<float>>>(),
        Torch(Reductions.Sum, PyTorch.Logits, PyTorch.Backward),
        TorchKeepingMemory(Reductions.Sum, PyTorch.Logits, PyTorch.Backward),
    ];

    /// <summary>The scenario of a kernel.</summary>
    public static Scenario Of(string kernel) => All[IndexOf(kernel)];

    /// <summary>The position of the scenario of a kernel.</summary>
    public static int IndexOf(string kernel) => All.Index().Single(s => s.Item.Kernel == kernel).Index;
}
