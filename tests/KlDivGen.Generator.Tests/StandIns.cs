using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace KlDivGen.Generator.Tests;

/// <summary>
/// A library with the 16-bit structures of .NET 11, TorchSharp and ONNX Runtime, as they look from outside: a private field and no
/// conversion that generated code could need.
/// </summary>
internal static class StandIns
{
    private const string Source = """
        namespace System.Numerics { public readonly struct BFloat16 { private readonly ushort value; } }
        namespace TorchSharp { public readonly struct BFloat16 { internal readonly ushort value; } }
        namespace Microsoft.ML.OnnxRuntime
        {
            public readonly struct BFloat16 { public readonly ushort value; public static readonly BFloat16 One; }
            public readonly struct Float16 { public readonly ushort value; public static readonly Float16 One; }
        }
        """;

    public static PortableExecutableReference Reference { get; } = Build();

    private static PortableExecutableReference Build()
    {
        CSharpCompilation library = CSharpCompilation.Create(
            "StandIns",
            [CSharpSyntaxTree.ParseText(Source)],
            Net100.References.All,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using MemoryStream image = new();
        Assert.True(library.Emit(image).Success);
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
