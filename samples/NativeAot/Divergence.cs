namespace KlDivGen.Samples.NativeAot;

/// <summary>The loss of a batch. Its two buffers grow to the largest batch and are used again, so a long run allocates nothing here.</summary>
internal sealed partial class Divergence
{
    private float[] student = [];
    private float[] teacher = [];

    /// <summary>The divergence of the student's softmax from the teacher's, averaged over the rows.</summary>
    /// <exception cref="BatchException">The batch is not two tables of finite numbers of one shape, or its loss is infinite.</exception>
    public double Of(Batch batch)
    {
        int rows = batch.Student?.Length ?? throw new BatchException("student is missing");
        int teacherRows = batch.Teacher?.Length ?? throw new BatchException("teacher is missing");
        if (rows != teacherRows)
        {
            throw new BatchException($"student has {rows} rows and teacher {teacherRows}");
        }

        if (rows == 0 || batch.Student[0] is not { Length: > 0 } first)
        {
            throw new BatchException("there are no scores");
        }

        int length = checked(rows * first.Length);
        if (this.student.Length < length)
        {
            (this.student, this.teacher) = (new float[length], new float[length]);
        }

        LogSoftmax(batch.Student, first.Length, "student", this.student);
        LogSoftmax(batch.Teacher, first.Length, "teacher", this.teacher);
        double loss = Mean(this.student.AsSpan(0, length), this.teacher.AsSpan(0, length), rows);
        return double.IsFinite(loss) ? loss : throw new BatchException("the loss is infinite: student rules out what teacher does not");
    }

    // A log-probability of −∞, where a score lies very far below another, is a probability of 0 and counts nothing: "strict" says so.
    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.Strict)]
    private static partial double Mean(ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);

    private static void LogSoftmax(float[]?[] table, int columns, string name, Span<float> destination)
    {
        for (int row = 0; row < table.Length; row++)
        {
            if (table[row] is not { } scores || scores.Length != columns)
            {
                throw new BatchException($"row {row + 1} of {name} has not {columns} scores like the first of student");
            }

            float largest = float.NegativeInfinity;
            foreach (float score in scores)
            {
                if (!float.IsFinite(score))
                {
                    throw new BatchException($"row {row + 1} of {name} has a score beyond the range of float32");
                }

                largest = MathF.Max(largest, score);
            }

            double sum = 0;
            foreach (float score in scores)
            {
                sum += Math.Exp((double)score - largest);
            }

            double shift = largest + Math.Log(sum);
            Span<float> result = destination.Slice(row * columns, columns);
            for (int i = 0; i < columns; i++)
            {
                result[i] = (float)(scores[i] - shift);
            }
        }
    }
}

/// <summary>Says, for the person who sent it, what is wrong with a batch.</summary>
internal sealed class BatchException(string message) : Exception(message);
