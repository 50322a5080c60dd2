using System.Buffers;
using KlDivGen;

namespace ClusterEvaluation;

/// <summary>Reads pieces and computes their losses.</summary>
internal interface IPieceEvaluator
{
    /// <summary>Computes the loss of a piece. The call returns when all of its rows have been read.</summary>
    /// <exception cref="InvalidInputException">A file cannot be used, or is not the one that the coordinator saw.</exception>
    PartialLoss Evaluate(PieceRequest piece);
}

/// <summary>Computes the loss of a piece from its files, one chunk of rows at a time.</summary>
internal sealed class PieceEvaluator : IPieceEvaluator
{
    /// <inheritdoc/>
    public PartialLoss Evaluate(PieceRequest piece)
    {
        using LogitsPair pair = LogitsPair.Open(piece.Teacher, piece.Student);
        if (pair.Rows != piece.FileRows || pair.Classes != piece.Classes || pair.BytesPerClass != piece.BytesPerClass)
        {
            throw new InvalidInputException($"{piece.Teacher} and {piece.Student} have changed during the run");
        }

        pair.Teacher.Seek(piece.FirstRow * piece.Classes);
        pair.Student.Seek(piece.FirstRow * piece.Classes);

        int chunkRows = (int)long.Clamp(piece.ChunkSize / piece.Classes, 1, piece.RowCount);
        float[] teacher = ArrayPool<float>.Shared.Rent(chunkRows * piece.Classes);
        float[] student = ArrayPool<float>.Shared.Rent(chunkRows * piece.Classes);
        try
        {
            PartialLoss loss = PartialLoss.Zero;
            for (long row = 0; row < piece.RowCount; row += chunkRows)
            {
                int length = (int)long.Min(chunkRows, piece.RowCount - row) * piece.Classes;
                pair.Teacher.Read(teacher.AsSpan(0, length));
                pair.Student.Read(student.AsSpan(0, length));
                loss += Losses.Divergence(student.AsSpan(0, length), teacher.AsSpan(0, length), piece.Classes);
            }

            return loss;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(teacher);
            ArrayPool<float>.Shared.Return(student);
        }
    }
}
