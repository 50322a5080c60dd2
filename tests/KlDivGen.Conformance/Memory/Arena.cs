namespace KlDivGen.Conformance.Memory;

/// <summary>Which guard page an operand touches.</summary>
internal enum Edge
{
    /// <summary>The first element lies right after a guard page, or <c>offset</c> elements further on.</summary>
    Start,

    /// <summary>The last element lies right before a guard page, or <c>offset</c> elements earlier.</summary>
    End,
}

/// <summary>Where the operands of a call lie; the offsets, in elements, choose each one's alignment.</summary>
internal readonly record struct Placement(Edge Edge, int Input = 0, int Target = 0, int Destination = 0)
{
    public static Placement AtEnd => new(Edge.End);

    public static Placement AtStart => new(Edge.Start);
}

/// <summary>The memory of every operand of a call.</summary>
internal sealed class Arena(nint bytes = 1 << 20) : IDisposable
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
