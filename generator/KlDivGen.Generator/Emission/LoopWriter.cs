using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// Spells the main loop of a pass: blocks → strips → unrolled body. A block takes the fast path; where its guards do not hold at its end,
/// the slow path computes it again. Each loop is a method of its own: RyuJIT would keep the constants of two loops in registers
/// through both.
/// </summary>
internal sealed class LoopWriter(
    SourceWriter writer,
    KernelPlan plan,
    Pass pass,
    VectorApi api,
    ConstantTable constants,
    BodyWriter bodies,
    Accumulator accumulator,
    KernelMethods methods)
{
    /// <summary>
    /// The number of blocks to stay on the slow path before retrying the fast path; quadrupled on each failure up to the maximum.
    /// </summary>
    private const int SlowPathBlocks = 32, MaxSlowPathBlocks = 256;

    /// <summary>The variable that says whether the loop prefetches: a processor whose own prefetchers suffice is slower with it.</summary>
    private const string Prefetches = "prefetches";

    private KernelBody FastPath => (api == VectorApi.Wide ? pass.WideFastPath : null) ?? pass.FastPath;

    private KernelMethod RunBlocks => api == VectorApi.Wide ? methods.RunBlocks512 : methods.RunBlocks;

    private KernelMethod RunBlocksSlow => api == VectorApi.Wide ? methods.RunBlocksSlow512 : methods.RunBlocksSlow;

    /// <summary>Writes the method that loops over blocks.</summary>
    /// <param name="tailCall">The call that takes the elements from <c>blocksEnd</c> on.</param>
    /// <param name="blocks">The condition that they are too many for the tail, and the call that takes them then.</param>
    public void WriteRunBlocks(string tailCall, (string Condition, string Call)? blocks = null)
    {
        // With a profile, the JIT would inline a loop without blocks into its caller, where it has too few registers left.
        string noInlining = accumulator.NeedsBlocks ? string.Empty : " | MethodImplOptions.NoInlining";
        writer.Line($"[MethodImpl(MethodImplOptions.AggressiveOptimization{noInlining})]");
        using (writer.Block($"private static {this.RunBlocks.Declaration}"))
        {
            this.WritePrefetches();
            this.WriteWidth();
            writer.Line($"nuint blocksEnd = length - ((length - i) % ({accumulator.UnrolledWidth}));");
            accumulator.DeclareTotal();
            if (pass.SlowPath is not null)
            {
                writer.Comment("The blocks to stay on the slow path, where one that failed is likely to be followed by others like it.");
                string initial = pass.CanForceSlowPath ? "forceSlowPath ? int.MaxValue : 0" : "0";
                writer.Line($"int slowPathBlocks = {initial}, backOff = {CSharp.Number(SlowPathBlocks)};");
            }

            if (!accumulator.NeedsBlocks)
            {
                this.WriteBlock(this.FastPath, accumulator.Unroll);
                accumulator.FinishBlocks(tailCall, blocks);
                return;
            }

            using (writer.Block("while (i < blocksEnd)"))
            {
                string start = pass.SlowPath is null ? string.Empty : "start = i, ";
                writer.Line($"nuint {start}end = nuint.Min(i + ({accumulator.BlockLength}), blocksEnd);");
                if (pass.SlowPath is null)
                {
                    this.WriteBlock(this.FastPath, accumulator.Unroll);
                    accumulator.CommitBlock();
                }
                else
                {
                    this.WriteGuardedBlock();
                }
            }

            writer.Line();
            accumulator.FinishBlocks(tailCall, blocks);
        }
    }

    /// <summary>
    /// Writes the method that takes one block on the slow path, if the pass has one: vector by vector, because nothing is gained by copies
    /// of so long a body.
    /// </summary>
    public void WriteRunBlocksSlow()
    {
        if (pass.SlowPath is not { } slowPath)
        {
            return;
        }

        writer.Line();
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]");
        using (writer.Block($"private static {this.RunBlocksSlow.Declaration}"))
        {
            this.WritePrefetches();
            this.WriteWidth();
            this.WriteBlock(slowPath, plan.VectorsPerNarrowVector);
            accumulator.ReturnBlock();
        }
    }

    /// <summary>
    /// Declares whether the loop prefetches. The first question may be a call that initializes a static field: before vectors are made, which the
    /// JIT would spill around it and load again in every iteration.
    /// </summary>
    private void WritePrefetches() => writer.Line($"bool {Prefetches} = Prefetch.IsUseful;");

    /// <summary>
    /// Declares the number of lanes, and vectors of the arguments: if they were made in the loop, the JIT would make them again at every
    /// use.
    /// </summary>
    public void WriteWidth()
    {
        writer.Line($"nuint width = (nuint){api.Count(plan.ComputeType)};");
        foreach (Argument argument in pass.Arguments)
        {
            string vector = pass.ArgumentsVary ? api.Repeat(argument.Name) : api.Broadcast(argument.Type, argument.Name);
            writer.Line($"{api.Type(argument.Type)} {BodyWriter.ArgumentVector(argument.Name)} = {vector};");
        }
    }

    /// <summary>The number of vectors of an operand that an iteration takes, as an argument: at 512 bits, each is a cache line.</summary>
    private string PrefetchedVectors(Operand operand, int copies) => api == VectorApi.Wide
        ? ", " + CSharp.Number(ElementAccess.Copies(plan, operand.Stored, copies))
        : string.Empty;

    private void WriteGuardedBlock()
    {
        using (writer.Block("if (slowPathBlocks == 0)"))
        {
            this.WriteBlock(this.FastPath, accumulator.Unroll);
            using (writer.Block($"if ({bodies.FastPathIsValid(this.FastPath, accumulator, isTail: false)})"))
            {
                accumulator.CommitBlock();
                writer.Line($"backOff = {CSharp.Number(SlowPathBlocks)};");
                writer.Line("continue;");
            }

            writer.Line();
            accumulator.DiscardBlock();
            writer.Line("slowPathBlocks = backOff;");
            writer.Line($"backOff = int.Min(4 * backOff, {CSharp.Number(MaxSlowPathBlocks)});");
        }

        writer.Line();
        writer.Line("slowPathBlocks--;");
        accumulator.CommitSlowBlock(this.RunBlocksSlow.Call("start", "end"));
        writer.Line("i = end;");
    }

    /// <summary>The elements from i to end by one body.</summary>
    /// <param name="body">The body.</param>
    /// <param name="copies">How many vectors an iteration takes: as many as there are accumulators, or fewer, in turns.</param>
    private void WriteBlock(KernelBody body, int copies)
    {
        // Sixteen registers are too few to keep a vector for the next iteration.
        DelayedStores? delayed = api == VectorApi.Wide && body.Stores.Count > 0 && !accumulator.NeedsBlocks
            ? new DelayedStores(plan, api, body, copies)
            : null;
        ElementAccess access = delayed ?? new ElementAccess(plan, api);
        delayed?.Declare(writer);
        accumulator.DeclareBlock();
        foreach (GuardWriter guard in bodies.AccumulatedGuards(body))
        {
            guard.Declare();
        }

        accumulator.WriteLoops(body, constants, hasGuards: body.Guards.Count > 0, () =>
        {
            using (writer.Block($"if ({Prefetches})"))
            {
                foreach (Operand operand in pass.Operands)
                {
                    writer.Line($"Prefetch.Ahead{api.Suffix}(ref {operand.Name}, i{this.PrefetchedVectors(operand, copies)});");
                }
            }

            writer.Line();
            bodies.Write(body, copies, access, accumulator, isStraightLine: false);
            if (copies < accumulator.Unroll)
            {
                accumulator.RotateAccumulators(copies);
            }

            writer.Line($"i += {CSharp.Multiple(copies, "width")};");
        });
        delayed?.Finish(writer);
    }
}
