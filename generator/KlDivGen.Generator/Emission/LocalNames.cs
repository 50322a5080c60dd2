using KlDivGen.Generator.Model;

namespace KlDivGen.Generator.Emission;

/// <summary>Names of local variables in the user's method, which must not collide with names that the user chose, however spelled.</summary>
internal sealed class LocalNames(MethodSpec method)
{
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
}
