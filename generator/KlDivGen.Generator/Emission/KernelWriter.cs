using KlDivGen.Generator.Model;
using KlDivGen.Generator.Planning;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// Spells the class of a kernel: its constants and the loops around its programs. The loops are the same for every plan: blocks of
/// unrolled vectors by the fast program, a block again by the careful one where an alarm asks for it, and the rest one step at a time.
/// </summary>
internal sealed class KernelWriter
{
    /// <summary>How many passes of the main loop make a block: as short as its end costs nothing, for the sake of the sum's exactness.</summary>
    private const int BlockPasses = 8;

    /// <summary>After how many careful blocks the fast program is tried again.</summary>
    private const int CarefulBlocks = 16;

    private readonly SourceWriter writer;
    private readonly KernelPlan plan;
    private readonly ConstantTable constants;
    private readonly ProgramWriter programs;
    private readonly string vector;
    private readonly string unrolled;
    private readonly string step;

    public KernelWriter(SourceWriter writer, KernelPlan plan)
    {
        this.writer = writer;
        this.plan = plan;
        this.constants = new ConstantTable(plan.Fast, plan.Careful);
        this.programs = new ProgramWriter(writer, plan, this.constants);
        this.vector = Spelling.Vector(plan.Compute);
        this.unrolled = $"({Spelling.Number(plan.Unroll)} * lanes)";
        this.step = plan.Step == 1 ? "lanes" : $"({Spelling.Number(plan.Step)} * lanes)";
    }

    private bool SumsInRegisters => this.plan.Sum == SumStyle.Registers;

    private bool SumsInLanes => this.plan.Sum == SumStyle.Lanes;

    public void Write(string name)
    {
        this.writer.Open($"file static class {name}");
        this.constants.Write(this.writer);
        this.writer.Line();
        this.WriteRun();
        if (this.plan.Careful is { } careful)
        {
            this.writer.Line();
            this.WriteRunCarefully(careful);
        }

        this.writer.Line();
        this.WriteRunShort();
        this.writer.Close();
    }

    /// <summary>The operands as parameters or as arguments, each with <c>ref</c>, and a comma after it.</summary>
    private string References(bool declare) => string.Concat(this.plan.Operands.Select(o =>
        $"ref {(declare ? Spelling.Scalar(Spelling.StoredLane(o.Element)) + " " : string.Empty)}{Spelling.Operand(o.Role)}, "));

    /// <summary>The scales of the gradients and the sum, as parameters or as arguments, each with a comma before it.</summary>
    private string Rest(bool declare, bool withInPlace, bool withSum)
    {
        IEnumerable<string> parts = this.plan.Scales.Select(scale => declare ? $"{Spelling.Scalar(this.plan.Compute)} {scale}" : scale);
        if (withInPlace && this.plan.MayStartCarefully)
        {
            parts = parts.Append(declare ? "bool carefully" : "carefully");
        }

        if (withSum && this.plan.Sum != SumStyle.None)
        {
            parts = parts.Append(declare ? $"ref {SumType(this.plan)} sum" : "ref sum");
        }

        return string.Concat(parts.Select(part => ", " + part));
    }

    /// <summary>The runtime's type that a kernel's sum is gathered in.</summary>
    public static string SumType(KernelPlan plan) =>
        $"{Spelling.Runtime}.{(plan.Compute == Lane.Single ? "Single" : "Double")}{(plan.Sum == SumStyle.Lanes ? "Lane" : string.Empty)}Sum";

    private void WriteRun()
    {
        this.writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        this.writer.Open($"public static void Run({this.References(true)}nuint length{this.Rest(true, withInPlace: true, withSum: true)})");
        this.writer.Open("unchecked");
        this.writer.Line("nuint lanes = (nuint)" + this.vector + ".Count;");
        if (!this.SumsInLanes)
        {
            this.writer.Open($"if (length < {this.step})");
            this.writer.Line($"RunShort({this.References(false)}length{this.Rest(false, withInPlace: true, withSum: true)});");
            this.writer.Line("return;");
            this.writer.Close();
            this.writer.Line();
        }

        if (this.plan.Careful is not null)
        {
            this.writer.Comment("How many blocks to go are computed with care from the start: after one that needed it, the next may well.");
            this.writer.Line($"int careful = {(this.plan.MayStartCarefully ? "carefully ? int.MaxValue : 0" : "0")};");
        }

        string whole = this.SumsInLanes ? Spelling.Number(this.plan.SumLanes) : this.unrolled;
        this.writer.Line("nuint i = 0;");
        this.writer.Line($"nuint whole = length - (length % {whole});");
        this.writer.Open("while (i < whole)");
        string block = this.SumsInLanes ? Spelling.Number(BlockPasses * this.plan.SumLanes) : $"({Spelling.Number(BlockPasses * this.plan.Unroll)} * lanes)";
        this.writer.Line($"nuint end = nuint.Min(i + {block}, whole);");
        this.WriteBlock("start", "end", this.plan.Unroll, masked: false);
        this.writer.Close();
        this.writer.Line();
        if (this.SumsInLanes)
        {
            this.writer.Comment("What is left over, beside zeros: the lanes that it is added to are the same at every width of a vector.");
            this.writer.Open("if (i < length)");
            this.writer.Line($"RunShort({string.Concat(this.plan.Operands.Select(o => $"ref Unsafe.Add(ref {Spelling.Operand(o.Role)}, i), "))}length - i"
                + $"{this.Rest(false, withInPlace: true, withSum: true)});");
            this.writer.Close();
        }
        else
        {
            this.writer.Comment("What is left over; its last vector overlaps the one before and takes only what is new to it.");
            this.writer.Open("if (i < length)");
            this.WriteBlock("start", "length", this.plan.Step, masked: true);
            this.writer.Close();
        }

        this.writer.Close();
        this.writer.Close();
    }

