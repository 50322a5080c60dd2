namespace KlDivGen.Samples.NativeAot;

/// <summary>A batch has no loss. The message says why.</summary>
internal sealed class InvalidBatchException(string message) : Exception(message);
