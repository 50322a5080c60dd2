using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace KlDivGen.Generator.Tests;

/// <summary>A source with the locations of expected diagnostics between <c>[|</c> and <c>|]</c>.</summary>
internal sealed record MarkedSource(string Text, IReadOnlyList<TextSpan> Marks)
{
    public static MarkedSource Parse(string marked)
    {
        StringBuilder text = new();
        List<TextSpan> marks = [];
        int start = -1;
        for (int i = 0; i < marked.Length; i++)
        {
            if (string.CompareOrdinal(marked, i, "[|", 0, 2) == 0)
            {
                start = text.Length;
                i++;
            }
            else if (start >= 0 && string.CompareOrdinal(marked, i, "|]", 0, 2) == 0)
            {
                marks.Add(TextSpan.FromBounds(start, text.Length));
                start = -1;
                i++;
            }
            else
            {
                text.Append(marked[i]);
            }
        }

        return new MarkedSource(text.ToString(), marks);
    }
}
