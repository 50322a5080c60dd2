using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>Spells the methods of a pass, and their lines in the map of the kernel's methods.</summary>
internal sealed class PassWriter
{
    /// <summary>The fewest iterations over 512-bit vectors that make up for the elements that are left after them (MEASUREMENTS.md).</summary>
    private const int MinWideIterations = 4;

    private readonly SourceWriter writer;
    private readonly KernelPlan plan;
    private readonly Pass pass;
    private readonly VectorApi api;
    private readonly LoopWriter loops;
    private readonly Accumulator wideAccumulator;
    private readonly LoopWriter wideLoops;
    private readonly TailWriter tail;

    public PassWriter(SourceWriter writer, KernelPlan plan, Pass pass, VectorApi api, ConstantTable constants)
    {
        this.writer = writer;
        this.plan = plan;
        this.pass = pass;
        this.api = api;
        this.Accumulator = Accumulator.For(writer, plan, pass, api);
        this.wideAccumulator = Accumulator.For(writer, plan, pass, VectorApi.Wide);
        this.Methods = new KernelMethods(pass, this.Accumulator, this.wideAccumulator);
        BodyWriter bodies = new(writer, plan, api, constants);
        this.loops = new LoopWriter(writer, plan, pass, api, constants, bodies, this.Accumulator, this.Methods);
        BodyWriter wideBodies = new(writer, plan, VectorApi.Wide, constants);
        this.wideLoops = new LoopWriter(
            writer, plan, pass, VectorApi.Wide, constants, wideBodies, this.wideAccumulator, this.Methods);
        this.tail = new TailWriter(writer, plan, pass, api, constants, bodies, this.loops, this.Accumulator, this.Methods);
    }

    public Pass Pass => this.pass;

    public KernelMethods Methods { get; }

    public Accumulator Accumulator { get; }

    /// <summary>The methods, each with what it does.</summary>
    public IEnumerable<(string Name, string Text)> Map
    {
        get
        {
            bool isGuarded = this.pass.SlowPath is not null;
            bool overlaps = this.Accumulator.AllowsOverlap;
            yield return (this.Methods.Run.Name, $"chooses by length: {this.Methods.RunBlocks.Name}, "
                + (overlaps ? $"{this.Methods.RunTail.Name} from one vector on, else {this.Methods.RunShort.Name}." : $"or {this.Methods.RunShort.Name}."));
            yield return (this.Methods.RunBlocks.Name, $"{(isGuarded ? "fast path" : "main loop")}, {CSharp.Number(this.pass.Unroll)} vectors an iteration."
                + (isGuarded ? " At the end of each block, guards are checked." : string.Empty));
            if (isGuarded)
            {
                yield return (this.Methods.RunBlocksSlow.Name, "slow path for a block that has special values, such as zeros, subnormals, ∞ or NaN.");
            }

            if (this.pass.HasWideLoop)
            {
                yield return (
                    isGuarded ? $"{this.Methods.RunBlocks.Name}[Slow]512" : this.Methods.RunBlocks512.Name,
                    "the same over 512-bit vectors, where they are wider than Vector<T>"
                        + (this.pass.WideFastPath is null ? "." : ", the fast path with a table of powers of two."));
            }

            yield return (this.Methods.RunTail.Name, overlaps
                ? "the last elements: vectors that end with the data, with masks for processed elements."
                : "the elements of a padded stack buffer, with masks for the padding.");
            if (isGuarded)
            {
                yield return (this.Methods.RunTailSlow.Name, "slow path for the same elements.");
            }

            yield return (this.Methods.RunShort.Name,
                $"fewer elements than {(overlaps ? "a vector" : "lanes")}: copies them to padded stack buffers for {this.Methods.RunTail.Name}.");
        }
    }

    /// <summary>From how many elements on blocks of 512-bit vectors pay off, with the narrower vectors that take the rest: four iterations.</summary>
    private string MinWideLength =>
        CSharp.Number(MinWideIterations * 64 / this.plan.ComputeType.Size() * this.wideAccumulator.Unroll);

    public void Write()
    {
        this.WriteRun();
        this.writer.Line();
        this.loops.WriteRunBlocks(this.tail.CallFromBlocks());
        this.loops.WriteRunBlocksSlow();
        this.writer.Line();
        if (this.pass.HasWideLoop)
        {
            this.wideLoops.WriteRunBlocks(this.tail.CallFromBlocks(), this.NarrowBlocksAfterWide());
            this.wideLoops.WriteRunBlocksSlow();
            this.writer.Line();
        }

        this.tail.WriteRunTail();
        this.tail.WriteRunTailSlow();
        this.writer.Line();
        this.tail.WriteRunShort();
    }

    /// <summary>After the last block of 512-bit vectors, there may be enough elements for blocks of narrower vectors.</summary>
    private (string Condition, string Call)? NarrowBlocksAfterWide() => this.Accumulator.AllowsOverlap
        ? ($"length - blocksEnd >= {CSharp.Multiple(this.Accumulator.Unroll, $"(nuint){this.api.Count(this.plan.ComputeType)}")}",
            this.Methods.RunBlocks.Call("blocksEnd", "length"))
        : null;

    private void WriteRun()
    {
        this.writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        using (this.writer.Block($"public static {this.Methods.Run.Declaration}"))
        {
            this.writer.Line($"nuint width = (nuint){this.api.Count(this.plan.ComputeType)};");
            if (this.pass.HasWideLoop)
            {
                this.WriteChoice(
                    $"if ({VectorApi.PrefersWide(this.plan.ComputeType)} && length >= {this.MinWideLength})",
                    this.Methods.RunBlocks512.Call("0", "length"));
            }

            string orElse = this.pass.HasWideLoop ? "else " : string.Empty;
            this.WriteChoice($"{orElse}if (length >= {this.Accumulator.UnrolledWidth})", this.Methods.RunBlocks.Call("0", "length"));
            int step = this.plan.VectorsPerNarrowVector;
            if (this.Accumulator.AllowsOverlap && step < this.pass.Unroll)
            {
                this.WriteChoice(
                    $"else if (length >= {CSharp.Multiple(step, "width")})", this.Methods.RunTail.Call("0", "length"));
            }

            this.WriteChoice("else", this.Methods.RunShort.Call("length"));
        }
    }

    private void WriteChoice(string condition, string call)
    {
        string statement = $"{condition} {{ {this.Accumulator.Return(call)} }}";
        if (this.writer.Fits(statement))
        {
            this.writer.Line(statement);
            return;
        }

        using (this.writer.Block(condition))
        {
            this.writer.Line(this.Accumulator.Return(call));
        }
    }
}
