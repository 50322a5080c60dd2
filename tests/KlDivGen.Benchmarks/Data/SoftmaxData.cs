using System.Numerics;

namespace KlDivGen.Benchmarks.Data;

/// <summary>
/// Data as in training: the log-softmax of a student's logits and the softmax or log-softmax of a teacher's, in rows of
/// <see cref="Classes"/>. The student's logits are the teacher's with noise. The same length always gives the same data.
/// </summary>
internal static class SoftmaxData
{
    /// <summary>The length of a row.</summary>
    public const int Classes = 16;

    /// <summary>The number of different elements. Longer data repeats them, because generating more would only take time.</summary>
    private const int DistinctElements = 1 << 16;

    /// <summary>Fills <paramref name="input"/> and <paramref name="target"/>.</summary>
    public static void Fill<T>(T[] input, T[] target, TargetKind targetKind, SpecialValues specialValues)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Random random = new(20261122);
        double[] student = new double[Classes];
        double[] teacher = new double[Classes];
        int distinct = Math.Min(DistinctElements, input.Length);
        for (int i = 0; i < distinct; i++)
        {
            int column = i % Classes;
            if (column == 0)
            {
                GenerateRow(random, student, teacher);
            }

            double logTarget = teacher[column];
            input[i] = T.CreateSaturating(student[column]);
            target[i] = T.CreateSaturating(targetKind == TargetKind.LogTarget ? logTarget : Math.Exp(logTarget));
            if (specialValues != SpecialValues.None && random.Next(100) == 0)
            {
                SetSpecialValue(ref input[i], ref target[i], targetKind, specialValues);
            }
        }

        Repeat(input, distinct);
        Repeat(target, distinct);
    }

    private static void GenerateRow(Random random, double[] student, double[] teacher)
    {
        for (int j = 0; j < Classes; j++)
        {
            teacher[j] = 2 * Normal(random);
            student[j] = teacher[j] + Normal(random);
        }

        LogSoftmax(student);
        LogSoftmax(teacher);
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static void LogSoftmax(double[] row)
    {
        double logSum = Math.Log(row.Sum(Math.Exp));
        for (int j = 0; j < row.Length; j++)
        {
            row[j] -= logSum;
        }
    }

    private static void SetSpecialValue<T>(ref T input, ref T target, TargetKind targetKind, SpecialValues specialValues)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T subnormal = T.Epsilon * T.CreateSaturating(1000);
        bool logTarget = targetKind == TargetKind.LogTarget;
        switch (specialValues)
        {
            case SpecialValues.Zeros:
                target = logTarget ? T.NegativeInfinity : T.Zero;
                break;
            case SpecialValues.Subnormals:
                target = logTarget ? T.Log(subnormal) : subnormal;
                break;
            default:
                (logTarget ? ref target : ref input) = T.NegativeInfinity;
                break;
        }
    }

    private static void Repeat<T>(T[] data, int distinct)
    {
        for (int filled = distinct; filled < data.Length; filled += distinct)
        {
            data.AsSpan(0, Math.Min(distinct, data.Length - filled)).CopyTo(data.AsSpan(filled));
        }
    }
}
