namespace KlDivGen.Samples.Npy;

/// <summary>Rules for rows of logits: the last dimension is a row.</summary>
internal static class LogitRows
{
    /// <summary>The element types of logits.</summary>
    public static IReadOnlyList<NpyElementType> ElementTypes { get; } = [NpyElementType.Half, NpyElementType.Single, NpyElementType.Double];

    /// <summary>Requires that the logits of two files have the same shape, with at least one row.</summary>
    /// <exception cref="InvalidInputException">The shapes differ, or there are no rows.</exception>
    public static void RequireSameShape(string firstPath, IReadOnlyList<long> first, string secondPath, IReadOnlyList<long> second)
    {
        string shape = NpyHeader.FormatShape(first);
        if (!first.SequenceEqual(second))
        {
            throw new InvalidInputException(
                $"the shapes differ: {firstPath} is {shape}, {secondPath} is {NpyHeader.FormatShape(second)}");
        }

        if (first.Count == 0 || first.Contains(0))
        {
            throw new InvalidInputException($"{firstPath} has no rows of logits: its shape is {shape}");
        }

        if (first[^1] > Array.MaxLength)
        {
            throw new InvalidInputException($"{firstPath} has rows of {first[^1]} logits; at most {Array.MaxLength} are supported");
        }
    }
}
