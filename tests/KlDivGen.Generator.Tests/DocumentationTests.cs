using KlDivGen.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace KlDivGen.Generator.Tests;

/// <summary>The parser knows whether the user has documented a method, however the project is parsed.</summary>
public sealed class DocumentationTests
{
    private const string Method = "public static partial float Loss(ReadOnlySpan<float> x, ReadOnlySpan<float> y);";

    [Theory]
    [InlineData("/// <summary>A loss.</summary>\n[KLDivLoss]", true)]
    [InlineData("///\n[KLDivLoss]", true)]
    [InlineData("/// <inheritdoc/>\n[Obsolete]\n[KLDivLoss]", true)]
    [InlineData("/** <summary>A loss.</summary> */ [KLDivLoss]", true)]
    [InlineData("/// <summary>A loss.</summary>\n// A remark.\n\n#region Losses\n#endregion\n[KLDivLoss]", true)]
    [InlineData("[KLDivLoss]", false)]
    [InlineData("// A loss.\n[KLDivLoss]", false)]
    [InlineData("//// A loss.\n[KLDivLoss]", false)]
    [InlineData("/* A loss. */ /**/ [KLDivLoss]", false)]
    [InlineData("/*** A loss. ***/\n[KLDivLoss]", false)]
    public void A_documentation_comment_is_seen_in_every_mode(string before, bool expected)
    {
        foreach (DocumentationMode mode in Enum.GetValues<DocumentationMode>())
        {
            Assert.Equal(expected, Parse($"static partial class C\n{{\n{before} {Method}\n}}", mode).HasDocumentation);
        }
    }

    [Fact]
    public void A_comment_of_another_member_does_not_count() => Assert.False(Parse(
        $$"""
        /// <summary>Losses.</summary>
        static partial class C
        {
            /// <summary>A field.</summary>
            static int field;

            [KLDivLoss] {{Method}}
        }
        """,
        DocumentationMode.Diagnose).HasDocumentation);

    private static MethodSpec Parse(string source, DocumentationMode mode)
    {
        CSharpParseOptions options = Roslyn.ParseOptions().WithDocumentationMode(mode);
        CSharpCompilation compilation = Roslyn.Compile();
        compilation = compilation.ReplaceSyntaxTree(
            compilation.SyntaxTrees[0], compilation.SyntaxTrees[0].WithRootAndOptions(compilation.SyntaxTrees[0].GetRoot(), options));
        return Assert.Single(Roslyn.Specs(compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, options, "Source.cs"))));
    }
}
