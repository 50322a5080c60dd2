using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// Spells how a pass combines its reductions: declares variables, adds contributions, combines them at the end of a block, finishes.
/// This class is for a pass without reductions; there is a subclass for each <see cref="Accumulation"/>.
/// </summary>
internal class Accumulator(SourceWriter writer, KernelPlan plan, Pass pass, VectorApi api)
{
    /// <summary>The variable with the lanes of a block's sum, which guards look at.</summary>
    public const string BlockSum = "blockSum";

    /// <summary>How many iterations add to the same accumulators: few, to keep rounding errors small.</summary>
    public const int StripIterations = 8;

    /// <summary>How many strips make a block, at whose end the guards are tested.</summary>
    private const int BlockStrips = 8;

    protected SourceWriter Writer { get; } = writer;

    protected KernelPlan Plan { get; } = plan;

    protected Pass Pass { get; } = pass;

    protected VectorApi Api { get; } = api;

    /// <summary>How many vectors one iteration of the main loop takes.</summary>
    public int Unroll { get; } = api == VectorApi.Wide ? pass.WideUnroll : pass.Unroll;

    public static Accumulator For(SourceWriter writer, KernelPlan plan, Pass pass, VectorApi api) => (pass.HasReductions, pass.Accumulation) switch
    {
        (true, Accumulation.Fast) when pass.Axis == Axis.Row => new RowAccumulator(writer, plan, pass, api),
        (false, _) => new Accumulator(writer, plan, pass, api),
        (true, Accumulation.Fast) => new FastAccumulator(writer, plan, pass, api),
        _ => new ReproducibleAccumulator(writer, plan, pass, api),
    };

    /// <summary>The return type of the methods that take any number of elements.</summary>
    public virtual string ReturnType => "void";

    /// <summary>The return type of a method that takes one block on the slow path.</summary>
    public virtual string BlockType => "void";

    /// <summary>The accumulators that are passed along by reference.</summary>
    public virtual IReadOnlyList<SumParameter> Sums => [];

    /// <summary>The type of the sum that the user's method keeps over several calls, or <see langword="null"/>.</summary>
    public virtual string? TotalType => null;

    /// <summary>Whether the order of summation allows the tail to be taken by vectors that overlap.</summary>
    public virtual bool AllowsOverlap => true;

    /// <summary>The number of elements of an unrolled iteration, or of all lanes of a reproducible sum.</summary>
    public virtual string UnrolledWidth => CSharp.Multiple(this.Unroll, "width");

    /// <summary>Whether the main loop takes blocks, for guards or for the order of additions.</summary>
    public virtual bool NeedsBlocks => this.Pass.SlowPath is not null;

    /// <summary>The variable with the end of a block, or of the main loop.</summary>
    public string End => this.NeedsBlocks ? "end" : "blocksEnd";

    /// <summary>The number of elements of a block.</summary>
    public virtual string BlockLength => CSharp.Multiple(StripIterations * BlockStrips * this.Unroll, "width");

    /// <summary>The condition that every lane of the block's sum is finite.</summary>
    public virtual string IsFinite => throw new InvalidOperationException("The pass has no sum.");

    /// <summary>The statement that returns the result of a call.</summary>
    public string Return(string call) => this.ReturnType == "void" ? call + ";" : $"return {call};";

    /// <summary>Declares the sum of all blocks.</summary>
    public virtual void DeclareTotal()
    {
    }

    /// <summary>Declares the sum of one block.</summary>
    public virtual void DeclareBlock()
    {
    }

    /// <summary>Writes the loops from i to end around an iteration.</summary>
    public virtual void WriteLoops(KernelBody body, ConstantTable constants, bool hasGuards, Action iteration) =>
        this.WriteLoop(this.End, iteration);

    /// <summary>Declares the variables that the contributions of a tail in a loop are added to.</summary>
    public virtual void DeclareTail(KernelBody body, int copies)
    {
    }

