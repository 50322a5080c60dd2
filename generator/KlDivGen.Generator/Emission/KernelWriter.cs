using KlDivGen.Generator.Model;
using KlDivGen.Generator.Planning;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// Spells the class of a kernel: its constants and the loops around its programs. The loops are the same for every plan: blocks of
/// unrolled vectors by the fast program, a block again by the careful one where an alarm asks for it, and the rest one step at a time.
/// </summary>
internal sealed class KernelWriter
{
    /// <summary>After how many careful blocks the fast program is tried again; after how many at most, where it failed again and again.</summary>
    private const int Patience = 16, MostPatience = 256;

    private readonly SourceWriter writer;
    private readonly KernelPlan plan;
    private readonly ConstantTable constants;
    private readonly ProgramWriter programs;
    private readonly SumWriter sum;
    private readonly string vector;

    public KernelWriter(SourceWriter writer, KernelPlan plan)
    {
        this.writer = writer;
        this.plan = plan;
        this.constants = new ConstantTable(plan.Fast, plan.Careful);
        this.programs = new ProgramWriter(writer, plan, this.constants);
        this.sum = SumWriter.For(writer, plan);
        this.vector = Spelling.Vector(plan.Compute);
    }

    /// <summary>The number of elements that one step takes, an expression of type int.</summary>
    private string StepLength => this.plan.Step == 1 ? $"{this.vector}.Count" : $"({Spelling.Number(this.plan.Step)} * {this.vector}.Count)";

    /// <summary>The number of elements of a group of unrolled vectors, an expression of type int.</summary>
    private string GroupLength => $"{Spelling.Number(this.plan.Unroll)} * {this.vector}.Count";

    private bool SumsInLanes => this.plan.Sum == SumStyle.Lanes;

    /// <summary>Writes the class. Each loop is a method of its own: the compiler would keep the constants of two loops in registers through both.</summary>
    public void Write(string name)
    {
        this.writer.Open($"file static class {name}");
        this.constants.Write(this.writer);
        this.writer.Line();
        this.WriteRun();
        this.writer.Line();
        this.WriteRunWhole();
        this.WriteRunWholeCarefully();
        if (!this.SumsInLanes)
        {
            this.writer.Line();
            this.WriteRunRest();
        }

        this.writer.Line();
        this.WriteRunShort();
        this.writer.Close();
    }

    /// <summary>The operands as parameters or as arguments, each with <c>ref</c>, and a comma after it.</summary>
    private string References(bool declare) => string.Concat(this.plan.Operands.Select(o =>
        $"ref {(declare ? Spelling.Scalar(Spelling.StoredLane(o.Element)) + " " : string.Empty)}{Spelling.Operand(o.Role)}, "));

    /// <summary>The scales of the gradients and the sum, as parameters or as arguments, each with a comma before it.</summary>
    private string Rest(bool declare, bool withCarefully = true, bool withSum = true)
    {
        IEnumerable<string> parts = this.plan.Scales.Select(scale => declare ? $"{Spelling.Scalar(this.plan.Compute)} {scale}" : scale);
        if (withCarefully && this.plan.MayStartCarefully)
        {
            parts = parts.Append(declare ? "bool carefully" : "carefully");
        }

        if (withSum && this.sum.Type is { } type)
        {
            parts = parts.Append(declare ? $"ref {type} sum" : "ref sum");
        }

        return string.Concat(parts.Select(part => ", " + part));
    }

    private void OpenMethod(string attribute, string head)
    {
        this.writer.Line($"[MethodImpl({attribute})]");
        this.writer.Open(head);
        this.writer.Open("unchecked");
    }

    private void CloseMethod()
    {
        this.writer.Close();
        this.writer.Close();
    }

