using KlDivGen.Generator.Planning;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// Spells what a kernel does with less than a group of unrolled vectors: vectors that overlap, the same with care, and data shorter
/// than a vector.
/// </summary>
internal sealed class RestWriter(
    SourceWriter writer, KernelPlan plan, OverlapWriter overlap, BodyWriter body, SumWriter sum, KernelSignature signature)
{
    private readonly string vector = Spelling.Vector(plan.Compute);

    /// <summary>Whether less than a group is taken in vectors that overlap: not where the lane of a sum depends on the index.</summary>
    private bool Overlaps => plan.Sum != SumStyle.Lanes;

    /// <summary>The least number of elements that whole vectors can be loaded of.</summary>
    private string Step => Spelling.Times(plan.Step, this.vector + ".Count");

    /// <summary>Writes the methods.</summary>
    public void Write()
    {
        if (this.Overlaps)
        {
            this.WriteRunRest();
            writer.Line();
            this.WriteRunRestCarefully();
        }

        this.WriteRunShort();
    }

    /// <summary>The call that takes the elements from <c>whole</c> on.</summary>
    public string Call() => this.Overlaps
        ? $"RunRest({signature.References(false)}whole, length{signature.Rest(false)})"
        : $"RunShort({signature.ReferencesFrom("whole")}length - whole{signature.Rest(false)})";

    /// <summary>The branches that lead to less than a group of elements, from the first on.</summary>
    public void WriteEntry()
    {
        if (this.Overlaps && plan.Step < plan.Unroll)
        {
            writer.Open($"else if (length >= (nuint){this.Step})");
            sum.WriteResult($"RunRest({signature.References(false)}0, length{signature.Rest(false)})");
            writer.Close();
        }

        writer.Open("else");
        sum.WriteResult($"RunShort({signature.References(false)}length{signature.Rest(false)})");
        writer.Close();
    }

    private void WriteRunRest()
    {
        writer.Comment("The elements from i on, less than a group. The last vectors overlap those before and take only what is new to them.");
        writer.OpenMethod("MethodImplOptions.AggressiveOptimization", $"private static {sum.Result} RunRest({this.Parameters(signature.Rest(true))})");
        body.WriteLanes();
        if (plan.Careful is null)
        {
            this.WriteRestBlock();
            sum.ReturnBlock();
        }
        else
        {
            if (plan.MayStartCarefully)
            {
                writer.Open("if (!carefully)");
            }

            this.WriteRestBlock();
            writer.Open($"if ({body.Trusted("IsValid")})");
            sum.ReturnBlock();
            writer.Close();
            if (plan.MayStartCarefully)
            {
                writer.Close();
            }

            writer.Line();
            sum.WriteResult($"RunRestCarefully({signature.References(false)}i, length{signature.CarefulRest(false)})");
        }

        writer.CloseMethod();
    }

    private void WriteRestBlock()
    {
        body.WriteGathered(plan.Fast);
        overlap.Write();
        sum.WriteOnce(plan.Unroll, body.SmallSumOf(plan.Fast), () => body.Write(plan.Fast, masked: true));
        writer.Line();
    }

    private string Parameters(string rest) => $"{signature.References(true)}nuint i, nuint length{rest}";

    /// <summary>The same vectors, or a loss could depend on what else the method computes, and so on which way it takes.</summary>
    private void WriteRunRestCarefully()
    {
        if (plan.Careful is null)
        {
            return;
        }

        writer.Comment("The same vectors with care, copied side by side, with zeros, which add nothing, for what is not new.");
        writer.OpenMethod("MethodImplOptions.NoInlining", $"private static {sum.Result} RunRestCarefully({this.Parameters(signature.CarefulRest(true))})");
        writer.Line($"nuint lanes = (nuint){this.vector}.Count;");
        overlap.Write();
        this.WriteRooms(Spelling.Times(plan.Unroll, this.vector + ".Count"), overlap.WriteFill);
        this.WriteRun($"RunWholeCarefully({signature.Rooms()}0, (nuint)room{signature.CarefulRest(false)}){sum.CarefulTotal}", overlap.WriteTake);
        writer.CloseMethod();
        writer.Line();
    }

    private void WriteRunShort()
    {
        writer.Comment($"{(this.Overlaps ? "Less than fills a vector" : "Fewer elements than lanes")}, copied to where there is room, beside zeros, which add nothing.");
        writer.OpenMethod("MethodImplOptions.NoInlining", $"private static {sum.Result} RunShort({signature.References(true)}nuint length{signature.Rest(true)})");
        this.WriteRooms(this.Overlaps ? this.Step : Spelling.Number(plan.SumLanes), (operand, room) =>
            writer.Line($"{Spelling.Runtime}.PaddedBuffer.CopyAndZeroPad({room}, ref {Spelling.Operand(operand.Role)}, length);"));
        string start = this.Overlaps ? "0, " : string.Empty;
        this.WriteRun($"Run{(this.Overlaps ? "Rest" : "Whole")}({signature.Rooms()}{start}(nuint)room{signature.Rest(false)})", (operand, room) =>
        {
            string name = Spelling.Operand(operand.Role);
            writer.Line($"{room}.Slice(0, (int)length).CopyTo(MemoryMarshal.CreateSpan(ref {name}, (int)length));");
        });
        writer.CloseMethod();
    }

    /// <summary>Declares a room for each operand, and fills those of the sources.</summary>
    private void WriteRooms(string size, Action<Operand, string> fill)
    {
        writer.Line($"int room = {size};");
        foreach (Operand operand in plan.Operands)
        {
            string type = Spelling.Scalar(Storage.LaneOf(operand.Element));
            string room = Spelling.Operand(operand.Role) + "Room";
            writer.Line($"Span<{type}> {room} = stackalloc {type}[room];");
            if (!operand.IsDestination)
            {
                fill(operand, room);
            }
        }
    }

    /// <summary>Calls what works on the rooms, takes out of them what is written, and returns.</summary>
    private void WriteRun(string call, Action<Operand, string> take)
    {
        bool returnsLater = sum.Result != "void" && plan.Operands.Any(o => o.IsDestination);
        if (returnsLater)
        {
            writer.Line($"{sum.Result} result = {call};");
        }
        else
        {
            sum.WriteResult(call);
        }

        foreach (Operand operand in plan.Operands.Where(o => o.IsDestination))
        {
            take(operand, Spelling.Operand(operand.Role) + "Room");
        }

        if (returnsLater)
        {
            writer.Line("return result;");
        }
    }
}
