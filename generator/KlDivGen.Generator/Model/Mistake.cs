namespace KlDivGen.Generator.Model;

/// <summary>
/// Something wrong with an annotated method, in plain values: the diagnostic is made of it where it is reported, so that no location
/// is kept in a generator's pipeline.
/// </summary>
/// <param name="Id">The diagnostic's ID.</param>
/// <param name="File">The path of the file, as the compiler knows it.</param>
/// <param name="Start">Where the wrong token starts, in characters from the start of the file.</param>
/// <param name="Length">The token's length.</param>
/// <param name="Arguments">What the message is completed with.</param>
/// <param name="FixProperty">The name of what the diagnostic hands to a code fix, or <see langword="null"/>.</param>
/// <param name="FixValue">Its value.</param>
internal sealed record Mistake(
    string Id,
    string File,
    int Start,
    int Length,
    EquatableArray<string> Arguments,
    string? FixProperty,
    string? FixValue);
