namespace KlDivGen.Generator.Model;

/// <summary>
/// A diagnostic as plain values. The Roslyn diagnostic is created where it is reported, so that the generator's pipeline keeps no
/// location.
/// </summary>
/// <param name="Id">The diagnostic's ID.</param>
/// <param name="File">The path of the file, as the compiler knows it. It may be empty, and several files may share it.</param>
/// <param name="FileOrdinal">Which of the files with that path it is, counted from 0 in the order of the compilation.</param>
/// <param name="Start">The position of the token, in characters from the start of the file.</param>
/// <param name="Length">The token's length.</param>
/// <param name="Arguments">The arguments of the message.</param>
/// <param name="FixProperty">The name of the property that the code fix reads, or <see langword="null"/>.</param>
/// <param name="FixValue">The value of that property.</param>
internal sealed record DiagnosticInfo(
    string Id,
    string File,
    int FileOrdinal,
    int Start,
    int Length,
    EquatableArray<string> Arguments,
    string? FixProperty,
    string? FixValue);
