namespace KlDivGen.Tests.Runtime;

/// <summary>
/// The positions of a tensor in memory: element (i₀, i₁, …) is at Start + Σ iₖ·Strideₖ. Independent of the code under test.
/// </summary>
internal sealed record Layout(nint[] Lengths, nint[] Strides, int Start, int MemoryLength)
{
    public int Count => (int)this.Lengths.Aggregate((nint)1, (product, length) => product * length);

    /// <summary>Computes the position of each element, in row-major order.</summary>
    public int[] Positions()
    {
        int[] positions = new int[this.Count];
        for (int i = 0; i < positions.Length; i++)
        {
            nint remainder = i;
            nint position = this.Start;
            for (int k = this.Lengths.Length - 1; k >= 0; k--)
            {
                position += remainder % this.Lengths[k] * this.Strides[k];
                remainder /= this.Lengths[k];
            }

            positions[i] = (int)position;
        }

        return positions;
    }
}

/// <summary>Creates random layouts like those that slicing, transposing and broadcasting produce.</summary>
internal static class Layouts
{
    public static nint[] CreateShape(Random random, int rank, int maxCount)
    {
        nint[] lengths = new nint[rank];
        int count = 1;
        for (int k = 0; k < rank; k++)
        {
            int length = random.Next(20) switch
            {
                0 => 0,
                < 5 => 1,
                < 7 => random.Next(1, 3000),
                _ => random.Next(1, 12),
            };
            lengths[k] = count * length > maxCount ? 1 : length;
            count = (int)(count * Math.Max(lengths[k], 1));
        }

        random.Shuffle(lengths);
        return lengths;
    }

    /// <summary>Creates a layout of a shape: the dimensions in any order in memory, possibly with gaps, possibly broadcast.</summary>
    public static Layout Create(Random random, nint[] lengths, bool broadcast)
    {
        int rank = lengths.Length;
        int[] order = Enumerable.Range(0, rank).Reverse().ToArray();
        if (random.Next(2) == 0)
        {
            random.Shuffle(order);
        }

        bool gaps = random.Next(2) == 0;
        nint[] strides = new nint[rank];
        nint next = 1;
        nint last = 0;
        foreach (int k in order)
        {
            if (lengths[k] <= 1 || (broadcast && random.Next(4) == 0))
            {
                continue;
            }

            next *= gaps && random.Next(3) == 0 ? 2 : 1;
            strides[k] = next;
            last += next * (lengths[k] - 1);
            next = (next * lengths[k]) + (gaps && random.Next(3) == 0 ? random.Next(1, 4) : 0);
        }

        int start = random.Next(3);
        return new Layout(lengths, strides, start, start + (int)last + 1 + random.Next(3));
    }
}