    /// <summary>Adds the contribution of one vector to a reduction.</summary>
    /// <param name="body">The body that the reduction belongs to.</param>
    /// <param name="reduction">The reduction.</param>
    /// <param name="copy">The vector's number in the unrolled iteration.</param>
    /// <param name="a">The value, or the first factor.</param>
    /// <param name="b">The second factor, or <see langword="null"/>.</param>
    /// <param name="mask">The mask of the lanes that count in a tail, or <see langword="null"/> in the main loop.</param>
    /// <param name="isStraightLine">Whether no loop is around the statement, so that it may declare the variable.</param>
    public virtual void Add(KernelBody body, PassReduction reduction, int copy, string a, string? b, string? mask, bool isStraightLine) =>
        throw new InvalidOperationException("The pass has no reductions.");

    /// <summary>Ends an iteration that takes fewer vectors than there are accumulators: the next one begins with the next accumulator.</summary>
    public virtual void RotateAccumulators(int copies)
    {
    }

    /// <summary>Combines the contributions of a tail into the block's sum.</summary>
    public virtual void CombineTail(KernelBody body, ConstantTable constants, int copies)
    {
    }

    /// <summary>Adds the block's sum to the total.</summary>
    public virtual void CommitBlock()
    {
    }

    /// <summary>Forgets the block's sum.</summary>
    public virtual void DiscardBlock()
    {
    }

    /// <summary>Calls the slow path for a block and adds its sum to the total.</summary>
    public virtual void CommitSlowBlock(string call) => this.Writer.Line(call + ";");

    /// <summary>Returns from the slow path of a block.</summary>
    public virtual void ReturnBlock()
    {
    }

    /// <summary>Adds the sum of a tail to the total or returns it.</summary>
    public virtual void FinishTail()
    {
    }

    /// <summary>Takes the elements after the last block, and returns.</summary>
    /// <param name="tailCall">The call that takes them if they are the tail.</param>
    /// <param name="blocks">
    /// The condition that they are too many for the tail, and the call that takes them then; <see langword="null"/> where they never are.
    /// </param>
    public virtual void FinishBlocks(string tailCall, (string Condition, string Call)? blocks)
    {
        if (blocks is { } narrower)
        {
            using (this.Writer.Block($"if ({narrower.Condition})"))
            {
                this.Writer.Line(narrower.Call + ";");
            }
        }

        using (this.Writer.Block((blocks is null ? string.Empty : "else ") + "if (blocksEnd < length)"))
        {
            this.Writer.Line(tailCall + ";");
        }
    }

    protected void WriteLoop(string end, Action iteration)
    {
        this.Writer.Comment("Not a for loop: RyuJIT would hoist every constant and spill.");
        using (this.Writer.Block("while (true)"))
        {
            this.Writer.Line($"if (i >= {end}) {{ break; }}");
            iteration();
        }
    }

    /// <summary>
    /// The factors, or the value, that a vector contributes to a reduction: the identity where the mask is not set. For a sum, a first
    /// factor of 0 is enough, and off the longest chain: where all operands load as 0, the second factor is finite, which a test proves
    /// for every plan. A masked load needs no second mask. Factors of a row depend on its statistics, and may be NaN there.
    /// </summary>
    protected (string A, string? B) Contribution(KernelBody body, PassReduction reduction, string a, string? b, string? mask)
    {
        if (mask is null)
        {
            return (a, b);
        }

        double identity = reduction.Op.Identity;
        ScalarType type = reduction.A.Type;
        if (b is null)
        {
            return (this.Api.MaskWith(identity, type, mask, a), null);
        }

        bool isMasked = body[reduction.A].OpCode == OpCode.Load;
        return identity == 0 && this.Pass.Axis == Axis.Elements
            ? (isMasked ? a : this.Api.MaskWith(0, type, mask, a), b)
            : (this.Api.MaskWith(identity, type, mask, $"{a} * {b}"), null);
    }
}
