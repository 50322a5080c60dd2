namespace KlDivGen.Generator.Model;

/// <summary>One of the types around a method, as its partial declaration is to be written again.</summary>
/// <param name="Keyword"><c>class</c>, <c>struct</c>, <c>record</c>, <c>record struct</c> or <c>interface</c>, with <c>ref </c> before
/// it where C# asks for it to be repeated.</param>
/// <param name="Name">Its name as C# must spell it, with its type parameters' names: <c>Pair&lt;TKey, TValue&gt;</c>.</param>
internal sealed record TypeSpec(string Keyword, string Name);

/// <summary>
/// An annotated method: what it computes and everything that is needed to write its other half. Equal for equal source, and
/// nothing of Roslyn is in it, so that a generator step that yields it is cached.
/// </summary>
/// <param name="HintName">The name of the generated file: unique to the method, overloads told apart, legal in a file system.</param>
/// <param name="Namespace">The namespace as C# must spell it, or <see langword="null"/> for none.</param>
/// <param name="Types">The types around the method, outermost first.</param>
/// <param name="Modifiers">The method's modifiers verbatim, as far as C# wants them repeated: <c>public static partial</c>.</param>
/// <param name="ReturnType">The return type, as C# spells it.</param>
/// <param name="Name">The method's name as C# must spell it, with its type parameters' names where it has them.</param>
/// <param name="TypeParameters">The names of the method's own type parameters, without escapes.</param>
/// <param name="Constraints">The type parameters' constraints as C# wants them repeated, or empty.</param>
/// <param name="HasDocumentation">Whether the user's declaration has a documentation comment. C# drops it when the generated
/// declaration has one too.</param>
/// <param name="Parameters">The parameters, in order.</param>
/// <param name="Kernel">The mathematics that the method asks for.</param>
internal sealed record MethodSpec(
    string HintName,
    string? Namespace,
    EquatableArray<TypeSpec> Types,
    string Modifiers,
    string ReturnType,
    string Name,
    EquatableArray<string> TypeParameters,
    string Constraints,
    bool HasDocumentation,
    EquatableArray<ParameterSpec> Parameters,
    KernelSpec Kernel)
{
    /// <summary>The parameter of a role, or <see langword="null"/> where the method has none.</summary>
    public ParameterSpec? Find(ParameterRole role) => this.Parameters.FirstOrDefault(p => p.Role == role);

    /// <summary>
    /// Whether a parameter or a type parameter of the method has a name, which no local variable may then have. Spelling does not
    /// matter: <c>@sum</c> and <c>\u0073um</c> are both <c>sum</c>.
    /// </summary>
    public bool Declares(string name) =>
        this.Parameters.Any(parameter => parameter.UnescapedName == name) || this.TypeParameters.Contains(name);
}
