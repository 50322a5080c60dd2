using System.Globalization;

namespace KlDivGen.Samples.Npy;

/// <summary>
/// Parses the Python literal in a <c>.npy</c> header: a dictionary of strings, booleans, integers, <c>None</c>, tuples and lists.
/// Strings are returned as <see cref="string"/>, integers as <see cref="long"/>, tuples as <c>object?[]</c>, and lists as
/// <c>List&lt;object?&gt;</c>. Any other syntax throws <see cref="FormatException"/>.
/// </summary>
internal ref struct PythonLiteralParser
{
    // Valid headers nest at most three levels. The limit keeps a malicious file from exhausting the stack.
    private const int MaximumDepth = 16;

    private readonly ReadOnlySpan<char> text;
    private int position;
    private int depth;

    private PythonLiteralParser(ReadOnlySpan<char> text) => this.text = text;

    /// <summary>Parses text that is one dictionary, with optional white space around it.</summary>
    public static Dictionary<string, object?> ParseDictionary(ReadOnlySpan<char> text)
    {
        PythonLiteralParser parser = new(text);
        Dictionary<string, object?> dictionary = parser.ParseDictionary();
        parser.SkipWhiteSpace();
        return parser.position == text.Length ? dictionary : throw new FormatException("there is text after the dictionary");
    }

    private Dictionary<string, object?> ParseDictionary()
    {
        Dictionary<string, object?> dictionary = [];
        this.Expect('{');
        while (!this.TryTake('}'))
        {
            if (this.ParseValue() is not string key)
            {
                throw new FormatException("a key is not a string");
            }

            this.Expect(':');
            if (!dictionary.TryAdd(key, this.ParseValue()))
            {
                throw new FormatException($"'{key}' occurs twice");
            }

            if (!this.TryTake(','))
            {
                this.Expect('}');
                break;
            }
        }

        return dictionary;
    }

    private object? ParseValue()
    {
        if (++this.depth > MaximumDepth)
        {
            throw new FormatException("it nests too deeply");
        }

        object? value = this.Peek() switch
        {
            '\'' or '"' => this.ParseString(),
            '(' => this.ParseTuple(),
            '[' => this.ParseList(),
            '-' or (>= '0' and <= '9') => this.ParseInteger(),
            _ => this.ParseKeyword(),
        };
        this.depth--;
        return value;
    }

    private string ParseString()
    {
        char quote = this.text[this.position++];
        int length = this.text[this.position..].IndexOf(quote);
        if (length < 0)
        {
            throw new FormatException("a string is not closed");
        }

        string value = this.text.Slice(this.position, length).ToString();
        this.position += length + 1;

        // NumPy writes no escapes in the 'descr' of a number type, so escapes are not decoded.
        return value.Contains('\\', StringComparison.Ordinal) ? throw new FormatException("a string has an escape") : value;
    }

    // In Python the comma makes the tuple: (5) is an integer, (5,) and () are tuples.
    private object? ParseTuple()
    {
        this.Expect('(');
        List<object?> values = this.ParseItems(')', out bool comma);
        return values.Count == 1 && !comma ? values[0] : values.ToArray();
    }

    private List<object?> ParseList()
    {
        this.Expect('[');
        return this.ParseItems(']', out _);
    }

    private List<object?> ParseItems(char end, out bool comma)
    {
        List<object?> values = [];
        comma = false;
        while (!this.TryTake(end))
        {
            values.Add(this.ParseValue());
            comma = this.TryTake(',');
            if (!comma)
            {
                this.Expect(end);
                break;
            }
        }

        return values;
    }

    private long ParseInteger()
    {
        int start = this.position++;
        while (this.position < this.text.Length && char.IsAsciiDigit(this.text[this.position]))
        {
            this.position++;
        }

        ReadOnlySpan<char> digits = this.text[start..this.position];
        if (!long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value))
        {
            throw new FormatException($"'{digits}' is not a 64-bit integer");
        }

        // Python 2 wrote long integers with the suffix L, which NumPy still accepts.
        if (this.position < this.text.Length && this.text[this.position] == 'L')
        {
            this.position++;
        }

        return value;
    }

    private object? ParseKeyword()
    {
        int start = this.position;
        while (this.position < this.text.Length && char.IsAsciiLetter(this.text[this.position]))
        {
            this.position++;
        }

        return this.text[start..this.position] switch
        {
            "True" => true,
            "False" => false,
            "None" => null,
            _ => throw new FormatException("a value is not a string, an integer, a tuple, a list, True, False or None"),
        };
    }

    private void Expect(char expected)
    {
        if (!this.TryTake(expected))
        {
            throw new FormatException($"'{expected}' is missing");
        }
    }

    private bool TryTake(char expected)
    {
        if (this.Peek() != expected)
        {
            return false;
        }

        this.position++;
        return true;
    }

    // Returns the next character that is not white space, or NUL at the end of the text.
    private char Peek()
    {
        this.SkipWhiteSpace();
        return this.position < this.text.Length ? this.text[this.position] : '\0';
    }

    private void SkipWhiteSpace()
    {
        while (this.position < this.text.Length && this.text[this.position] is ' ' or '\n' or '\r' or '\t')
        {
            this.position++;
        }
    }
}
