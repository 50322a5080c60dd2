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
    private const int Patience = 32, MostPatience = 256;

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

    /// <summary>The number of elements of a group of unrolled vectors, an expression of type int.</summary>
    private string GroupLength => $"{Spelling.Number(this.plan.Unroll)} * {this.vector}.Count";

    /// <summary>The same where the number of lanes is a variable.</summary>
    private string GroupStep => $"{Spelling.Number(this.plan.Unroll)} * lanes";

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

        if (withSum && this.sum.Passed is { } type)
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

    /// <summary>The number of lanes, and the scales in each of them: in the loop, the compiler would spread them again at every use.</summary>
    private void WriteLanes()
    {
        this.writer.Line($"nuint lanes = (nuint){this.vector}.Count;");
        foreach (string scale in this.plan.Scales)
        {
            this.writer.Line($"{this.vector} {Spelling.InEveryLane(scale)} = new({scale});");
        }
    }

    /// <summary>The entry: by the length, to the method that such data begins with.</summary>
    private void WriteRun()
    {
        this.OpenMethod("MethodImplOptions.AggressiveInlining", $"public static {this.sum.Result} Run({this.References(true)}nuint length{this.Rest(true)})");
        this.writer.Open($"if (length >= {this.sum.Group})");
        this.WriteResult($"RunWhole({this.References(false)}length{this.Rest(false)})");
        this.writer.Close();
        if (!this.SumsInLanes && this.plan.Step == 1)
        {
            this.writer.Open($"else if (length >= (nuint){this.vector}.Count)");
            this.WriteResult($"RunRest({this.References(false)}0, length{this.Rest(false)})");
            this.writer.Close();
        }

        this.writer.Open("else");
        this.WriteResult(this.ShortCall("0"));
        this.writer.Close();
        this.CloseMethod();
    }

    /// <summary>Returns what a call returns; where that is nothing, the call is all.</summary>
    private void WriteResult(string call) => this.writer.Line(this.sum.Result == "void" ? call + ";" : $"return {call};");

    /// <summary>The main loop: blocks by the fast program, and again by the careful one where an alarm asks for it.</summary>
    private void WriteRunWhole()
    {
        this.writer.Comment("Whole groups of vectors, block by block, and then what is left over.");
        this.OpenMethod("MethodImplOptions.AggressiveOptimization", $"private static {this.sum.Result} RunWhole({this.References(true)}nuint length{this.Rest(true)})");
        this.WriteLanes();
        this.writer.Line($"nuint whole = length - (length % {this.sum.Group});");
        this.sum.Begin();
        if (this.plan.Careful is not null)
        {
            this.writer.Comment("How many blocks to go are computed with care from the start: after one that needed it, the next may well.");
            this.writer.Line($"int careful = {(this.plan.MayStartCarefully ? "carefully ? int.MaxValue : 0" : "0")};");
            this.writer.Line($"int patience = {Spelling.Number(Patience)};");
        }

        this.writer.Line("nuint i = 0;");
        this.writer.Open("while (i < whole)");
        this.writer.Line($"nuint end = nuint.Min(i + {this.sum.Block}, whole);");
        if (this.plan.Careful is null)
        {
            this.WriteBlock(this.plan.Fast);
            this.sum.Accept();
        }
        else
        {
            this.writer.Line("nuint start = i;");
            this.writer.Open("if (careful == 0)");
            this.WriteBlock(this.plan.Fast);
            this.writer.Open($"if ({this.Trusted("IsOrdinaryOrInfinite")})");
            this.sum.Accept();
            this.writer.Line($"patience = {Spelling.Number(Patience)};");
            this.writer.Line("continue;");
            this.writer.Close();
            this.writer.Line();
            this.sum.Reject();
            this.writer.Line("careful = patience;");
            this.writer.Line($"patience = int.Min(4 * patience, {Spelling.Number(MostPatience)});");
            this.writer.Close();
            this.writer.Line();
            this.writer.Line("careful--;");
            this.sum.CallCarefully(
                $"RunWholeCarefully({this.References(false)}start, end{this.Rest(false, withCarefully: false, withSum: this.sum.CarefulTakesSum)})");
            this.writer.Line("i = end;");
        }

        this.writer.Close();
        this.writer.Line();
        this.sum.End(this.SumsInLanes ? this.ShortCall("whole") : $"RunRest({this.References(false)}whole, length{this.Rest(false)})");
        this.CloseMethod();
    }

    private void WriteRunRest()
    {
        this.writer.Comment("The elements from i on, less than a group. The last vectors overlap those before and take only what is new to them.");
        this.OpenMethod("MethodImplOptions.AggressiveOptimization", $"private static {this.sum.Result} RunRest({this.References(true)}nuint i, nuint length{this.Rest(true)})");
        this.WriteLanes();
        if (this.plan.Careful is null)
        {
            this.WriteRestBlock();
            this.sum.ReturnBlock();
        }
        else
        {
            if (this.plan.MayStartCarefully)
            {
                this.writer.Open("if (!carefully)");
            }

            this.WriteRestBlock();
            this.writer.Open($"if ({this.Trusted("IsOrdinary")})");
            this.sum.ReturnBlock();
            this.writer.Close();
            if (this.plan.MayStartCarefully)
            {
                this.writer.Close();
            }

            this.writer.Line();
            this.WriteResult(this.ShortCall("i"));
        }

        this.CloseMethod();
    }

    private void WriteRestBlock()
    {
        this.WriteGathered(this.plan.Fast);
        this.sum.WriteOnce(this.plan.Unroll, this.SmallSumOf(this.plan.Fast), () => this.WriteBody(this.plan.Fast, this.plan.Unroll, masked: true));
        this.writer.Line();
    }

    /// <summary>The call of RunShort for the elements from an index on.</summary>
    private string ShortCall(string start)
    {
        string At(string name) => start == "0" ? $"ref {name}" : $"ref Unsafe.Add(ref {name}, {start})";
        string references = string.Concat(this.plan.Operands.Select(o => At(Spelling.Operand(o.Role)) + ", "));
        return $"RunShort({references}{(start == "0" ? "length" : $"length - {start}")}{this.Rest(false)})";
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
        this.WriteLanes();
        this.WriteBlock(program);
        this.sum.Return();
        this.CloseMethod();
    }

    /// <summary>The elements from i to end by one program.</summary>
    private void WriteBlock(VectorProgram program)
    {
        this.sum.BeginBlock();
        this.WriteGathered(program);
        this.sum.WriteLoop(this.plan.Unroll, Alarmed(program), this.SmallSumOf(program), () =>
        {
            this.WritePrefetch();
            this.WriteBody(program, this.plan.Unroll, masked: false);
            this.writer.Line($"i += {this.GroupStep};");
        });
        this.writer.Line();
    }

    /// <summary>Asks for the data of a later pass: processors do so by themselves, but not far enough ahead, and not across pages.</summary>
    private void WritePrefetch()
    {
        foreach (Operand operand in this.plan.Operands)
        {
            this.writer.Line($"{Spelling.Runtime}.Prefetch.Ahead(ref {Spelling.Operand(operand.Role)}, i);");
        }
    }

    private SmallSum? SmallSumOf(VectorProgram program) =>
        program.SmallPart is { } small ? new(this.programs.Operand(program, small.Weight, 0, 1), small.Comment) : null;

    /// <summary>Whether the sum itself is an alarm.</summary>
    private static bool Alarmed(VectorProgram program) => program.Alarms.Any(a => a.Kind is AlarmKind.SumNotFinite or AlarmKind.SumNotOrdinary);

    private void WriteGathered(VectorProgram program)
    {
        foreach (Alarm alarm in ProgramWriter.Gathered(program))
        {
            string type = ProgramWriter.GatheredType(alarm);
            this.writer.Line($"{type} {ProgramWriter.GatheredName(program, alarm)} = {type}.Zero;");
        }
    }

    /// <summary>
    /// A program with its sinks. In a loop, each comes as soon as its value is there, so that no register has to hold that for long; but
    /// a store not before the last load, for a destination may be a source.
    /// </summary>
    private void WriteBody(VectorProgram program, int copies, bool masked)
    {
        int lastLoad = program.Instructions.Select((instruction, index) => instruction.Operation == Operation.Load ? index : 0).Max();
        int last = program.Instructions.Count - 1;
        ILookup<int, Action> sinks = this.Sinks(program, copies, masked, lastLoad).ToLookup(sink => masked ? last : sink.After, sink => sink.Write);
        this.programs.Write(program, copies, masked, index =>
        {
            foreach (Action write in sinks[index])
            {
                write();
            }
        });
    }

    /// <summary>The sinks of a program, and the index of the instruction after which each may be written.</summary>
    private IEnumerable<(int After, Action Write)> Sinks(VectorProgram program, int copies, bool masked, int lastLoad)
    {
        foreach (Alarm alarm in ProgramWriter.Gathered(program))
        {
            yield return (alarm.Value.Index, () => this.programs.WriteGathering(program, alarm, copies));
        }

        foreach (Store store in program.Stores)
        {
            yield return (Math.Max(store.Value.Index, lastLoad), () => this.programs.WriteStore(program, store, copies, masked));
        }

        if (program.SmallPart is { } small)
        {
            yield return (Math.Max(small.A.Index, small.B.Index), () => AddCopies(small.A, small.B, this.sum.AddSmall));
        }

        if (program.Sum is { } product)
        {
            yield return (Math.Max(product.A.Index, product.B.Index), () => AddCopies(product.A, product.B, this.sum.Add));
        }

        void AddCopies(Value a, Value b, Action<int, string, string, bool> add)
        {
            for (int copy = 0; copy < copies; copy++)
            {
                add(copy, this.programs.Operand(program, a, copy, copies), this.programs.Operand(program, b, copy, copies), masked);
            }
        }
    }

    /// <summary>The condition that no alarm tells of an element that needs care.</summary>
    /// <param name="ordinary">What is asked of a sum: the shorter question where there is little else to do.</param>
    private string Trusted(string ordinary) => string.Join(" && ", this.plan.Fast.Alarms.Select(alarm =>
    {
        string type = ProgramWriter.GatheredType(alarm);
        string gathered = ProgramWriter.GatheredName(this.plan.Fast, alarm);
        return alarm.Kind switch
        {
            AlarmKind.Bits when alarm.Bits == -1 => $"{gathered} == {type}.Zero",
            AlarmKind.Bits => $"({gathered} & new {type}({Spelling.Literal(alarm.Value.Lane, alarm.Bits)})) == {type}.Zero",
            AlarmKind.Above => $"Vector.LessThanOrEqualAll({gathered}, new {type}(0x{alarm.Bits:X4}))",
            AlarmKind.NotFinite => $"{gathered} == {type}.Zero",
            AlarmKind.SumNotFinite => this.sum.IsFinite,
            _ => $"{Spelling.Runtime}.BlockSum.{ordinary}({SumWriter.Check}, {gathered})",
        };
    }));

    private void WriteRunShort()
    {
        this.writer.Comment("Fewer elements than a group, copied to where there is room for one, beside zeros, which add nothing.");
        this.writer.Line("[MethodImpl(MethodImplOptions.NoInlining)]");
        this.writer.Open($"private static {this.sum.Result} RunShort({this.References(true)}nuint length{this.Rest(true)})");
        this.writer.Line($"int room = {(this.SumsInLanes ? Spelling.Number(this.plan.SumLanes) : this.GroupLength)};");
        foreach (Operand operand in this.plan.Operands)
        {
            string name = Spelling.Operand(operand.Role);
            string type = Spelling.Scalar(Spelling.StoredLane(operand.Element));
            this.writer.Line($"Span<{type}> {name}Room = stackalloc {type}[room];");
            if (!operand.IsDestination)
            {
                this.writer.Line($"{Spelling.Runtime}.Room.Fill({name}Room, ref {name}, length);");
            }
        }

        string references = string.Concat(this.plan.Operands.Select(o => $"ref MemoryMarshal.GetReference({Spelling.Operand(o.Role)}Room), "));
        string call = $"RunWhole({references}(nuint)room{this.Rest(false)})";
        bool returnsLater = this.sum.Result != "void" && this.plan.Operands.Any(o => o.IsDestination);
        if (returnsLater)
        {
            this.writer.Line($"{this.sum.Result} result = {call};");
        }
        else
        {
            this.WriteResult(call);
        }

        foreach (Operand operand in this.plan.Operands.Where(o => o.IsDestination))
        {
            string name = Spelling.Operand(operand.Role);
            this.writer.Line($"{name}Room.Slice(0, (int)length).CopyTo(MemoryMarshal.CreateSpan(ref {name}, (int)length));");
        }

        if (returnsLater)
        {
            this.writer.Line("return result;");
        }

        this.writer.Close();
    }
}
