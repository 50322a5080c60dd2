namespace KlDivGen.Samples;

/// <summary>A file that the user named, or that the program needs, cannot be used. The message is one line that says why.</summary>
internal sealed class InvalidInputException(string message) : Exception(message);
