using KlDivGen.Generator.Planning;

namespace KlDivGen.Generator.Emission;

/// <summary>Spells a program with its sinks: what is gathered for its alarms, what it stores, and what it adds up.</summary>
internal sealed class BodyWriter(SourceWriter writer, KernelPlan plan, ProgramWriter programs, SumWriter sum)
{
    /// <summary>Declares the number of lanes, and the scales in each of them: in the loop, the compiler would spread them again at every use.</summary>
    public void WriteLanes()
    {
        writer.Line($"nuint lanes = (nuint){Spelling.Vector(plan.Compute)}.Count;");
        foreach (string scale in plan.Scales)
        {
            writer.Line($"{Spelling.Vector(plan.Compute)} {Spelling.InEveryLane(scale)} = new({scale});");
        }
    }

    /// <summary>Declares what is gathered for a program's alarms.</summary>
    public void WriteGathered(VectorProgram program)
    {
        foreach (Alarm alarm in ProgramWriter.Gathered(program))
        {
            string type = ProgramWriter.GatheredType(alarm);
            writer.Line($"{type} {ProgramWriter.GatheredName(program, alarm)} = {type}.Zero;");
        }
    }

    /// <summary>
    /// A program with its sinks. In a loop, each comes as soon as its value is there, so that no register has to hold that for long; but
    /// a store not before the last load, for a destination may be a source.
    /// </summary>
    public void Write(VectorProgram program, bool masked)
    {
        int lastLoad = program.Instructions.Select((instruction, index) => instruction.Operation == Operation.Load ? index : 0).Max();
        int last = program.Instructions.Count - 1;
        ILookup<int, Action> sinks = this.Sinks(program, masked, lastLoad).ToLookup(sink => masked ? last : sink.After, sink => sink.Write);
        programs.Write(program, plan.Unroll, masked, index =>
        {
            foreach (Action write in sinks[index])
            {
                write();
            }
        });
    }

    /// <summary>The small part of a program's sum, as text.</summary>
    public SmallSum? SmallSumOf(VectorProgram program) =>
        program.SmallPart is { } small ? new(programs.Operand(program, small.Weight, 0, 1), small.Comment) : null;

    /// <summary>Whether the sum itself is an alarm.</summary>
    public static bool Alarmed(VectorProgram program) => program.Alarms.Any(a => a.Kind is AlarmKind.SumNotFinite or AlarmKind.SumNotOrdinary);

    /// <summary>The condition that no alarm tells of an element that needs care.</summary>
    /// <param name="ordinary">What is asked of a sum: the shorter question where there is little else to do.</param>
    public string Trusted(string ordinary) => string.Join(" && ", plan.Fast.Alarms.Select(alarm =>
    {
        string type = ProgramWriter.GatheredType(alarm);
        string gathered = ProgramWriter.GatheredName(plan.Fast, alarm);
        return alarm.Kind switch
        {
            AlarmKind.Bits when alarm.Bits == -1 => $"{gathered} == {type}.Zero",
            AlarmKind.Bits => $"({gathered} & new {type}({Spelling.Literal(alarm.Value.Lane, alarm.Bits)})) == {type}.Zero",
            AlarmKind.Above => $"Vector.LessThanOrEqualAll({gathered}, new {type}(0x{alarm.Bits:X4}))",
            AlarmKind.NotFinite => $"{gathered} == {type}.Zero",
            AlarmKind.SumNotFinite => sum.IsFinite,
            _ => $"{Spelling.Runtime}.BlockGuards.{ordinary}({SumWriter.Check}, {gathered})",
        };
    }));

    /// <summary>The sinks of a program, and the index of the instruction after which each may be written.</summary>
    private IEnumerable<(int After, Action Write)> Sinks(VectorProgram program, bool masked, int lastLoad)
    {
        int copies = plan.Unroll;
        foreach (Alarm alarm in ProgramWriter.Gathered(program))
        {
            yield return (alarm.Value.Index, () => programs.WriteGathering(program, alarm, copies));
        }

        foreach (Store store in program.Stores)
        {
            yield return (Math.Max(store.Value.Index, lastLoad), () => programs.WriteStore(program, store, copies, masked));
        }

        if (program.SmallPart is { } small)
        {
            yield return (Math.Max(small.A.Index, small.B.Index), () => AddCopies(small.A, small.B, sum.AddSmall));
        }

        if (program.Sum is { } product)
        {
            yield return (Math.Max(product.A.Index, product.B.Index), () => AddCopies(product.A, product.B, sum.Add));
        }

        void AddCopies(Value a, Value b, Action<int, string, string, bool> add)
        {
            for (int copy = 0; copy < copies; copy++)
            {
                add(copy, programs.Operand(program, a, copy, copies), programs.Operand(program, b, copy, copies), masked);
            }
        }
    }
}