    /// <summary>One block from <c>i</c> to <paramref name="end"/>: fast, and again with care where that is asked for.</summary>
    private void WriteBlock(string start, string end, int copies, bool masked)
    {
        if (this.plan.Careful is null)
        {
            this.WriteLoop(this.plan.Fast, end, copies, masked);
            this.WriteSumUp("sum.Add");
            return;
        }

        this.writer.Line($"nuint {start} = i;");
        this.writer.Open("if (careful == 0)");
        this.WriteLoop(this.plan.Fast, end, copies, masked);
        this.writer.Line();
        this.WriteSumOf("block");
        this.writer.Line($"careful = {this.AlarmCondition()} ? {Spelling.Number(CarefulBlocks)} : 0;");
        if (this.plan.Sum != SumStyle.None)
        {
            this.writer.Open("if (careful == 0)");
            this.writer.Line(this.SumsInLanes ? "sum.Commit();" : "sum.Add(block);");
            this.writer.Close();
            if (this.SumsInLanes)
            {
                this.writer.Open("else");
                this.writer.Line("sum.Clear();");
                this.writer.Close();
            }
        }

        this.writer.Close();
        this.writer.Line();
        this.writer.Open("if (careful > 0)");
        this.writer.Line("careful--;");
        string call = $"RunCarefully({this.References(false)}{start}, {end}, length{this.Rest(false, withInPlace: false, withSum: this.SumsInLanes)})";
        this.writer.Line(this.SumsInRegisters ? $"sum.Add({call});" : call + ";");
        if (this.SumsInLanes)
        {
            this.writer.Line("sum.Commit();");
        }

        this.writer.Line($"i = {end};");
        this.writer.Close();
    }

    private void WriteLoop(VectorProgram program, string end, int copies, bool masked)
    {
        this.WriteAccumulators(program);
        this.writer.Line("do");
        this.writer.Line("{");
        this.writer.Indent();
        this.WriteBody(program, copies, masked);
        this.writer.Unindent();
        this.writer.Line("}");
        this.writer.Line($"while (i < {end});");
    }

    private void WriteAccumulators(VectorProgram program)
    {
        if (this.SumsInRegisters)
        {
            for (int copy = 0; copy < this.plan.Unroll; copy++)
            {
                this.writer.Line($"{this.vector} sum{Spelling.Number(copy)} = {this.vector}.Zero;");
            }
        }

        foreach (Alarm alarm in ProgramWriter.Gathered(program))
        {
            string type = Spelling.Vector(alarm.Value.Lane);
            this.writer.Line($"{type} {ProgramWriter.GatheredName(program, alarm)} = {type}.Zero;");
        }
    }

    private void WriteBody(VectorProgram program, int copies, bool masked)
    {
        string position = masked ? "at" : "i";
        if (masked)
        {
            this.writer.Line($"nuint at = nuint.Min(i, length - {this.step});");
            this.writer.Line("nuint seen = i - at;");
        }

        this.programs.Write(program, copies, position, masked);
        this.programs.WriteGathering(program, copies);
        this.programs.WriteStores(program, copies, position, masked);
        if (program.Sum is { } product)
        {
            for (int copy = 0; copy < copies; copy++)
            {
                string a = this.programs.Operand(program, product.A, copy, copies);
                string b = this.programs.Operand(program, product.B, copy, copies);
                if (this.SumsInLanes)
                {
                    string lane = $"ref sum.Lane, {(copy == 0 ? "i" : copy == 1 ? "(i + lanes)" : $"(i + ({Spelling.Number(copy)} * lanes))")} % {Spelling.Number(this.plan.SumLanes)}";
                    this.writer.Line($"(Vector.LoadUnsafe({lane}) + ({a} * {b})).StoreUnsafe({lane});");
                }
                else
                {
                    string sum = "sum" + Spelling.Number(copy);
                    this.writer.Line($"{sum} = Vector.MultiplyAddEstimate({a}, {b}, {sum});");
                }
            }
        }

        this.writer.Line($"i += {(copies == this.plan.Unroll ? this.unrolled : this.step)};");
    }

