using KlDivGen;
using Orleans;

namespace ClusterEvaluation;

/// <summary>
/// What is saved of a run. The pieces that are done and their merged loss are one record, written at once, so that a piece is either in
/// both or in neither.
/// </summary>
[GenerateSerializer]
internal sealed class EvaluationState
{
    /// <summary>The fingerprint of the data set.</summary>
    [Id(0)]
    public string Fingerprint { get; set; } = string.Empty;

    /// <summary>The number of logits of each file in a piece. It says which rows a piece has.</summary>
    [Id(1)]
    public long PieceSize { get; set; }

    /// <summary>The number of pieces.</summary>
    [Id(2)]
    public long PieceCount { get; set; }

    /// <summary>The pieces that are done: <see cref="PieceSet.ToBytes"/>.</summary>
    [Id(3)]
    public byte[] DonePieces { get; set; } = [];

    /// <summary>The bytes of the loss of these pieces: <see cref="PartialLoss.TryWriteBytes"/>.</summary>
    [Id(4)]
    public byte[] Loss { get; set; } = PartialLossConverter.GetBytes(PartialLoss.Zero);
}
