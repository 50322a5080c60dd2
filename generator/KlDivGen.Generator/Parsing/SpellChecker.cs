namespace KlDivGen.Generator.Parsing;

/// <summary>Suggests a valid word for a misspelled one.</summary>
internal static class SpellChecker
{
    /// <summary>
    /// The candidate with the smallest edit distance (Levenshtein, case-insensitive) from a word. Among equals, the first.
    /// </summary>
    public static string Suggest(string word, IReadOnlyList<string> candidates)
    {
        string suggestion = candidates[0];
        int smallest = int.MaxValue;
        foreach (string candidate in candidates)
        {
            int distance = EditDistance(word.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (distance < smallest)
            {
                (suggestion, smallest) = (candidate, distance);
            }
        }

        return suggestion;
    }

    private static int EditDistance(string a, string b)
    {
        // One row of the Levenshtein table: distances[j] is the distance between the first i characters of a and the first j of b.
        int[] distances = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            distances[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = distances[0];
            distances[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = distances[j];
                distances[j] = Math.Min(substituted, Math.Min(distances[j], distances[j - 1]) + 1);
            }
        }

        return distances[b.Length];
    }
}
