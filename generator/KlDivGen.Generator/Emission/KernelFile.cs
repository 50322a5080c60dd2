using KlDivGen.Generator.Model;

namespace KlDivGen.Generator.Emission;

/// <summary>Writes the generated file of one annotated method.</summary>
internal static class KernelFile
{
    /// <summary>The text of the file: the method's other half, and the kernel that it calls.</summary>
    public static string Write(MethodSpec method) => throw new NotImplementedException(method.HintName);
}
