using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;

namespace KlDivGen.Generator.Tests;

/// <summary>A source with the locations of expected diagnostics between <c>[|</c> and <c>|]</c>.</summary>
internal sealed record Markup(string Text, ImmutableArray<TextSpan> Spans)
{
    public static Markup Parse(string marked)
    {
        TestFileMarkupParser.GetSpans(marked, out string text, out ImmutableArray<TextSpan> spans);
        return new Markup(text, spans);
    }
}
