namespace KlDivGen.Generator.Diagnostics;

/// <summary>What a diagnostic hands to its code fix, by name.</summary>
internal static class FixProperties
{
    /// <summary>The valid value nearest to a misspelt one.</summary>
    public const string Nearest = nameof(Nearest);

    /// <summary>The type of the parameter that is missing, fully qualified.</summary>
    public const string ParameterType = nameof(ParameterType);
}
