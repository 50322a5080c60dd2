using System.Globalization;
using System.Numerics.Tensors;
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Matrix;
using KlDivGen.Conformance.Memory;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Rows;

/// <summary>
/// The worst errors, as multiples of the contract's bounds, of float divergences on the rows of <c>rows.npy</c>: of this project, of a chain of
/// TensorPrimitives, and of PyTorch, whose float32 results are in a table.
/// </summary>
internal static partial class RowAccuracy
{
    private static readonly (string Name, Func<double[], bool> Holds)[] Groups =
    [
        ("student = teacher ± 0.5", row => row[3] == 1 && row[4] == 0),
        ("student = teacher ± 0.0005", row => row[3] == 1e-3 && row[4] == 0),
        ("student = teacher ± 5·10⁻⁷", row => row[3] == 1e-6 && row[4] == 0),
        ("student = teacher", row => row[3] == 0 && row[4] == 0),
        ("offsets of ±1000", row => row[4] != 0),
    ];

    [KLDivLoss(Reduction = Reductions.Sum, InputLogits = true, TargetLogits = true)]
    private static partial float Sum(
        ReadOnlySpan<float> input, ReadOnlySpan<float> target, int classes, float temperature, Span<float> gradInput);

    /// <summary>Returns the lines of a table: loss and gradient by the input, of each implementation.</summary>
    public static IEnumerable<string> Table()
    {
        Dictionary<double, double[]> torch = Npy.Read("rows-pytorch-float32").ToDictionary(row => row[8]);
        double[][] rows = [.. Npy.Read("rows").Where(row => row[0] == (int)ElementType.Single && row[1] == 0 && row[7] == 0 && row[5] < 100 && row[6] >= 1)];
        yield return $"{rows.Length} rows";
        yield return "| worst error, as a multiple of the bound | KlDivGen | TensorPrimitives | PyTorch |";
        yield return "| --- | ---: | ---: | ---: |";
        foreach ((string name, Func<double[], bool> holds) in Groups)
        {
            double[] loss = new double[3], gradient = new double[3];
            foreach (double[] row in rows.Where(holds))
            {
                (RowOracle oracle, double[] x, double[] y) = RowReferences.CreateOracle(row);
                double[] torchRow = torch[row[8]];
                float[] ownGradient = new float[x.Length];
                double ownLoss = Sum(Array.ConvertAll(x, v => (float)v), Array.ConvertAll(y, v => (float)v), x.Length, (float)row[6], ownGradient);
                (float chainLoss, float[] chainGradient) = Chain(x, y, (float)row[6]);
                Add(loss, oracle.Loss, ownLoss, chainLoss, torchRow[9]);
                for (int i = 0; i < Math.Min(8, x.Length); i++)
                {
                    Add(gradient, oracle.GradInput[i], ownGradient[i], chainGradient[i], torchRow[10 + i]);
                }
            }

            yield return $"| loss, {name} | {string.Join(" | ", loss.Select(Format))} |";
            yield return $"| gradient, {name} | {string.Join(" | ", gradient.Select(Format))} |";
        }
    }

    /// <summary>
    /// Returns the lines of a table for logits of one side, and for upstream gradients of each element: the worst errors of the methods of the
    /// matrix, as multiples of their bounds, on the rows of the check <c>row-values</c>.
    /// </summary>
    public static IEnumerable<string> TableByDivergence()
    {
        yield return "| worst error, as a multiple of the bound | loss | ∂/∂ of the logits | ∂/∂ of the other side |";
        yield return "| --- | ---: | ---: | ---: |";
        IEnumerable<IGrouping<(bool Mixes, Divergence Divergence, ElementType Type), RowCase>> groups =
            from name in RowGroups.Names
            from kernel in RowGroups.Get(name)
            let settings = kernel.Settings
            where settings.InputLogits != settings.TargetLogits || settings.MixesGradOutputs
            where settings.StorageFormat == settings.ComputeFormat
            orderby settings.MixesGradOutputs, settings.Divergence, settings.PromotedType
            group kernel by (settings.MixesGradOutputs, settings.Divergence, settings.PromotedType);
        using OperandMemory memory = new();
        foreach (IGrouping<(bool Mixes, Divergence Divergence, ElementType Type), RowCase> group in groups)
        {
            double[] worst = [-1, -1, -1];
            foreach (RowCase kernel in group)
            {
                FindWorst(kernel, memory, worst);
            }

            string type = group.Key.Type == ElementType.Single ? "float" : "double";
            string upstream = group.Key.Mixes ? ", `gradOutput` for each element" : string.Empty;
            IEnumerable<string> cells = worst.Select(value => value < 0 ? "–" : Format(value));
            yield return $"| {group.Key.Divergence}, `{type}`{upstream} | {string.Join(" | ", cells)} |";
        }
    }

    private static void FindWorst(RowCase kernel, OperandMemory memory, double[] worst)
    {
        RandomSource random = new(77);
        foreach (RowVariant variant in RowVariant.All)
        {
            foreach (int length in (int[])[1, 2, 3, 7, 16, 33, 100, 257, 1000, 5000])
            {
                RowData data = RowData.Draw(kernel.Settings, random, variant, length < 300 ? 8 : 2, length);
                CallResult result = kernel.Run(memory, data.CreateCall(kernel.Settings));
                foreach (RowVerifier.Comparison comparison in RowVerifier.Compare(kernel.Settings, data, result, data.Rows))
                {
                    bool isOfLogits = comparison.Kind == Outputs.GradInput ? kernel.Settings.InputLogits : kernel.Settings.TargetLogits;
                    int column = comparison.Kind == Outputs.Loss ? 0 : isOfLogits ? 1 : 2;
                    worst[column] = Math.Max(worst[column], RowVerifier.Ratio(kernel.Settings, comparison) ?? -1);
                }
            }
        }
    }

    /// <summary>The loss and the gradient by the input, by TensorPrimitives.</summary>
    private static (float Loss, float[] Gradient) Chain(double[] x, double[] y, float temperature)
    {
        (float[] input, float[] target) = (Array.ConvertAll(x, v => (float)v), Array.ConvertAll(y, v => (float)v));
        (float[] p, float[] q, float[] log) = (new float[x.Length], new float[x.Length], new float[x.Length]);
        TensorPrimitives.Divide(target, temperature, target);
        TensorPrimitives.Divide(input, temperature, input);

        // Without the maximum, offsets of 1000 would overflow.
        TensorPrimitives.Subtract(target, TensorPrimitives.Max<float>(target), target);
        TensorPrimitives.Subtract(input, TensorPrimitives.Max<float>(input), input);
        TensorPrimitives.SoftMax<float>(target, p);
        TensorPrimitives.SoftMax<float>(input, q);
        TensorPrimitives.Divide<float>(p, q, log);
        TensorPrimitives.Log<float>(log, log);
        float loss = TensorPrimitives.Dot<float>(p, log);
        TensorPrimitives.Subtract<float>(q, p, log);
        TensorPrimitives.Divide(log, temperature, log);
        return (loss, log);
    }

    private static void Add(double[] worst, Expected expected, params ReadOnlySpan<double> actual)
    {
        double bound = expected.AbsoluteError + FloatFormat.Single.MinNormal;
        for (int i = 0; i < worst.Length; i++)
        {
            worst[i] = Math.Max(worst[i], DoubleDouble.Abs(actual[i] - expected.Value).Hi / bound);
        }
    }

    private static string Format(double value) => value == 0 ? "0" : value.ToString(value < 10 ? "0.00" : "#,0", CultureInfo.InvariantCulture);
}