    /// <summary>The entry: what fills the unrolled vectors, and what is left over.</summary>
    private void WriteRun()
    {
        this.OpenMethod("MethodImplOptions.AggressiveInlining", $"public static void Run({this.References(true)}nuint length{this.Rest(true)})");
        this.writer.Line($"nuint whole = length - (length % {this.sum.Group});");
        this.writer.Open("if (whole > 0)");
        this.writer.Line($"RunWhole({this.References(false)}whole{this.Rest(false)});");
        this.writer.Close();
        this.writer.Line();
        if (this.SumsInLanes)
        {
            this.writer.Open("if (whole < length)");
            this.writer.Line(this.ShortCall("whole"));
            this.writer.Close();
        }
        else
        {
            this.writer.Open($"if (length < (nuint){this.StepLength})");
            this.writer.Line(this.ShortCall("0"));
            this.writer.Close();
            this.writer.Open("else if (whole < length)");
            this.writer.Line($"RunRest({this.References(false)}whole, length{this.Rest(false)});");
            this.writer.Close();
        }

        this.CloseMethod();
    }

    /// <summary>The main loop: blocks by the fast program, and again by the careful one where an alarm asks for it.</summary>
    private void WriteRunWhole()
    {
        this.writer.Comment("Whole groups of vectors, block by block.");
        this.OpenMethod("MethodImplOptions.AggressiveOptimization", $"private static void RunWhole({this.References(true)}nuint length{this.Rest(true)})");
        this.writer.Line($"nuint lanes = (nuint){this.vector}.Count;");
        if (this.plan.Careful is not null)
        {
            this.writer.Comment("How many blocks to go are computed with care from the start: after one that needed it, the next may well.");
            this.writer.Line($"int careful = {(this.plan.MayStartCarefully ? "carefully ? int.MaxValue : 0" : "0")};");
            this.writer.Line($"int patience = {Spelling.Number(Patience)};");
        }

        this.writer.Line("nuint i = 0;");
        this.writer.Open("while (i < length)");
        this.writer.Line($"nuint end = nuint.Min(i + {this.sum.Block}, length);");
        if (this.plan.Careful is null)
        {
            this.WriteBlock(this.plan.Fast, "end", this.plan.Unroll, masked: false);
            this.sum.Accept();
        }
        else
        {
            this.writer.Line("nuint start = i;");
            this.writer.Open("if (careful == 0)");
            this.WriteBlock(this.plan.Fast, "end", this.plan.Unroll, masked: false);
            this.writer.Open($"if ({this.AlarmCondition()})");
            this.writer.Line("careful = patience;");
            this.writer.Line($"patience = int.Min(4 * patience, {Spelling.Number(MostPatience)});");
            this.sum.Reject();
            this.writer.Close();
            this.writer.Open("else");
            this.sum.Accept();
            this.writer.Line($"patience = {Spelling.Number(Patience)};");
            this.writer.Line("continue;");
            this.writer.Close();
            this.writer.Close();
            this.writer.Line();
            this.writer.Line("careful--;");
            this.sum.CallCarefully(
                $"RunWholeCarefully({this.References(false)}start, end{this.Rest(false, withCarefully: false, withSum: this.sum.CarefulTakesSum)})");
            this.writer.Line("i = end;");
        }

        this.writer.Close();
        this.CloseMethod();
    }

    private void WriteRunRest()
    {
        this.writer.Comment("The elements from i on, less than a group. The last vector overlaps the one before and takes only what is new to it.");
        this.OpenMethod("MethodImplOptions.AggressiveOptimization", $"private static void RunRest({this.References(true)}nuint i, nuint length{this.Rest(true)})");
        this.writer.Line($"nuint lanes = (nuint){this.vector}.Count;");
        if (this.plan.Careful is null)
        {
            this.WriteBlock(this.plan.Fast, "length", this.plan.Step, masked: true);
            this.sum.Accept();
        }
        else
        {
            this.writer.Line("nuint start = i;");
            if (this.plan.MayStartCarefully)
            {
                this.writer.Open("if (!carefully)");
            }

            this.WriteBlock(this.plan.Fast, "length", this.plan.Step, masked: true);
            this.writer.Open($"if (!({this.AlarmCondition()}))");
            this.sum.Accept();
            this.writer.Line("return;");
            this.writer.Close();
            if (this.plan.MayStartCarefully)
            {
                this.writer.Close();
            }

            this.writer.Line();
            this.writer.Line(this.ShortCall("start"));
        }

        this.CloseMethod();
    }

    /// <summary>The call of RunShort for the elements from an index on.</summary>
    private string ShortCall(string start)
    {
        string At(string name) => start == "0" ? $"ref {name}" : $"ref Unsafe.Add(ref {name}, {start})";
        string references = string.Concat(this.plan.Operands.Select(o => At(Spelling.Operand(o.Role)) + ", "));
        return $"RunShort({references}{(start == "0" ? "length" : $"length - {start}")}{this.Rest(false)});";
    }