    private void WriteSumOf(string name)
    {
        if (this.SumsInRegisters)
        {
            this.writer.Line($"{this.vector} {name} = {SumOf(0, this.plan.Unroll)};");
        }
    }

    private void WriteSumUp(string add)
    {
        if (this.SumsInRegisters)
        {
            this.writer.Line($"{add}({SumOf(0, this.plan.Unroll)});");
        }
        else if (this.SumsInLanes)
        {
            this.writer.Line("sum.Commit();");
        }
    }

    private static string SumOf(int first, int count) => count switch
    {
        1 => "sum" + Spelling.Number(first),
        2 => $"sum{Spelling.Number(first)} + sum{Spelling.Number(first + 1)}",
        _ => $"({SumOf(first, count / 2)}) + ({SumOf(first + (count / 2), count - (count / 2))})",
    };

    private string AlarmCondition() => string.Join(" || ", this.plan.Fast.Alarms.Select(alarm =>
    {
        string type = Spelling.Vector(alarm.Value.Lane);
        string gathered = ProgramWriter.GatheredName(this.plan.Fast, alarm);
        return alarm.Kind switch
        {
            AlarmKind.Bits => $"({gathered} & new {type}({Spelling.Literal(alarm.Value.Lane, alarm.Bits)})) != {type}.Zero",
            AlarmKind.NotFinite => $"{gathered} != {type}.Zero",
            AlarmKind.SumNotFinite => this.SumsInLanes ? "!sum.IsFinite" : $"!{Spelling.Runtime}.BlockSum.IsFinite(block)",
            _ => $"!{Spelling.Runtime}.BlockSum.IsOrdinary(block, {gathered})",
        };
    }));

    private void WriteRunCarefully(VectorProgram program)
    {
        this.writer.Comment("The same with care for zeros, subnormals, infinities and everything else, for the elements from i to end.");
        this.writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]");
        string result = this.SumsInRegisters ? this.vector : "void";
        this.writer.Open($"private static {result} RunCarefully({this.References(true)}nuint i, nuint end, nuint length{this.Rest(true, withInPlace: false, withSum: this.SumsInLanes)})");
        this.writer.Open("unchecked");
        this.writer.Line("nuint lanes = (nuint)" + this.vector + ".Count;");
        this.WriteAccumulators(program);
        this.writer.Open($"while (i + {this.unrolled} <= end)");
        this.WriteBody(program, this.plan.Unroll, masked: false);
        this.writer.Close();
        if (!this.SumsInLanes)
        {
            this.writer.Line();
            this.writer.Open("while (i < end)");
            this.WriteBody(program, this.plan.Step, masked: true);
            this.writer.Close();
        }

        if (this.SumsInRegisters)
        {
            this.writer.Line();
            this.writer.Line($"return {SumOf(0, this.plan.Unroll)};");
        }

        this.writer.Close();
        this.writer.Close();
    }

    private void WriteRunShort()
    {
        this.writer.Comment("Fewer elements than the loops take at once: copied to where there is room, beside zeros, which add nothing.");
        this.writer.Line("[MethodImpl(MethodImplOptions.NoInlining)]");
        this.writer.Open($"private static void RunShort({this.References(true)}nuint length{this.Rest(true, withInPlace: true, withSum: true)})");
        string room = this.SumsInLanes
            ? Spelling.Number(this.plan.SumLanes)
            : this.plan.Step == 1 ? $"{this.vector}.Count" : $"{Spelling.Number(this.plan.Step)} * {this.vector}.Count";
        this.writer.Line($"int room = {room};");
        foreach (Operand operand in this.plan.Operands)
        {
            string name = Spelling.Operand(operand.Role);
            string type = Spelling.Scalar(Spelling.StoredLane(operand.Element));
            this.writer.Line($"Span<{type}> {name}Room = stackalloc {type}[room];");
            if (!operand.IsDestination)
            {
                this.writer.Line($"MemoryMarshal.CreateSpan(ref {name}, (int)length).CopyTo({name}Room);");
            }
        }

        string references = string.Concat(this.plan.Operands.Select(o => $"ref MemoryMarshal.GetReference({Spelling.Operand(o.Role)}Room), "));
        this.writer.Line($"Run({references}(nuint)room{this.Rest(false, withInPlace: true, withSum: true)});");
        foreach (Operand operand in this.plan.Operands.Where(o => o.IsDestination))
        {
            string name = Spelling.Operand(operand.Role);
            this.writer.Line($"{name}Room.Slice(0, (int)length).CopyTo(MemoryMarshal.CreateSpan(ref {name}, (int)length));");
        }

        this.writer.Close();
    }
}
