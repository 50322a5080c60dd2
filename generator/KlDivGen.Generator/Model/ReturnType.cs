namespace KlDivGen.Generator.Model;

/// <summary>What a method returns: a number, or nothing where <see cref="Element"/> is null.</summary>
internal readonly record struct ReturnType(ElementType? Element)
{
    public static ReturnType Void => default;

    /// <summary>The type as a message spells it.</summary>
    public string Keyword => this.Element?.Keyword() ?? "void";
}
