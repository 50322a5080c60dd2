namespace KlDivGen.Generator.Model;

/// <summary>The return type of a method: a number, or <c>void</c> where <see cref="Element"/> is null.</summary>
internal readonly record struct ReturnType(ElementType? Element)
{
    public static ReturnType Void => default;

    /// <summary>The return type as a message spells it.</summary>
    public string DisplayName => this.Element?.DisplayName() ?? "void";
}
