using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Data;
using KlDivGen.Conformance.Memory;

namespace KlDivGen.Conformance.Rows;

/// <summary>The table of 50-digit arithmetic for logits of one side.</summary>
internal static partial class RowReferences
{
    private const string OneSideTable = "rows-one-side";
    private const int FirstOneSideResult = 8;

    /// <summary>Compares the oracle with the table, and describes every difference.</summary>
    public static IEnumerable<string> VerifyOneSideOracle()
    {
        foreach (double[] row in Npy.Read(OneSideTable))
        {
            (double[] x, double[] y) = DrawOneSide(row);
            ElementType type = (ElementType)(int)row[0];
            RowSettings settings = new(
                (RowForm)(int)row[2], (Divergence)(int)row[1], Reduction.Sum, Dialect.Paddle, false, false, type, type, false, Outputs.Loss, null,
                TemperatureSource.Double, false, false, false);
            RowOracle oracle = RowOracle.Create(settings, row[6], x, y);
            if (!IsNear(oracle.Loss, new(row[FirstOneSideResult], row[FirstOneSideResult + 1])))
            {
                yield return $"{DescribeOneSide(row)}: the oracle's loss is {oracle.Loss.Value.Hi:R}, not {row[FirstOneSideResult]:R}";
            }

            for (int i = 0; i < Math.Min(x.Length, Samples); i++)
            {
                int column = FirstOneSideResult + 2 + (2 * i);
                if (!IsNear(oracle.GradInput[i], new(row[column], row[column + 1])))
                {
                    yield return $"{DescribeOneSide(row)}: the oracle's gradInput[{i}] is {oracle.GradInput[i].Value.Hi:R}, not {row[column]:R}";
                }

                column += 2 * Samples;
                if (!IsNear(oracle.GradTarget[i], new(row[column], row[column + 1])))
                {
                    yield return $"{DescribeOneSide(row)}: the oracle's gradTarget[{i}] is {oracle.GradTarget[i].Value.Hi:R}, not {row[column]:R}";
                }
            }
        }
    }

    private static IEnumerable<string> RunOneSide(RowCase kernel, OperandMemory memory)
    {
        RowSettings settings = kernel.Settings;
        (int Type, int Divergence, int Form) wanted = ((int)settings.Input, (int)settings.Divergence, (int)settings.Form);
        foreach (double[] row in Npy.Read(OneSideTable).Where(row => ((int)row[0], (int)row[1], (int)row[2]) == wanted))
        {
            (double[] x, double[] y) = DrawOneSide(row);
            RowData data = new(x.Length, x, y, [], [], new double[x.Length]) { Temperature = row[6] };
            foreach (string error in RowVerifier.FindErrors(kernel, memory, data))
            {
                yield return $"{DescribeOneSide(row)}: {error}";
            }
        }
    }

    /// <summary>The data of a row of the table, as <c>rows_one_side.py</c> draws it.</summary>
    private static (double[] X, double[] Y) DrawOneSide(double[] row)
    {
        FloatFormat format = FloatFormat.Of((ElementType)(int)row[0]);
        RowForm form = (RowForm)(int)row[2];
        RandomSource random = new((ulong)row[7]);
        (double[] logits, double[] other) = (new double[(int)row[3]], new double[(int)row[3]]);
        for (int i = 0; i < logits.Length; i++)
        {
            logits[i] = format.Round(((random.Uniform(0, 1) - 0.5) * row[5]) + row[4]);
            double uniform = random.Uniform(0, 1);
            other[i] = format.Round(form == RowForm.InputLogits ? uniform + 0.0078125 : uniform * -9);
        }

        return form == RowForm.TargetLogits ? (other, logits) : (logits, other);
    }

    private static string DescribeOneSide(double[] row) =>
        $"type {row[0]}, divergence {row[1]}, form {row[2]}, {row[3]} classes, offset {row[4]}, spread {row[5]}, T = {row[6]}";
}
