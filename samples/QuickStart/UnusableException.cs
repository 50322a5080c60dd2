namespace QuickStart;

/// <summary>What the user gave cannot be used. The message is one line that says why, and the program ends with code 2.</summary>
internal sealed class UnusableException(string message) : Exception(message);
