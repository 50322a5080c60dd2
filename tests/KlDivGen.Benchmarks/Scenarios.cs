using KlDivGen.Benchmarks.Contenders;
using KlDivGen.Benchmarks.Data;
using KlDivGen.Benchmarks.Measuring;
using static KlDivGen.Benchmarks.Contenders.TensorPrimitivesChains;
using static KlDivGen.Benchmarks.Measuring.Entrant;

namespace KlDivGen.Benchmarks;

/// <summary>The table of everything that is measured.</summary>
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
    public const string CompensatedDoubleAccumulator = "float64 sum, probability";
    public const string DoubleSumLogTarget = "float64 sum, log target";
    public const string DoubleNone = "float64 none, probability";
    public const string DoubleNoneLogTarget = "float64 none, log target";
    public const string GradInput = "float32 loss and gradInput, probability";
    public const string GradInputLogTarget = "float32 loss and gradInput, log target";
    public const string GradBoth = "float32 loss and both gradients, probability";
    public const string GradBothLogTarget = "float32 loss and both gradients, log target";
    public const string HalfSum = "Half sum, probability";
    public const string HalfSumLogTarget = "Half sum, log target";
    public const string Tensors = "float32 sum of tensors, probability";

    private static readonly int[] AllLengths = [10, 1_000, 32_768, 1 << 20, 1 << 24, 1 << 26];
    private static readonly int[] SomeLengths = [1_000, 32_768, 1 << 24];
    private static readonly int[] OneLength = [32_768];

    /// <summary>All scenarios.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new(Sum, Form.Probability, AllLengths,
        [
            Of<float, GeneratedKernels.SumSingle>(Names.KlDivGen),
            Of<float, GeneratedKernels.SumDeterministicSingle>(Names.Deterministic),
            Of<float, Whole<float, Sum<float>>>(Names.TensorPrimitives),
            Of<float, InChunks<float, Sum<float>>>(Names.Chunked),
            Native<NativeContenders.IntrinsicsLog>(Names.Intrinsics, "intrinsics_log"),
            Native<NativeContenders.SleefLog1Ulp>(Names.Sleef1, "sleef_log_1ulp"),
            Native<NativeContenders.SleefLog3Ulp>(Names.Sleef3, "sleef_log_3_5ulp"),
            Of<float, ScalarLoop.Sum<float>>(Names.Loop),
            Torch(Reductions.Sum),
            Floor<float, Floor.Sum<float>>(Names.Floor),
            Of<float, GeneratedKernels.SumSingle>(Names.Zeros, DataKind.Zeros),
            Of<float, GeneratedKernels.SumSingle>(Names.Subnormals, DataKind.Subnormals),
            Of<float, GeneratedKernels.SumSingle>(Names.Infinities, DataKind.Infinities),
        ]),
        new(SumLogTarget, Form.LogTarget, AllLengths,
        [
            Of<float, GeneratedKernels.SumLogTargetSingle>(Names.KlDivGen),
            Of<float, GeneratedKernels.SumDeterministicLogTargetSingle>(Names.Deterministic),
            Of<float, Whole<float, SumLogTarget<float>>>(Names.TensorPrimitives),
            Of<float, InChunks<float, SumLogTarget<float>>>(Names.Chunked),
            Native<NativeContenders.IntrinsicsExp>(Names.Intrinsics, "intrinsics_exp"),
            Native<NativeContenders.SleefExp1Ulp>(Names.Sleef1, "sleef_exp_1ulp"),
            Of<float, ScalarLoop.SumLogTarget<float>>(Names.Loop),
            Torch(Reductions.Sum),
            Floor<float, Floor.Sum<float>>(Names.Floor),
            Of<float, GeneratedKernels.SumLogTargetSingle>(Names.Subnormals, DataKind.Subnormals),
            Of<float, GeneratedKernels.SumLogTargetSingle>(Names.Infinities, DataKind.Infinities),
        ]),
        new(Mean, Form.Probability, OneLength,
        [
            Of<float, GeneratedKernels.MeanSingle>(Names.KlDivGen),
            Of<float, Whole<float, Sum<float>>>(Names.TensorPrimitives),
            Of<float, ScalarLoop.Sum<float>>(Names.Loop),
            Torch(Reductions.Mean),
        ]),
        new(MeanLogTarget, Form.LogTarget, OneLength,
        [
            Of<float, GeneratedKernels.MeanLogTargetSingle>(Names.KlDivGen),
            Of<float, Whole<float, SumLogTarget<float>>>(Names.TensorPrimitives),
            Of<float, ScalarLoop.SumLogTarget<float>>(Names.Loop),
            Torch(Reductions.Mean),
        ]),
        new(BatchMean, Form.Probability, OneLength,
        [
            Of<float, GeneratedKernels.BatchMeanSingle>(Names.KlDivGen),
            Of<float, Whole<float, Sum<float>>>(Names.TensorPrimitives),
            Of<float, ScalarLoop.Sum<float>>(Names.Loop),
            Torch(Reductions.BatchMean),
        ]),
        new(BatchMeanLogTarget, Form.LogTarget, OneLength,
        [
            Of<float, GeneratedKernels.BatchMeanLogTargetSingle>(Names.KlDivGen),
            Of<float, Whole<float, SumLogTarget<float>>>(Names.TensorPrimitives),
            Of<float, ScalarLoop.SumLogTarget<float>>(Names.Loop),
            Torch(Reductions.BatchMean),
        ]),
        new(None, Form.Probability, SomeLengths,
        [
            Of<float, GeneratedKernels.NoneSingle>(Names.KlDivGen),
            Of<float, Whole<float, None<float>>>(Names.TensorPrimitives),
            Of<float, InChunks<float, None<float>>>(Names.Chunked),
            Torch(Reductions.None),
            Floor<float, Floor.Write<float>>(Names.Floor),
        ]),
        new(NoneLogTarget, Form.LogTarget, SomeLengths,
        [
            Of<float, GeneratedKernels.NoneLogTargetSingle>(Names.KlDivGen),
            Of<float, Whole<float, NoneLogTarget<float>>>(Names.TensorPrimitives),
            Of<float, InChunks<float, NoneLogTarget<float>>>(Names.Chunked),
            Torch(Reductions.None),
            Floor<float, Floor.Write<float>>(Names.Floor),
        ]),
        new(CompensatedDoubleAccumulator, Form.Probability, SomeLengths,
        [
            Of<double, GeneratedKernels.SumDouble>(Names.KlDivGen),
            Of<double, Whole<double, Sum<double>>>(Names.TensorPrimitives),
            Of<double, InChunks<double, Sum<double>>>(Names.Chunked),
            Of<double, ScalarLoop.Sum<double>>(Names.Loop),
            Floor<double, Floor.Sum<double>>(Names.Floor),
        ]),
        new(DoubleSumLogTarget, Form.LogTarget, SomeLengths,
        [
            Of<double, GeneratedKernels.SumLogTargetDouble>(Names.KlDivGen),
            Of<double, Whole<double, SumLogTarget<double>>>(Names.TensorPrimitives),
            Of<double, InChunks<double, SumLogTarget<double>>>(Names.Chunked),
            Of<double, ScalarLoop.SumLogTarget<double>>(Names.Loop),
            Floor<double, Floor.Sum<double>>(Names.Floor),
        ]),
        new(DoubleNone, Form.Probability, OneLength,
        [
            Of<double, GeneratedKernels.NoneDouble>(Names.KlDivGen),
            Of<double, Whole<double, None<double>>>(Names.TensorPrimitives),
            Floor<double, Floor.Write<double>>(Names.Floor),
        ]),
        new(DoubleNoneLogTarget, Form.LogTarget, OneLength,
        [
            Of<double, GeneratedKernels.NoneLogTargetDouble>(Names.KlDivGen),
            Of<double, Whole<double, NoneLogTarget<double>>>(Names.TensorPrimitives),
            Floor<double, Floor.Write<double>>(Names.Floor),
        ]),
        new(GradInput, Form.Probability, SomeLengths,
        [
            Of<float, GeneratedKernels.LossAndGradInputSingle>(Names.KlDivGen),
            Of<float, Whole<float, LossAndGradInput<float>>>(Names.TensorPrimitives),
            Of<float, InChunks<float, LossAndGradInput<float>>>(Names.Chunked),
            Floor<float, Floor.Write<float>>(Names.Floor),
        ]),
        new(GradInputLogTarget, Form.LogTarget, SomeLengths,
        [
            Of<float, GeneratedKernels.LossAndGradInputLogTargetSingle>(Names.KlDivGen),
            Of<float, Whole<float, LossAndGradInputLogTarget<float>>>(Names.TensorPrimitives),
            Of<float, InChunks<float, LossAndGradInputLogTarget<float>>>(Names.Chunked),
            Floor<float, Floor.Write<float>>(Names.Floor),
        ]),
        new(GradBoth, Form.Probability, SomeLengths,
        [
            Of<float, GeneratedKernels.LossAndBothSingle>(Names.KlDivGen),
            Of<float, Whole<float, LossAndBoth<float>>>(Names.TensorPrimitives),
            Of<float, InChunks<float, LossAndBoth<float>>>(Names.Chunked),
        ]),
        new(GradBothLogTarget, Form.LogTarget, SomeLengths,
        [
            Of<float, GeneratedKernels.LossAndBothLogTargetSingle>(Names.KlDivGen),
            Of<float, Whole<float, LossAndBothLogTarget<float>>>(Names.TensorPrimitives),
            Of<float, InChunks<float, LossAndBothLogTarget<float>>>(Names.Chunked),
        ]),
        new(HalfSum, Form.Probability, SomeLengths,
        [
            Of<Half, GeneratedKernels.SumHalf>(Names.KlDivGen),
            Of<float, GeneratedKernels.SumSingle>(Names.Single),
            Of<Half, ScalarLoop.Sum<Half>>(Names.Loop),
        ]),
        new(HalfSumLogTarget, Form.LogTarget, SomeLengths,
        [
            Of<Half, GeneratedKernels.SumLogTargetHalf>(Names.KlDivGen),
            Of<float, GeneratedKernels.SumLogTargetSingle>(Names.Single),
            Of<Half, ScalarLoop.SumLogTarget<Half>>(Names.Loop),
        ]),
        new(Tensors, Form.Probability, OneLength,
        [
            Of<float, GeneratedKernels.SumSingle>(Names.KlDivGen),
            Of<float, GeneratedKernels.SumDenseTensor>(Names.DenseTensor),
            Of<float, GeneratedKernels.SumSlicedTensor>(Names.Sliced),
            Of<float, GeneratedKernels.SumTransposedTensor>(Names.Transposed),
            Of<float, GeneratedKernels.CopyThenSum>(Names.CopyFirst),
        ]),
    ];

    /// <summary>The scenario of a kernel.</summary>
    public static Scenario Of(string kernel) => All.Single(s => s.Kernel == kernel);
}
