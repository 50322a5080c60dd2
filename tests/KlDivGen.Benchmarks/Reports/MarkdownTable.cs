using System.Text;

namespace KlDivGen.Benchmarks.Reports;

/// <summary>A Markdown table that is also readable as text. The first columns contain text; the others contain numbers, aligned right.</summary>
internal sealed class MarkdownTable(int textColumns, params string[] header)
{
    private readonly List<string[]> rows = [];

    /// <summary>Whether the table has no rows.</summary>
    public bool IsEmpty => this.rows.Count == 0;

    /// <summary>Adds a row.</summary>
    public void Add(params string[] cells) => this.rows.Add(cells);

    /// <inheritdoc/>
    public override string ToString()
    {
        int[] widths = [.. header.Select((h, i) => this.rows.Select(r => r[i].Length).Append(Math.Max(h.Length, 3)).Max())];
        StringBuilder text = new();
        this.Append(text, header, widths);
        this.Append(text, [.. widths.Select((w, i) => new string('-', w - 1) + (i < textColumns ? '-' : ':'))], widths);
        foreach (string[] row in this.rows)
        {
            this.Append(text, row, widths);
        }

        return text.ToString();
    }

    private void Append(StringBuilder text, string[] cells, int[] widths)
    {
        IEnumerable<string> padded = cells.Select((cell, i) => i < textColumns ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]));
        text.Append("| ").AppendJoin(" | ", padded).Append(" |\n");
    }
}
