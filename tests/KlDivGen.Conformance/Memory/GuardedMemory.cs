using System.Runtime.InteropServices;

namespace KlDivGen.Conformance.Memory;

/// <summary>
/// Memory between two guard pages, on which any access ends the process. Elsewhere than on Linux it is ordinary memory, and only the
/// known values around an operand are checked.
/// </summary>
internal sealed unsafe class GuardedMemory : IDisposable
{
    /// <summary>The number of bytes on either side of an operand that hold a known value.</summary>
    private const int Margin = 512;

    private const byte Mark = 0xA5;
    private const int ReadWrite = 1 | 2, PrivateAnonymous = 2 | 0x20;

    private readonly nint total;
    private readonly byte* mapping;
    private byte* operand;
    private nint operandBytes;

    public GuardedMemory(nint bytes)
    {
        nint page = Environment.SystemPageSize;
        this.Bytes = (bytes + page - 1) / page * page;
        this.total = this.Bytes + (2 * page);
        if (OperatingSystem.IsLinux())
        {
            nint address = Map(0, (nuint)this.total, ReadWrite, PrivateAnonymous, -1, 0);
            if (address == -1 || Protect(address, (nuint)page, 0) != 0 || Protect(address + this.total - page, (nuint)page, 0) != 0)
            {
                throw new InvalidOperationException("The system gives no guarded memory.");
            }

            this.mapping = (byte*)address;
        }
        else
        {
            this.mapping = (byte*)NativeMemory.AlignedAlloc((nuint)this.total, (nuint)page);
        }

        this.Start = this.mapping + page;
    }

    public nint Bytes { get; }

    private byte* Start { get; }

    /// <summary>Fills memory with the known value.</summary>
    public static void Fill(Span<byte> memory) => memory.Fill(Mark);

    /// <summary>Places an operand, and fills it and a margin on both sides with the known value.</summary>
    public byte* Place(nint bytes, nint size, Edge edge, int offset)
    {
        nint shift = offset * size;
        if (bytes + shift > this.Bytes)
        {
            throw new ArgumentOutOfRangeException(nameof(bytes), bytes, "The operand is larger than the memory.");
        }

        this.operand = edge == Edge.Start ? this.Start + shift : this.Start + this.Bytes - bytes - shift;
        this.operandBytes = bytes;
        Fill(this.Around());
        return this.operand;
    }

    /// <summary>Whether the margins on both sides of the operand still have the known value.</summary>
    public bool IsIntactAround()
    {
        var around = this.Around();
        fixed (byte* low = around)
        {
            int before = (int)(this.operand - low);
            return !around[..before].ContainsAnyExcept(Mark) && !around[(before + (int)this.operandBytes)..].ContainsAnyExcept(Mark);
        }
    }

    /// <summary>Whether the operand still holds the known value everywhere.</summary>
    public bool IsUntouched() => !new ReadOnlySpan<byte>(this.operand, (int)this.operandBytes).ContainsAnyExcept(Mark);

    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = Unmap((nint)this.mapping, (nuint)this.total);
        }
        else
        {
            NativeMemory.AlignedFree(this.mapping);
        }
    }

    /// <summary>The operand and its margins, cut off at the guard pages.</summary>
    private Span<byte> Around()
    {
        nint low = Math.Max((nint)this.Start, (nint)this.operand - Margin);
        nint high = Math.Min((nint)this.Start + this.Bytes, (nint)this.operand + this.operandBytes + Margin);
        return new((void*)low, (int)(high - low));
    }

    [DllImport("libc", EntryPoint = "mmap")]
    private static extern nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [DllImport("libc", EntryPoint = "mprotect")]
    private static extern int Protect(nint address, nuint length, int protection);

    [DllImport("libc", EntryPoint = "munmap")]
    private static extern int Unmap(nint address, nuint length);
}
