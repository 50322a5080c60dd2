namespace KlDivGen.Samples.NativeAot;

/// <summary>Computes the loss of batches. The buffers are reused and grow to the size of the largest batch.</summary>
internal sealed partial class BatchDivergence
{
    private float[] student = [];
    private float[] teacher = [];

    /// <summary>Computes the mean divergence of the student's softmax from the teacher's softmax over all rows.</summary>
    /// <exception cref="InvalidBatchException">
    /// The two tables do not have the same shape, a score is not finite, or the loss is infinite.
    /// </exception>
    public double Compute(Batch batch)
    {
        int rows = batch.Student?.Length ?? throw new InvalidBatchException("student is missing");
        int teacherRows = batch.Teacher?.Length ?? throw new InvalidBatchException("teacher is missing");
        if (rows != teacherRows)
        {
            throw new InvalidBatchException($"student has {rows} rows, teacher has {teacherRows}");
        }

        if (rows == 0 || batch.Student[0] is not { Length: > 0 } first)
        {
            throw new InvalidBatchException("the batch has no scores");
        }

        int length = checked(rows * first.Length);
        if (this.student.Length < length)
        {
            (this.student, this.teacher) = (new float[length], new float[length]);
        }

        LogSoftmax(batch.Student, first.Length, "student", this.student);
        LogSoftmax(batch.Teacher, first.Length, "teacher", this.teacher);
        double loss = Mean(this.student.AsSpan(0, length), this.teacher.AsSpan(0, length), rows);
        return double.IsFinite(loss)
            ? loss
            : throw new InvalidBatchException("the loss is infinite: student gives probability 0 to a class that teacher does not exclude");
    }

    // A score far below another has a log-probability of −∞, which is a probability of 0. With "strict", its loss is 0.
    [KLDivLoss(Reduction = Reductions.BatchMean, LogTarget = true, Dialect = Dialects.Strict)]
    private static partial double Mean(ReadOnlySpan<float> input, ReadOnlySpan<float> target, int batchSize);

    private static void LogSoftmax(float[]?[] table, int columns, string name, Span<float> destination)
    {
        for (int row = 0; row < table.Length; row++)
        {
            if (table[row] is not { } scores || scores.Length != columns)
            {
                throw new InvalidBatchException($"row {row + 1} of {name} does not have {columns} scores, as row 1 of student");
            }

            float maximum = float.NegativeInfinity;
            foreach (float score in scores)
            {
                if (!float.IsFinite(score))
                {
                    throw new InvalidBatchException($"row {row + 1} of {name} has a score outside the range of float32");
                }

                maximum = MathF.Max(maximum, score);
            }

            double sum = 0;
            foreach (float score in scores)
            {
                sum += Math.Exp((double)score - maximum);
            }

            double shift = maximum + Math.Log(sum);
            Span<float> result = destination.Slice(row * columns, columns);
            for (int i = 0; i < columns; i++)
            {
                result[i] = (float)(scores[i] - shift);
            }
        }
    }
}
