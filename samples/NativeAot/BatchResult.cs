namespace KlDivGen.Samples.NativeAot;

/// <summary>One line of output: the loss of a batch, or an error.</summary>
/// <param name="Line">The line number of the batch in the input, from 1.</param>
/// <param name="Id">The name of the batch, if it has one.</param>
/// <param name="Rows">The number of examples.</param>
/// <param name="Loss">The mean divergence of the student from the teacher, in nats per example.</param>
/// <param name="Error">The reason why there is no loss.</param>
internal sealed record BatchResult(int Line, string? Id = null, int? Rows = null, double? Loss = null, string? Error = null);
