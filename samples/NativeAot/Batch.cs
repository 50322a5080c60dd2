namespace KlDivGen.Samples.NativeAot;

/// <summary>One line of input: the scores (logits) of two models for the same examples, one row for each example.</summary>
/// <param name="Id">The name of the batch, which is repeated in the result.</param>
/// <param name="Student">The scores of the student.</param>
/// <param name="Teacher">The scores of the teacher, in the same shape.</param>
internal sealed record Batch(string? Id, float[]?[]? Student, float[]?[]? Teacher);
