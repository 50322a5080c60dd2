using KlDivGen.Generator.Planning;

namespace KlDivGen.Generator.Emission;

/// <summary>Spells how a kernel adds its losses up: one class for each <see cref="SumStyle"/>.</summary>
internal abstract class SumWriter(SourceWriter writer, KernelPlan plan)
{
    /// <summary>The variable whose lanes the alarms look at: the sum of a block.</summary>
    public const string Check = "block";

    /// <summary>How many passes of a loop add to the same accumulators: few, for the sake of the sum's exactness.</summary>
    protected const int ChunkPasses = 8;

    protected SourceWriter Writer { get; } = writer;

    protected KernelPlan Plan { get; } = plan;

    protected string Vector { get; } = Spelling.Vector(plan.Compute);

    public static SumWriter For(SourceWriter writer, KernelPlan plan) => plan.Sum switch
    {
        SumStyle.Registers => new RegisterSumWriter(writer, plan),
        SumStyle.Lanes => new LaneSumWriter(writer, plan),
        _ => new NoSumWriter(writer, plan),
    };

    /// <summary>What a kernel returns: its sum, where it does not add to one that it is given.</summary>
    public virtual string Result => "void";

    /// <summary>The runtime's type of the sum that a kernel is given to add to, or <see langword="null"/> where it is given none.</summary>
    public virtual string? Passed => null;

    /// <summary>What a careful method returns.</summary>
    public virtual string CarefulResult => "void";

    /// <summary>What makes a number to return of what a careful method returns.</summary>
    public virtual string CarefulTotal => string.Empty;

    /// <summary>Whether a careful method is given the sum.</summary>
    public virtual bool CarefulTakesSum => false;

    /// <summary>The number of elements that a group of unrolled vectors, or of lanes, holds: an expression of type nuint.</summary>
    public virtual string Group => $"(nuint)({Spelling.Times(this.Plan.Unroll, this.Vector + ".Count")})";

    /// <summary>The number of elements of a block, after which the alarms are asked.</summary>
    public virtual string Block => $"({Spelling.Number(8 * ChunkPasses * this.Plan.Unroll)} * lanes)";

    /// <summary>Returns what a call returns; where that is nothing, the call is all.</summary>
    public void WriteResult(string call) => this.Writer.Line(this.Result == "void" ? call + ";" : $"return {call};");

    /// <summary>Declares what the blocks are added to.</summary>
    public virtual void Begin()
    {
    }

    /// <summary>Ends the method that <see cref="Begin"/> began: a call does what is left over.</summary>
    public virtual void End(string call)
    {
        this.Writer.Open("if (whole < length)");
        this.Writer.Line(call + ";");
        this.Writer.Close();
    }

    /// <summary>Declares what a block is added to.</summary>
    public virtual void BeginBlock()
    {
    }

    /// <summary>
    /// Writes the loop from i to end around a body. It ends by a break: what a plain condition makes of it, compilers turn into a loop
    /// that tests at its end, and then keep every constant in a register through it (README.md beside this file).
    /// </summary>
    public virtual void WriteLoop(int copies, bool alarmed, SmallSum? small, Action body) => this.WriteLoop("end", body);

    /// <summary>Writes a body that is passed once, and is a block of its own.</summary>
    public virtual void WriteOnce(int copies, SmallSum? small, Action body) => body();

    /// <summary>Returns what such a block comes to.</summary>
    public virtual void ReturnBlock() => this.Writer.Line("return;");

    protected void WriteLoop(string end, Action body)
    {
        this.Writer.Open("while (true)");
        this.Writer.Open($"if (i >= {end})");
        this.Writer.Line("break;");
        this.Writer.Close();
        this.Writer.Line();
        body();
        this.Writer.Close();
    }

    /// <summary>Adds one product.</summary>
    public abstract void Add(int copy, string a, string b, bool once);

    /// <summary>Adds one product to the small part of the sum.</summary>
    public virtual void AddSmall(int copy, string a, string b, bool once) => throw new InvalidOperationException("The plan has no such part.");

    /// <summary>Adds a block to the sum.</summary>
    public virtual void Accept()
    {
    }

    /// <summary>Forgets a block.</summary>
    public virtual void Reject()
    {
    }

    /// <summary>Calls a careful method for a block, and adds that.</summary>
    public virtual void CallCarefully(string call) => this.Writer.Line(call + ";");

    /// <summary>Ends a careful method.</summary>
    public virtual void Return()
    {
    }

    /// <summary>The condition that no lane of the block's sum is ±∞ or NaN.</summary>
    public virtual string IsFinite => $"{Spelling.Runtime}.BlockGuards.IsFinite({Check})";

    /// <summary>Nothing is added.</summary>
    private sealed class NoSumWriter(SourceWriter writer, KernelPlan plan) : SumWriter(writer, plan)
    {
        public override void Add(int copy, string a, string b, bool once) => throw new InvalidOperationException("The plan has no sum.");
    }

