using KlDivGen.Generator.Model;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// Names in the user's method that cannot collide with names that the user chose for parameters and type parameters, however spelled.
/// </summary>
internal sealed class LocalNames(MethodSpec method)
{
    /// <summary>The name of a local variable.</summary>
    public string this[string name]
    {
        get
        {
            while (method.Declares(name))
            {
                name += "_";
            }

            return name;
        }
    }

    /// <summary>The type nint, which is no keyword: a type parameter may have its name.</summary>
    public string NInt => this.IsTypeParameter("nint") ? "global::System.IntPtr" : "nint";

    /// <summary>The type nuint, which is no keyword: a type parameter may have its name.</summary>
    public string NUInt => this.IsTypeParameter("nuint") ? "global::System.UIntPtr" : "nuint";

    private bool IsTypeParameter(string name) =>
        method.TypeParameters.Contains(name) || method.Types.Any(type => type.Name.Split('<', ',', '>', ' ').Contains(name));
}
