using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// Writes the methods for fewer elements than an iteration of the main loop takes: masked vectors that end where the data ends,
/// and, for data shorter than a vector, copies in padded stack buffers.
/// </summary>
internal sealed class TailWriter(
    SourceWriter writer,
    KernelPlan plan,
    Pass pass,
    VectorApi api,
    ConstantTable constants,
    BodyWriter bodies,
    LoopWriter loops,
    Accumulator accumulator,
    KernelMethods methods)
{
    /// <summary>The number of elements that a padded stack buffer holds: the fewest that vectors of all operands can load.</summary>
    public string BufferLength => accumulator.AllowsOverlap
        ? CSharp.Multiple(plan.VectorsPerNarrowVector, api.Count(plan.ComputeType))
        : CSharp.Number(plan.ReproducibleLaneCount);

    /// <summary>The call that takes the elements from <c>blocksEnd</c> to <c>length</c>.</summary>
    public string CallFromBlocks() => accumulator.AllowsOverlap
        ? methods.RunTail.Call("blocksEnd", "length")
        : methods.RunShort.CallOn(operand => $"ref Unsafe.Add(ref {operand.Name}, blocksEnd)", name => name, "length - blocksEnd");

    public void WriteRunTail()
    {
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (writer.Block($"private static {methods.RunTail.Declaration}"))
        {
            loops.WriteWidth();
            if (pass.SlowPath is null)
            {
                this.WriteFastPath(isGuarded: false);
                return;
            }

            if (!accumulator.AllowsOverlap)
            {
                writer.Line("nuint start = i;");
            }

            if (pass.CanForceSlowPath)
            {
                using (writer.Block("if (!forceSlowPath)"))
                {
                    this.WriteFastPath(isGuarded: true);
                }
            }
            else
            {
                this.WriteFastPath(isGuarded: true);
            }

            writer.Line(accumulator.Return(
                methods.RunTailSlow.Call(accumulator.AllowsOverlap ? "i" : "start", "length")));
        }
    }

    /// <summary>Takes one group of vectors after the other, and adds in the same order as the fast path, for the same bits.</summary>
    public void WriteRunTailSlow()
    {
        if (pass.SlowPath is not { } slowPath)
        {
            return;
        }

        writer.Line();
        writer.Line("[MethodImpl(MethodImplOptions.NoInlining)]");
        using (writer.Block($"private static {methods.RunTailSlow.Declaration}"))
        {
            loops.WriteWidth();
            this.WriteGroups(slowPath);
            accumulator.FinishTail();
        }
    }

    /// <summary>Fewer elements than vectors hold: copied to padded stack buffers, at whose end (a reproducible sum: beginning) they lie.</summary>
    public void WriteRunShort()
    {
        writer.Line("[MethodImpl(MethodImplOptions.NoInlining)]");
        using (writer.Block($"private static {methods.RunShort.Declaration}"))
        {
            bool atEnd = accumulator.AllowsOverlap;
            writer.Line($"int bufferLength = {this.BufferLength}{(atEnd ? ", start = bufferLength - (int)length" : string.Empty)};");
            foreach (Operand operand in pass.Operands)
            {
                string type = CSharp.Keyword(operand.Stored);
                writer.Line($"Span<{type}> {Buffer(operand)} = stackalloc {type}[bufferLength];");
                if (pass.FastPath.Sources.Contains(operand.Role))
                {
                    writer.Line($"PaddedBuffer.{(atEnd ? "ZeroPadAndCopy" : "CopyAndZeroPad")}({Buffer(operand)}, ref {operand.Name}, length);");
                }
            }

            string call = methods.RunTail.CallOn(
                operand => $"ref MemoryMarshal.GetReference({Buffer(operand)})", name => name, atEnd ? ["(nuint)start", "(nuint)bufferLength"] : ["0", "length"]);
            bool returnsLater = accumulator.ReturnType != "void" && pass.Destinations.Any();
            writer.Line(returnsLater ? $"{accumulator.ReturnType} result = {call};" : accumulator.Return(call));
            foreach (Operand destination in pass.Destinations)
            {
                string live = atEnd ? "start.." : "..(int)length";
                writer.Line($"{Buffer(destination)}[{live}].CopyTo(MemoryMarshal.CreateSpan(ref {destination.Name}, (int)length));");
            }

            if (returnsLater)
            {
                writer.Line("return result;");
            }
        }
    }

    private static string Buffer(Operand operand) => operand.Name + "Buffer";

    private void WriteFastPath(bool isGuarded)
    {
        foreach (GuardWriter guard in bodies.AccumulatedGuards(pass.FastPath))
        {
            guard.Declare();
        }

        if (accumulator.AllowsOverlap)
        {
            this.WriteStraightLine();
        }
        else
        {
            this.WriteGroups(pass.FastPath);
        }

        if (!isGuarded)
        {
            accumulator.FinishTail();
            return;
        }

        using (writer.Block($"if ({bodies.FastPathIsValid(pass.FastPath, accumulator, isTail: true)})"))
        {
            accumulator.FinishTail();
            if (accumulator.ReturnType == "void")
            {
                writer.Line("return;");
            }
        }

        writer.Line();
        accumulator.DiscardBlock();
    }

    /// <summary>All vectors of an unrolled iteration at once.</summary>
    private void WriteStraightLine()
    {
        MaskedAccess access = new(plan, pass, api, pass.Unroll, accumulator.AllowsOverlap);
        access.Declare(writer);
        bodies.Write(pass.FastPath, pass.Unroll, access, accumulator, isStraightLine: true);
        accumulator.CombineTail(pass.FastPath, constants, pass.Unroll);
    }

    /// <summary>The fewest vectors that hold whole vectors of all operands, in a loop.</summary>
    private void WriteGroups(KernelBody body)
    {
        int step = plan.VectorsPerNarrowVector;
        accumulator.DeclareTail(body, step);
        using (writer.Block($"for (; i < length; i += {CSharp.Multiple(step, "width")})"))
        {
            MaskedAccess access = new(plan, pass, api, step, accumulator.AllowsOverlap);
            access.Declare(writer);
            bodies.Write(body, step, access, accumulator, isStraightLine: false);
        }

        accumulator.CombineTail(body, constants, step);
    }
}
