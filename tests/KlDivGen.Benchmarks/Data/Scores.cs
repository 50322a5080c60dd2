using System.Numerics;

namespace KlDivGen.Benchmarks.Data;

/// <summary>
/// Data as training has it: the log-softmax of a student's logits and the softmax (or log-softmax) of a teacher's, in rows of
/// <see cref="Classes"/>, the student's logits being the teacher's with noise. Always the same for the same length.
/// </summary>
internal static class Scores
{
    /// <summary>The length of a row.</summary>
    public const int Classes = 16;

    /// <summary>Longer data repeats its beginning: drawing more would only take time.</summary>
    private const int Drawn = 1 << 16;

    /// <summary>Fills <paramref name="input"/> and <paramref name="target"/>.</summary>
    public static void Fill<T>(T[] input, T[] target, Form form, DataKind kind)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Random random = new(20261122);
        double[] student = new double[Classes];
        double[] teacher = new double[Classes];
        int drawn = Math.Min(Drawn, input.Length);
        for (int i = 0; i < drawn; i++)
        {
            int column = i % Classes;
            if (column == 0)
            {
                DrawRow(random, student, teacher);
            }

            double logTarget = teacher[column];
            input[i] = T.CreateSaturating(student[column]);
            target[i] = T.CreateSaturating(form == Form.LogTarget ? logTarget : Math.Exp(logTarget));
            if (kind != DataKind.Clean && random.Next(100) == 0)
            {
                Spoil(ref input[i], ref target[i], form, kind);
            }
        }

        Repeat(input, drawn);
        Repeat(target, drawn);
    }

    private static void DrawRow(Random random, double[] student, double[] teacher)
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

    private static void Spoil<T>(ref T input, ref T target, Form form, DataKind kind)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T subnormal = T.Epsilon * T.CreateSaturating(1000);
        bool logs = form == Form.LogTarget;
        switch (kind)
        {
            case DataKind.Zeros:
                target = logs ? T.NegativeInfinity : T.Zero;
                break;
            case DataKind.Subnormals:
                target = logs ? T.Log(subnormal) : subnormal;
                break;
            default:
                (logs ? ref target : ref input) = T.NegativeInfinity;
                break;
        }
    }

    private static void Repeat<T>(T[] data, int drawn)
    {
        for (int filled = drawn; filled < data.Length; filled += drawn)
        {
            data.AsSpan(0, Math.Min(drawn, data.Length - filled)).CopyTo(data.AsSpan(filled));
        }
    }
}
