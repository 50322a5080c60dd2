using System.Text;

namespace KlDivGen.Generator.Emission;

/// <summary>Writes indented text. The only place that makes a newline.</summary>
internal sealed class SourceWriter
{
    private const string Indentation = "    ";
    private readonly StringBuilder text = new();
    private int depth;

    /// <summary>Writes a line, or each line of a text of several, at the present depth.</summary>
    public void Line(string lines = "")
    {
        foreach (string line in lines.Split('\n'))
        {
            if (line.Length > 0)
            {
                for (int i = 0; i < this.depth; i++)
                {
                    this.text.Append(Indentation);
                }
            }

            this.text.Append(line).Append('\n');
        }
    }

    /// <summary>Writes a comment, broken into lines where it is long.</summary>
    public void Comment(string comment)
    {
        foreach (string line in Wrap(comment, 120))
        {
            this.Line("// " + line);
        }
    }

    /// <summary>Opens a brace and goes one deeper.</summary>
    public void Open(string head)
    {
        this.Line(head);
        this.Line("{");
        this.depth++;
    }

    /// <summary>Goes back up and closes the brace.</summary>
    public void Close(string tail = "")
    {
        this.depth--;
        this.Line("}" + tail);
    }

    /// <summary>Opens a method of a kernel, whose arithmetic is not checked for overflow, whatever the project says.</summary>
    public void OpenMethod(string options, string head)
    {
        this.Line($"[MethodImpl({options})]");
        this.Open(head);
        this.Open("unchecked");
    }

    /// <summary>Closes it.</summary>
    public void CloseMethod()
    {
        this.Close();
        this.Close();
    }

    /// <summary>Goes one deeper without a brace, for a statement's further lines.</summary>
    public void Indent() => this.depth++;

    public void Unindent() => this.depth--;

    public override string ToString() => this.text.ToString();

    /// <summary>Breaks a text at spaces into lines of at most <paramref name="width"/> characters.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        StringBuilder line = new();
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : string.Empty).Append(word);
        }

        yield return line.ToString();
    }
}
