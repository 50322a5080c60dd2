using System.Text;

namespace KlDivGen.Generator.Emission;

/// <summary>Writes indented text of at most <see cref="MaxColumns"/> columns. The only place that makes a newline.</summary>
internal sealed class SourceWriter
{
    public const int MaxColumns = 120;

    private const string Indentation = "    ";
    private const string And = " && ";
    private static readonly string[] Operators = [" = ", " |= ", " | ", " + ", " * "];
    private static readonly string[] Arguments = [", ", "(", "<"];
    private readonly StringBuilder text = new();
    private int depth;

    public override string ToString() => this.text.ToString();

    public void Line() => this.text.Append('\n');

    /// <summary>Writes a line, broken before arguments of its first call where it is too long.</summary>
    public void Line(string line)
    {
        if (!this.Fits(line) && line.Contains(And))
        {
            this.AppendConditions(line);
            return;
        }

        if (this.Fits(line) || !TrySplitCall(line, out string head, out List<string> arguments, out string tail))
        {
            this.AppendOperators(line);
            return;
        }

        this.AppendOperators(head);
        this.depth++;
        string filled = string.Empty;
        for (int k = 0; k < arguments.Count; k++)
        {
            string argument = arguments[k] + (k == arguments.Count - 1 ? tail : ",");
            string longer = filled.Length == 0 ? argument : $"{filled} {argument}";
            if (filled.Length > 0 && !this.Fits(longer))
            {
                this.Line(filled);
                longer = argument;
            }

            filled = longer;
        }

        this.Line(filled);
        this.depth--;
    }

    /// <summary>Declares variables of one type: in one statement where it fits in a line.</summary>
    public void Declare(string type, IEnumerable<string> declarations)
    {
        string statement = $"{type} {string.Join(", ", declarations)};";
        if (this.Fits(statement))
        {
            this.Line(statement);
            return;
        }

        foreach (string declaration in declarations)
        {
            this.Line($"{type} {declaration};");
        }
    }

    /// <summary>Writes a comment, broken into lines where it is long.</summary>
    public void Comment(string comment, string prefix = "// ")
    {
        foreach (string line in Wrap(comment, MaxColumns - (Indentation.Length * this.depth) - prefix.Length))
        {
            this.Append(prefix + line);
        }
    }

    /// <summary>Writes a line and an opening brace. Disposing the result closes the brace.</summary>
    public Scope Block(string head)
    {
        this.Line(head);
        this.Append("{");
        this.depth++;
        return new Scope(this);
    }

    /// <summary>Writes the opening brace of an object initializer. Disposing the result closes it, and the statement.</summary>
    public Scope Initializer()
    {
        this.Append("{");
        this.depth++;
        return new Scope(this, "};");
    }

    /// <summary>Whether a line does not need to be broken.</summary>
    public bool Fits(string line) => (Indentation.Length * this.depth) + line.Length <= MaxColumns;

    private void Append(string line)
    {
        for (int i = 0; i < this.depth; i++)
        {
            this.text.Append(Indentation);
        }

        this.text.Append(line).Append('\n');
    }

    /// <summary>Writes a long condition, each of its parts on a line.</summary>
    private void AppendConditions(string line)
    {
        string[] parts = line.Split([And], StringSplitOptions.None);
        this.Append(parts[0]);
        this.depth++;
        foreach (string part in parts.Skip(1))
        {
            this.Append("&& " + part);
        }

        this.depth--;
    }

    /// <summary>Writes a line, broken after an operator where it is too long, or before an argument or a type argument.</summary>
    private void AppendOperators(string line)
    {
        int end = this.Fits(line) ? -1 : this.EndOfLast(Operators, line) is >= 0 and int last ? last : this.EndOfLast(Arguments, line);
        if (end < 0)
        {
            this.Append(line);
            return;
        }

        this.Append(line.Substring(0, end).TrimEnd());
        this.depth++;
        this.AppendOperators(line.Substring(end));
        this.depth--;
    }

    /// <summary>Where the last of some separators ends within the columns of a line, or −1.</summary>
    private int EndOfLast(string[] separators, string line)
    {
        int limit = MaxColumns - (Indentation.Length * this.depth);
        return separators.Max(separator =>
            line.LastIndexOf(separator, limit - separator.Length, StringComparison.Ordinal) is >= 0 and int at ? at + separator.Length : -1);
    }

    /// <summary>Splits a line at the arguments of its first call that has more than one.</summary>
    private static bool TrySplitCall(string line, out string head, out List<string> arguments, out string tail)
    {
        for (int open = line.IndexOf('('); open >= 0; open = line.IndexOf('(', open + 1))
        {
            arguments = new List<string>();
            int level = 0;
            int start = open + 1;
            for (int k = open; k < line.Length; k++)
            {
                level += line[k] switch { '(' or '[' => 1, ')' or ']' => -1, _ => 0 };
                bool ends = level == 0;
                if (ends || (level == 1 && line[k] == ','))
                {
                    arguments.Add(line.Substring(start, k - start).Trim());
                    start = k + 1;
                }

                if (ends)
                {
                    break;
                }
            }

            if (level == 0 && arguments.Count > 1)
            {
                head = line.Substring(0, open + 1);
                tail = ")" + line.Substring(start);
                return true;
            }
        }

        (head, arguments, tail) = (line, new List<string>(), string.Empty);
        return false;
    }

    private static IEnumerable<string> Wrap(string text, int width)
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

    /// <summary>An open brace.</summary>
    internal readonly struct Scope(SourceWriter writer, string closing = "}") : IDisposable
    {
        public void Dispose()
        {
            writer.depth--;
            writer.Append(closing);
        }
    }
}
