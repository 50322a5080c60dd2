namespace KlDivGen.Generator.Model;

/// <summary>The divergence of the target p and the input q: the attribute's <c>Divergence</c>.</summary>
internal enum Divergence
{
    /// <summary>KL(p‖q).</summary>
    Forward,

    /// <summary>KL(q‖p).</summary>
    Reverse,

    /// <summary>β · KL(p‖m) + (1 − β) · KL(q‖m) with m = β · p + (1 − β) · q.</summary>
    JensenShannon,
}