    /// <summary>One accumulator per unrolled copy, in registers; short chunks of them are added to a wider sum.</summary>
    private sealed class RegisterSumWriter(SourceWriter writer, KernelPlan plan) : SumWriter(writer, plan)
    {
        private readonly string type = $"{Spelling.Runtime}.{(plan.Compute == Lane.Single ? "SingleAccumulator" : "CompensatedDoubleAccumulator")}";

        public override string Result => "double";

        public override string CarefulResult => this.type;

        public override string CarefulTotal => ".Total";

        public override void Begin() => this.Writer.Line($"{this.type} sum = default;");

        public override void End(string call)
        {
            this.Writer.Line("double total = sum.Total;");
            this.Writer.Line($"return whole < length ? total + {call} : total;");
        }

        public override void BeginBlock() => this.Writer.Line($"{this.type} part = default;");

        public override void WriteLoop(int copies, bool alarmed, SmallSum? small, Action body)
        {
            this.Writer.Open("while (i < end)");
            this.Writer.Line($"nuint stop = nuint.Min(i + ({Spelling.Number(ChunkPasses * copies)} * lanes), end);");
            for (int copy = 0; copy < copies; copy++)
            {
                this.Writer.Line($"{this.Vector} sum{Spelling.Number(copy)} = {this.Vector}.Zero;");
            }

            if (small is not null)
            {
                this.Writer.Comment(small.Comment);
                this.Writer.Line($"{this.Vector} small = {this.Vector}.Zero;");
            }

            this.WriteLoop("stop", body);
            this.Writer.Line();
            this.Writer.Line($"{this.Vector} chunk = {Chunk(copies, small)};");
            this.Writer.Line("part.Add(chunk);");
            this.Writer.Close();
            if (alarmed)
            {
                this.Writer.Line();
                this.Writer.Line($"{this.Vector} {Check} = part.ToVector();");
            }
        }

        public override void WriteOnce(int copies, SmallSum? small, Action body)
        {
            body();
            this.Writer.Line($"{this.Vector} {Check} = {Chunk(copies, small)};");
        }

        public override void ReturnBlock() => this.Writer.Line($"return {this.type}.Reduce({Check});");

        public override void Add(int copy, string a, string b, bool once)
        {
            string sum = "sum" + Spelling.Number(copy);
            string before = once ? $"{this.Vector}.Zero" : sum;
            this.Writer.Line($"{(once ? this.Vector + " " : string.Empty)}{sum} = Vector.MultiplyAddEstimate({a}, {b}, {before});");
        }

        public override void AddSmall(int copy, string a, string b, bool once) => this.Writer.Line(
            once && copy == 0 ? $"{this.Vector} small = {a} * {b};" : $"small = Vector.MultiplyAddEstimate({a}, {b}, small);");

        public override void Accept() => this.Writer.Line("sum.Add(part);");

        public override void CallCarefully(string call) => this.Writer.Line($"sum.Add({call});");

        public override void Return() => this.Writer.Line("return part;");

        private static string Chunk(int copies, SmallSum? small) =>
            small is null ? SumOf(0, copies) : $"Vector.MultiplyAddEstimate(small, {small.Weight}, {SumOf(0, copies)})";

        private static string SumOf(int first, int count) => count switch
        {
            1 => "sum" + Spelling.Number(first),
            2 => $"sum{Spelling.Number(first)} + sum{Spelling.Number(first + 1)}",
            _ => $"({SumOf(first, count / 2)}) + ({SumOf(first + (count / 2), count - (count / 2))})",
        };
    }

    /// <summary>A fixed number of lanes in memory, whatever the width of a vector, added to wider lanes at the end of each block.</summary>
    private sealed class LaneSumWriter(SourceWriter writer, KernelPlan plan) : SumWriter(writer, plan)
    {
        public override string Passed => $"{Spelling.Runtime}.{(this.Plan.Compute == Lane.Single ? "ReproducibleSingleAccumulator" : "ReproducibleDoubleAccumulator")}";

        public override bool CarefulTakesSum => true;

        public override string Group => Spelling.Number(this.Plan.SumLanes);

        public override string Block => Spelling.Number(ChunkPasses * this.Plan.SumLanes);

        public override string IsFinite => "sum.IsFinite";

        public override void Add(int copy, string a, string b, bool once)
        {
            string index = copy == 0 ? "i" : $"({Spelling.VectorsOn("i", copy)})";
            string lane = $"ref sum.GetReference(), {index} % {Spelling.Number(this.Plan.SumLanes)}";
            this.Writer.Line($"(Vector.LoadUnsafe({lane}) + ({a} * {b})).StoreUnsafe({lane});");
        }

        public override void Accept() => this.Writer.Line("sum.EndBlock();");

        public override void Reject() => this.Writer.Line("sum.DiscardBlock();");

        public override void CallCarefully(string call)
        {
            this.Writer.Line(call + ";");
            this.Accept();
        }
    }
}

/// <summary>A small part of a sum, as text.</summary>
/// <param name="Weight">What it is multiplied by before it is added to the rest.</param>
/// <param name="Comment">What it is.</param>
internal sealed record SmallSum(string Weight, string Comment);
