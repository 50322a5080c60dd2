namespace KlDivGen.Generator.Usage;

/// <summary>Splits names into words: <c>KLDivergenceOfBatch</c> is "kl", "divergence", "of", "batch".</summary>
internal static class NameWords
{
    /// <summary>The words of a name in lower case, in order.</summary>
    public static IReadOnlyList<string> Split(string name)
    {
        List<string> words = [];
        int start = 0;
        for (int i = 1; i <= name.Length; i++)
        {
            if (i == name.Length || StartsWord(name, i))
            {
                string word = name.Substring(start, i - start).Trim('_').ToLowerInvariant();
                if (word.Length > 0)
                {
                    words.Add(word);
                }

                start = i;
            }
        }

        return words;
    }

    /// <summary>Whether a word begins: after a character that is no letter, and at the last capital before small letters.</summary>
    private static bool StartsWord(string name, int index)
    {
        char before = name[index - 1];
        char here = name[index];
        return char.IsLetter(here) != char.IsLetter(before)
            || (char.IsUpper(here) && (!char.IsUpper(before) || (index + 1 < name.Length && char.IsLower(name[index + 1]))));
    }
}
