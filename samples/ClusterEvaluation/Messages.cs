using KlDivGen;
using Orleans;

namespace ClusterEvaluation;

/// <summary>What to evaluate, and how.</summary>
/// <param name="Teacher">The full path of the teacher's folder.</param>
/// <param name="Student">The full path of the student's folder.</param>
/// <param name="PieceSize">The number of logits of each file in a piece; at least one row.</param>
/// <param name="ChunkSize">The number of logits of each file that a silo holds in memory for each piece; at least one row.</param>
/// <param name="PiecesPerSilo">The number of pieces that a silo evaluates at the same time.</param>
[GenerateSerializer]
[Immutable]
internal sealed record EvaluationRequest(string Teacher, string Student, long PieceSize, int ChunkSize, int PiecesPerSilo);

/// <summary>How far a run is.</summary>
/// <param name="Stage">What the coordinator is doing.</param>
/// <param name="Failure">One line that says why the run cannot go on, or <see langword="null"/>.</param>
/// <param name="Pairs">The number of pairs of files.</param>
/// <param name="Pieces">The number of pieces.</param>
/// <param name="DonePieces">The number of pieces whose loss is merged.</param>
/// <param name="ResumedPieces">The number of pieces that were already done when this coordinator took up the run.</param>
/// <param name="RepeatedPieces">The number of pieces that were handed out again because a silo had failed.</param>
/// <param name="EvaluatedBytes">The size of the logits that were evaluated since this coordinator took up the run.</param>
/// <param name="Silos">The number of silos.</param>
/// <param name="Loss">The loss of all pieces that are done.</param>
[GenerateSerializer]
[Immutable]
internal sealed record EvaluationProgress(
    EvaluationStage Stage,
    string? Failure,
    int Pairs,
    long Pieces,
    long DonePieces,
    long ResumedPieces,
    long RepeatedPieces,
    long EvaluatedBytes,
    int Silos,
    PartialLoss Loss);

/// <summary>What the coordinator of a run is doing.</summary>
[GenerateSerializer]
internal enum EvaluationStage
{
    /// <summary>It lists the files and reads their headers.</summary>
    Scanning,

    /// <summary>It hands out pieces.</summary>
    Evaluating,

    /// <summary>All pieces are done, and the result is saved.</summary>
    Finished,

    /// <summary>The run cannot go on.</summary>
    Failed,
}

/// <summary>A range of rows of one pair of files.</summary>
/// <param name="Teacher">The path of the teacher's file.</param>
/// <param name="Student">The path of the student's file.</param>
/// <param name="FileRows">The number of rows in each file.</param>
/// <param name="Classes">The length of a row.</param>
/// <param name="BytesPerClass">The size of the logits of one class in both files.</param>
/// <param name="FirstRow">The first row of the piece.</param>
/// <param name="RowCount">The number of rows of the piece.</param>
/// <param name="ChunkSize">The number of logits of each file to hold in memory; at least one row.</param>
[GenerateSerializer]
[Immutable]
internal sealed record PieceRequest(
    string Teacher, string Student, long FileRows, int Classes, int BytesPerClass, long FirstRow, long RowCount, int ChunkSize)
{
    /// <summary>The size of the piece in both files.</summary>
    public long Bytes => this.RowCount * this.Classes * this.BytesPerClass;
}

/// <summary>The loss of a piece, or why it has none.</summary>
/// <param name="Loss">The loss.</param>
/// <param name="Failure">One line that says why a file cannot be used, or <see langword="null"/>.</param>
[GenerateSerializer]
[Immutable]
internal sealed record PieceResult(PartialLoss Loss, string? Failure);
