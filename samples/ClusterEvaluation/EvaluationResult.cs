using System.Text.Json.Serialization;
using KlDivGen;

namespace ClusterEvaluation;

/// <summary>The result of a run, as it is printed and written as JSON.</summary>
/// <param name="Run">The name of the run.</param>
/// <param name="Pairs">The number of pairs of files.</param>
/// <param name="Pieces">The number of pieces.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Elements">The number of logits of each side.</param>
/// <param name="Sum">The sum of the divergences KL(teacher‖student) of all rows, in nats.</param>
/// <param name="Mean">The mean divergence of a row.</param>
/// <param name="PartialLoss">The bytes of the exact sum in base64, to merge it with that of other data.</param>
internal sealed record EvaluationResult(
    string Run, int Pairs, long Pieces, long Rows, long Elements, double Sum, double Mean, byte[] PartialLoss)
{
    /// <summary>Creates the result of a finished run.</summary>
    public static EvaluationResult Create(string run, EvaluationProgress progress)
    {
        PartialLoss loss = progress.Loss;
        return new EvaluationResult(
            run,
            progress.Pairs,
            progress.Pieces,
            loss.Rows,
            loss.Elements,
            loss.Sum,
            loss.BatchMean(loss.Rows),
            PartialLossConverter.GetBytes(in loss));
    }
}

/// <summary>How results are written as JSON: infinities and NaN as strings.</summary>
[JsonSerializable(typeof(EvaluationResult))]
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
internal sealed partial class EvaluationJsonContext : JsonSerializerContext;
