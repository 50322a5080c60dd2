namespace KlDivGen.Generator.Model;

/// <summary>The return type of a method: a number, the loss of a piece that merges with others, or <c>void</c>.</summary>
/// <param name="Element">The type of a number; <see langword="null"/> for the others.</param>
/// <param name="IsPartialLoss">Whether it is <c>KlDivGen.PartialLoss</c>.</param>
internal readonly record struct ReturnType(ElementType? Element, bool IsPartialLoss = false)
{
    /// <summary>The runtime's structure of a loss that merges, as generated code spells it.</summary>
    public const string PartialLossName = "global::KlDivGen.PartialLoss";

    public static ReturnType Void => default;

    public static ReturnType PartialLoss => new(null, IsPartialLoss: true);

    /// <summary>The return type as a message spells it.</summary>
    public string DisplayName => this.IsPartialLoss ? nameof(PartialLoss) : this.Element?.DisplayName() ?? "void";

    /// <summary>The return type as generated code spells it.</summary>
    public string ToCSharp() => this.IsPartialLoss ? PartialLossName : this.Element?.ToCSharp() ?? "void";
}