    private void WriteRunWholeCarefully()
    {
        if (this.plan.Careful is not { } program)
        {
            return;
        }

        this.writer.Line();
        this.writer.Comment("The same with care for zeros, subnormals, infinities and all else.");
        this.OpenMethod(
            "MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining",
            $"private static {this.sum.CarefulResult} RunWholeCarefully({this.References(true)}nuint i, nuint end"
                + $"{this.Rest(true, withCarefully: false, withSum: this.sum.CarefulTakesSum)})");
        this.writer.Line($"nuint lanes = (nuint){this.vector}.Count;");
        this.WriteBlock(program, "end", this.plan.Unroll, masked: false);
        this.sum.Return();
        this.CloseMethod();
    }

    /// <summary>The elements from i to <paramref name="end"/> by one program.</summary>
    private void WriteBlock(VectorProgram program, string end, int copies, bool masked)
    {
        bool alarmed = program.Alarms.Any(a => a.Kind is AlarmKind.SumNotFinite or AlarmKind.SumNotOrdinary);
        this.sum.BeginBlock(alarmed);
        foreach (Alarm alarm in ProgramWriter.Gathered(program))
        {
            string type = Spelling.Vector(alarm.Value.Lane);
            this.writer.Line($"{type} {ProgramWriter.GatheredName(program, alarm)} = {type}.Zero;");
        }

        this.sum.WriteLoop(end, copies, masked, alarmed, () => this.WriteBody(program, copies, masked));
        this.writer.Line();
    }

    private void WriteBody(VectorProgram program, int copies, bool masked)
    {
        string position = masked ? "at" : "i";
        string step = copies == 1 ? "lanes" : $"({Spelling.Number(copies)} * lanes)";
        if (masked)
        {
            this.writer.Line($"nuint at = nuint.Min(i, length - {step});");
            this.writer.Line("nuint seen = i - at;");
        }

        this.programs.Write(program, copies, position, masked);
        this.programs.WriteGathering(program, copies);
        this.programs.WriteStores(program, copies, position, masked);
        for (int copy = 0; program.Sum is { } product && copy < copies; copy++)
        {
            this.sum.Add(copy, this.programs.Operand(program, product.A, copy, copies), this.programs.Operand(program, product.B, copy, copies));
        }

        this.writer.Line($"i += {step};");
    }

    private string AlarmCondition() => string.Join(" || ", this.plan.Fast.Alarms.Select(alarm =>
    {
        string type = Spelling.Vector(alarm.Value.Lane);
        string gathered = ProgramWriter.GatheredName(this.plan.Fast, alarm);
        return alarm.Kind switch
        {
            AlarmKind.Bits => $"({gathered} & new {type}({Spelling.Literal(alarm.Value.Lane, alarm.Bits)})) != {type}.Zero",
            AlarmKind.NotFinite => $"{gathered} != {type}.Zero",
            AlarmKind.SumNotFinite => "!" + this.sum.IsFinite,
            _ => $"!{Spelling.Runtime}.BlockSum.IsOrdinary({SumWriter.Check}, {gathered})",
        };
    }));

    private void WriteRunShort()
    {
        this.writer.Comment("Fewer elements than a group, copied to where there is room for one, beside zeros, which add nothing.");
        this.writer.Line("[MethodImpl(MethodImplOptions.NoInlining)]");
        this.writer.Open($"private static void RunShort({this.References(true)}nuint length{this.Rest(true)})");
        this.writer.Line($"int room = {(this.SumsInLanes ? Spelling.Number(this.plan.SumLanes) : this.GroupLength)};");
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
        this.writer.Line($"RunWhole({references}(nuint)room{this.Rest(false)});");
        foreach (Operand operand in this.plan.Operands.Where(o => o.IsDestination))
        {
            string name = Spelling.Operand(operand.Role);
            this.writer.Line($"{name}Room.Slice(0, (int)length).CopyTo(MemoryMarshal.CreateSpan(ref {name}, (int)length));");
        }

        this.writer.Close();
    }
}
