namespace KlDivGen.Generator.Model;

/// <summary>One parameter of an annotated method.</summary>
/// <param name="Role">The role.</param>
/// <param name="Name">The name as C# must spell it, with <c>@</c> where it is a keyword.</param>
/// <param name="UnescapedName">The name without <c>@</c> and without Unicode escapes: compare names by it.</param>
/// <param name="Modifiers">The modifiers to repeat before the type, each with a space after it, such as <c>"scoped "</c>; or empty.</param>
/// <param name="Type">The type, fully qualified, with <c>global::</c>.</param>
/// <param name="Shape">The shape of the type.</param>
/// <param name="Element">The type of its elements, or of the scalar; <see langword="null"/> for <c>batchSize</c>, <c>classes</c> and
/// <c>mask</c>.</param>
internal sealed record ParameterSpec(
    ParameterRole Role,
    string Name,
    string UnescapedName,
    string Modifiers,
    string Type,
    ParameterShape Shape,
    ElementType? Element);
