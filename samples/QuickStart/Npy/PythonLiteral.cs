using System.Globalization;

namespace QuickStart.Npy;

/// <summary>
/// Reads the one Python expression of a <c>.npy</c> header: a dictionary of strings, booleans, integers, <c>None</c>, tuples and
/// lists. Strings become <see cref="string"/>, integers <see cref="long"/>, tuples <c>object?[]</c>, lists
/// <c>List&lt;object?&gt;</c>; whatever else stands there is a <see cref="FormatException"/>.
/// </summary>
internal ref struct PythonLiteral
{
    // Headers nest three deep at most; a hostile one must not exhaust the stack.
    private const int MaximumDepth = 16;

    private readonly ReadOnlySpan<char> text;
    private int position;
    private int depth;

    private PythonLiteral(ReadOnlySpan<char> text) => this.text = text;

    /// <summary>Reads a dictionary that fills the text but for white space.</summary>
    public static Dictionary<string, object?> ParseDictionary(ReadOnlySpan<char> text)
    {
        PythonLiteral parser = new(text);
        Dictionary<string, object?> dictionary = parser.Dictionary();
        parser.SkipSpace();
        return parser.position == text.Length ? dictionary : throw new FormatException("text after the dictionary");
    }

    private Dictionary<string, object?> Dictionary()
    {
        Dictionary<string, object?> dictionary = [];
        this.Expect('{');
        while (!this.TryTake('}'))
        {
            if (this.Value() is not string key)
                throw new FormatException("a key that is not a string");
            this.Expect(':');
            if (!dictionary.TryAdd(key, this.Value()))
                throw new FormatException($"'{key}' twice");
            if (!this.TryTake(','))
            {
                this.Expect('}');
                break;
            }
        }

        return dictionary;
    }

    private object? Value()
    {
        if (++this.depth > MaximumDepth)
            throw new FormatException("too deep a nesting");
        object? value = this.Peek() switch
        {
            '\'' or '"' => this.String(),
            '(' => this.Tuple(),
            '[' => this.List(),
            '-' or (>= '0' and <= '9') => this.Integer(),
            _ => this.Word(),
        };
        this.depth--;
        return value;
    }

    private string String()
    {
        char quote = this.text[this.position++];
        int length = this.text[this.position..].IndexOf(quote);
        if (length < 0)
            throw new FormatException("a string without an end");
        string value = this.text.Slice(this.position, length).ToString();
        this.position += length + 1;

        // NumPy escapes nothing in the descriptions of numbers, and a wrongly read escape would be worse than none.
        return value.Contains('\\', StringComparison.Ordinal) ? throw new FormatException("an escape in a string") : value;
    }

    // As in Python it is the comma that makes the tuple: (5) is an integer, (5,) is a tuple, and () is one too.
    private object? Tuple()
    {
        this.Expect('(');
        List<object?> values = this.Items(')', out bool comma);
        return values.Count == 1 && !comma ? values[0] : values.ToArray();
    }

    private List<object?> List()
    {
        this.Expect('[');
        return this.Items(']', out _);
    }

    private List<object?> Items(char end, out bool comma)
    {
        List<object?> values = [];
        comma = false;
        while (!this.TryTake(end))
        {
            values.Add(this.Value());
            comma = this.TryTake(',');
            if (!comma)
            {
                this.Expect(end);
                break;
            }
        }

        return values;
    }

    private long Integer()
    {
        int start = this.position++;
        while (this.position < this.text.Length && char.IsAsciiDigit(this.text[this.position]))
            this.position++;
        ReadOnlySpan<char> digits = this.text[start..this.position];
        if (!long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value))
            throw new FormatException($"'{digits}', which is not an integer of 64 bits");

        // Python 2 wrote long integers with an L, and NumPy still reads them.
        if (this.position < this.text.Length && this.text[this.position] == 'L')
            this.position++;
        return value;
    }

    private object? Word()
    {
        int start = this.position;
        while (this.position < this.text.Length && char.IsAsciiLetter(this.text[this.position]))
            this.position++;
        return this.text[start..this.position] switch
        {
            "True" => true,
            "False" => false,
            "None" => null,
            _ => throw new FormatException("something that is no string, integer, tuple, list, True, False or None"),
        };
    }

    private void Expect(char wanted)
    {
        if (!this.TryTake(wanted))
            throw new FormatException($"no '{wanted}' where one is needed");
    }

    private bool TryTake(char wanted)
    {
        if (this.Peek() != wanted)
            return false;
        this.position++;
        return true;
    }

    // The next character that is not white space, or NUL at the end.
    private char Peek()
    {
        this.SkipSpace();
        return this.position < this.text.Length ? this.text[this.position] : '\0';
    }

    private void SkipSpace()
    {
        while (this.position < this.text.Length && this.text[this.position] is ' ' or '\n' or '\r' or '\t')
            this.position++;
    }
}
