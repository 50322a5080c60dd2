namespace KlDivGen.Conformance.Memory;

/// <summary>The guard page that an operand touches.</summary>
internal enum Edge
{
    /// <summary>The operand begins right after a guard page, or <c>offset</c> elements later.</summary>
    Start,

    /// <summary>The operand ends right before a guard page, or <c>offset</c> elements earlier.</summary>
    End,
}

/// <summary>Where the operands of a call lie. The offsets, in elements, determine the alignment of each.</summary>
internal readonly record struct OperandPlacement(Edge Edge, int Input = 0, int Target = 0, int Destination = 0)
{
    public static OperandPlacement AtEnd => new(Edge.End);

    public static OperandPlacement AtStart => new(Edge.Start);
}

/// <summary>The guarded memory of every operand of a call.</summary>
internal sealed class OperandMemory(nint bytes = 1 << 22) : IDisposable
{
    public GuardedMemory Input { get; } = new(bytes);

    public GuardedMemory Target { get; } = new(bytes);

    public GuardedMemory Output { get; } = new(bytes);

    public GuardedMemory GradOutput { get; } = new(bytes);

    public GuardedMemory GradInput { get; } = new(bytes);

    public GuardedMemory GradTarget { get; } = new(bytes);

    public void Dispose()
    {
        this.Input.Dispose();
        this.Target.Dispose();
        this.Output.Dispose();
        this.GradOutput.Dispose();
        this.GradInput.Dispose();
        this.GradTarget.Dispose();
    }
}
