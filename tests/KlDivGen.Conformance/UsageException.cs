namespace KlDivGen.Conformance;

/// <summary>The program was asked for something it has not.</summary>
internal sealed class UsageException(string message) : Exception(message);
