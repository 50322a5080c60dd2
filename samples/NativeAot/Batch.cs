using System.Text.Json.Serialization;

namespace KlDivGen.Samples.NativeAot;

/// <summary>One line of input: the scores (logits) that two models gave the same examples, a row an example, a column a class.</summary>
/// <param name="Id">Whatever the caller knows the batch by; the answer repeats it.</param>
/// <param name="Student">The student's scores.</param>
/// <param name="Teacher">The teacher's scores, as many.</param>
internal sealed record Batch(string? Id, float[]?[]? Student, float[]?[]? Teacher);

/// <summary>One line of output: the loss of a batch, or what was wrong with it.</summary>
/// <param name="Line">The number of the input's line that is answered, from 1.</param>
/// <param name="Id">The batch's own name, where it had one.</param>
/// <param name="Rows">How many examples the batch had.</param>
/// <param name="Loss">The divergence of the student from the teacher in nats, averaged over the rows.</param>
/// <param name="Error">Why there is no loss.</param>
internal sealed record Answer(int Line, string? Id = null, int? Rows = null, double? Loss = null, string? Error = null);

/// <summary>Reads and writes the two without reflection: written at compile time, as the kernel is.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(Batch))]
[JsonSerializable(typeof(Answer))]
internal sealed partial class Lines : JsonSerializerContext;
