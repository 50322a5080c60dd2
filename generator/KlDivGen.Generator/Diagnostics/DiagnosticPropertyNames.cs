namespace KlDivGen.Generator.Diagnostics;

/// <summary>The names of the diagnostic properties that code fixes read.</summary>
internal static class DiagnosticPropertyNames
{
    /// <summary>The valid value to suggest for a misspelled one.</summary>
    public const string Suggestion = nameof(Suggestion);

    /// <summary>The property of the attribute to set to the suggestion.</summary>
    public const string Setting = nameof(Setting);

    /// <summary>The fully qualified type of a missing parameter.</summary>
    public const string ParameterType = nameof(ParameterType);
}
