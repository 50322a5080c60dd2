using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>Spells the class of a kernel: a map of its methods, its constants, and the methods.</summary>
internal sealed class KernelWriter
{
    private readonly SourceWriter writer;
    private readonly KernelPlan plan;
    private readonly Pass pass;
    private readonly ConstantTable constants;
    private readonly Accumulator accumulator;
    private readonly LoopWriter loops;
    private readonly TailWriter tail;

    public KernelWriter(SourceWriter writer, KernelPlan plan)
    {
        this.writer = writer;
        this.plan = plan;
        this.pass = plan.Passes[0];
        this.constants = new ConstantTable(plan);
        VectorApi api = VectorApi.Scalable;
        this.accumulator = Accumulator.For(writer, plan, api);
        this.Methods = new KernelMethods(plan, this.accumulator);
        BodyWriter bodies = new(writer, plan, api, this.constants);
        this.loops = new LoopWriter(writer, plan, this.pass, api, this.constants, bodies, this.accumulator, this.Methods);
        this.tail = new TailWriter(
            writer, plan, this.pass, api, this.constants, bodies, this.loops, this.accumulator, this.Methods);
    }

    public KernelMethods Methods { get; }

    public Accumulator Accumulator => this.accumulator;

    public void Write(string name, string summary)
    {
        this.writer.Comment(summary, "/// ");
        this.writer.Line($"[GeneratedCode(\"KlDivGen\", \"{KernelFile.Version}\"), ExcludeFromCodeCoverage]");
        using (this.writer.Block($"file static class {name}"))
        {
            this.WriteMap();
            this.writer.Line();
            this.constants.Write(this.writer);
            this.writer.Line();
            this.WriteRun();
            this.writer.Line();
            this.loops.WriteRunBlocks(this.tail.CallFromBlocks());
            this.loops.WriteRunBlocksSlow();
            this.writer.Line();
            this.tail.WriteRunTail();
            this.tail.WriteRunTailSlow();
            this.writer.Line();
            this.tail.WriteRunShort();
        }
    }

    private void WriteMap()
    {
        bool isGuarded = this.pass.SlowPath is not null;
        bool overlaps = this.accumulator.AllowsOverlap;
        int unroll = this.pass.Unroll;
        List<(string Name, string Text)> map =
        [
            (this.Methods.Run.Name, "chooses by length: RunBlocks, " + (overlaps ? "RunTail from one vector on, else RunShort." : "or RunShort.")),
            (this.Methods.RunBlocks.Name, $"{(isGuarded ? "fast path" : "main loop")}, {CSharp.Number(unroll)} vectors an iteration."
                + (isGuarded ? " At the end of each block, guards are checked." : string.Empty)),
        ];
        if (isGuarded)
        {
            map.Add((this.Methods.RunBlocksSlow.Name, "slow path for a block that has special values, such as zeros, subnormals, ∞ or NaN."));
        }

        map.Add((this.Methods.RunTail.Name, overlaps
            ? "the last elements: vectors that end with the data, with masks for what is done already."
            : "the elements of a padded stack buffer, with masks for the padding."));
        if (isGuarded)
        {
            map.Add((this.Methods.RunTailSlow.Name, "slow path for the same elements."));
        }

        map.Add((this.Methods.RunShort.Name, $"fewer elements than {(overlaps ? "a vector" : "lanes")}: copies them to padded stack buffers for RunTail."));
        int width = map.Max(method => method.Name.Length);
        foreach ((string name, string text) in map)
        {
            this.writer.Comment($"{name.PadRight(width)}  {text}");
        }
    }

    private void WriteRun()
    {
        this.writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        using (this.writer.Block($"public static {this.Methods.Run.Declaration}"))
        {
            this.writer.Line($"nuint width = (nuint){VectorApi.Scalable.Count(this.plan.ComputeType)};");
            this.WriteChoice($"if (length >= {this.accumulator.UnrolledWidth})", this.Methods.RunBlocks.Call("length"));
            int step = this.plan.VectorsPerNarrowVector;
            if (this.accumulator.AllowsOverlap && step < this.pass.Unroll)
            {
                this.WriteChoice(
                    $"else if (length >= {CSharp.Multiple(step, "width")})", this.Methods.RunTail.Call("0", "length"));
            }

            this.WriteChoice("else", this.Methods.RunShort.Call("length"));
        }
    }

    private void WriteChoice(string condition, string call)
    {
        string statement = $"{condition} {{ {this.accumulator.Return(call)} }}";
        if (this.writer.Fits(statement))
        {
            this.writer.Line(statement);
            return;
        }

        using (this.writer.Block(condition))
        {
            this.writer.Line(this.accumulator.Return(call));
        }
    }
}
