namespace KlDivGen.Generator.Parsing;

/// <summary>Finds what a misspelt word was meant to be.</summary>
internal static class Nearest
{
    /// <summary>
    /// The candidate with the least edit distance (Levenshtein, ignoring case) from a word; the first of equals.
    /// </summary>
    public static string Of(string word, IReadOnlyList<string> candidates)
    {
        string nearest = candidates[0];
        int least = int.MaxValue;
        foreach (string candidate in candidates)
        {
            int distance = Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (distance < least)
            {
                (nearest, least) = (candidate, distance);
            }
        }

        return nearest;
    }

    private static int Distance(string a, string b)
    {
        // One row of the usual table: distances[j] is the distance between a's first i characters and b's first j.
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
