using KlDivGen.Generator.Model;
using KlDivGen.Generator.Planning;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// Spells a <see cref="VectorProgram"/>: every statement for all unrolled copies before the next one, so that a constant is needed
/// for a moment only and the copies' latencies overlap. See README.md beside this file.
/// </summary>
/// <param name="writer">Where to.</param>
/// <param name="plan">The kernel's plan.</param>
/// <param name="constants">The names of the constants.</param>
/// <param name="overlap">How vectors are loaded and stored that overlap others.</param>
internal sealed class ProgramWriter(SourceWriter writer, KernelPlan plan, ConstantTable constants, OverlapWriter overlap)
{
    /// <summary>Writes the program for vectors from the index i on.</summary>
    /// <param name="program">The program.</param>
    /// <param name="copies">How many vectors of the compute type are taken together.</param>
    /// <param name="masked">Whether they overlap others at the end of the data, and elements that were already taken are to be left alone.</param>
    /// <param name="afterwards">What is done once the instruction of an index is written.</param>
    public void Write(VectorProgram program, int copies, bool masked, Action<int> afterwards)
    {
        string? comment = null;
        for (int index = 0; index < program.Instructions.Count; index++)
        {
            Instruction instruction = program.Instructions[index];
            comment = instruction.Comment ?? comment;
            if (!IsInline(instruction))
            {
                if (comment is not null)
                {
                    writer.Comment(comment);
                    comment = null;
                }

                int count = this.Copies(instruction.Lane, copies);
                for (int copy = 0; copy < count; copy++)
                {
                    writer.Line($"{Spelling.Vector(instruction.Lane)} {Name(program, index, copy, count)} = "
                        + $"{this.Expression(program, instruction, copy, copies, masked)};");
                }
            }

            afterwards(index);
        }
    }

    /// <summary>Writes what is gathered for an alarm.</summary>
    public void WriteGathering(VectorProgram program, Alarm alarm, int copies)
    {
        string gathered = GatheredName(program, alarm);
        int count = this.Copies(alarm.Value.Lane, copies);
        for (int copy = 0; copy < count; copy++)
        {
            string value = this.Operand(program, alarm.Value, copy, count);
            writer.Line(alarm.Kind switch
            {
                AlarmKind.NotFinite when program.Fused => $"{gathered} = Vector.MultiplyAddEstimate({value}, {Spelling.Vector(alarm.Value.Lane)}.Zero, {gathered});",
                AlarmKind.NotFinite => $"{gathered} += {value} * {Spelling.Vector(alarm.Value.Lane)}.Zero;",
                AlarmKind.Above => $"{gathered} = Vector.Max({gathered}, Vector.AsVectorUInt16({value}));",
                _ => $"{gathered} |= {value};",
            });
        }
    }

    /// <summary>Writes a store.</summary>
    public void WriteStore(VectorProgram program, Store store, int copies, bool masked)
    {
        Lane lane = store.Value.Lane;
        int count = this.Copies(lane, copies);
        for (int copy = 0; copy < count; copy++)
        {
            string value = this.Operand(program, store.Value, copy, count);
            writer.Line(masked
                ? overlap.Store(lane, copy, value, store.Destination)
                : $"{value}.StoreUnsafe(ref {Spelling.Operand(store.Destination)}, {this.At(lane, copy)});");
        }
    }

    /// <summary>The alarms that gather something, one for each thing gathered.</summary>
    public static IEnumerable<Alarm> Gathered(VectorProgram program) => program.Alarms
        .Where(a => a.Kind != AlarmKind.SumNotFinite)
        .GroupBy(a => GatheredName(program, a))
        .Select(group => group.First());

    /// <summary>The type of that variable.</summary>
    public static string GatheredType(Alarm alarm) => alarm.Kind == AlarmKind.Above ? "Vector<ushort>" : Spelling.Vector(alarm.Value.Lane);

    /// <summary>The variable in which an alarm's values are gathered.</summary>
    public static string GatheredName(VectorProgram program, Alarm alarm) => alarm.Kind == AlarmKind.NotFinite
        ? "notFinite"
        : "any" + char.ToUpperInvariant(program.Instructions[alarm.Value.Index].Name[0]) + program.Instructions[alarm.Value.Index].Name.Substring(1);

    /// <summary>A copy of a value.</summary>
    public string Operand(VectorProgram program, Value value, int copy, int copies)
    {
        Instruction instruction = program.Instructions[value.Index];
        return instruction.Operation switch
        {
            Operation.Constant => constants.Vector(instruction.Lane, instruction.Bits),
            Operation.Argument => Spelling.InEveryLane(instruction.Name),
            Operation.AsInteger or Operation.AsFloating =>
                Spelling.Reinterpret(instruction.Lane, instruction.Arguments[0].Lane, this.Operand(program, instruction.Arguments[0], copy, copies)),
            _ => Name(program, value.Index, copy, copies),
        };
    }

    /// <summary>How many vectors of a lane hold the elements of <paramref name="copies"/> vectors of the compute type.</summary>
    public int Copies(Lane lane, int copies) => copies * lane.Size() / plan.Compute.Size();

    /// <summary>What stands where it is used, rather than in a statement of its own.</summary>
    private static bool IsInline(Instruction instruction) =>
        instruction.Operation is Operation.Constant or Operation.Argument or Operation.AsInteger or Operation.AsFloating;

    private static string Name(VectorProgram program, int index, int copy, int copies) =>
        program.Instructions[index].Name + (copies > 1 ? Spelling.Number(copy) : string.Empty);

    /// <summary>The index of the first element of a copy.</summary>
    private string At(Lane lane, int copy) => Spelling.VectorsOn("i", copy * plan.Compute.Size() / lane.Size());

    private string Expression(VectorProgram program, Instruction instruction, int copy, int copies, bool masked)
    {
        Lane lane = instruction.Lane;
        int count = this.Copies(lane, copies);
        string A(int k = 0) => this.Operand(program, instruction.Arguments[k], copy, count);
        switch (instruction.Operation)
        {
            case Operation.Load:
                ParameterRole role = (ParameterRole)instruction.Bits;
                return masked
                    ? overlap.Load(lane, copy, role)
                    : $"Vector.LoadUnsafe(ref {Spelling.Operand(role)}, {this.At(lane, copy)})";
            case Operation.Add:
                return $"{A()} + {A(1)}";
            case Operation.Subtract:
                return $"{A()} - {A(1)}";
            case Operation.Multiply:
                return $"{A()} * {A(1)}";
            case Operation.Divide:
                return $"{A()} / {A(1)}";
            case Operation.MultiplyAdd:
                return $"Vector.MultiplyAddEstimate({A()}, {A(1)}, {A(2)})";
            case Operation.And:
                return $"{A()} & {A(1)}";
            case Operation.AndNot:
                return $"Vector.AndNot({A()}, {Spelling.Reinterpret(lane, instruction.Arguments[1].Lane, A(1))})";
            case Operation.Or:
                return $"{A()} | {A(1)}";
            case Operation.ShiftLeft:
                return $"{A()} << {Spelling.Number((int)instruction.Bits)}";
            case Operation.ShiftRight:
                return $"{A()} >>> {Spelling.Number((int)instruction.Bits)}";
            case Operation.ToSingle:
                return $"Vector.ConvertToSingle({A()})";
            case Operation.Less:
                return $"Vector.LessThan({A()}, {A(1)})";
            case Operation.LessOrEqual:
                return $"Vector.LessThanOrEqual({A()}, {A(1)})";
            case Operation.Equal:
                return $"Vector.Equals({A()}, {A(1)})";
            case Operation.Select:
                return $"Vector.ConditionalSelect({A()}, {A(1)}, {A(2)})";
            case Operation.Max:
                return $"Vector.MaxNative({A()}, {A(1)})";
            case Operation.Min:
                return $"Vector.MinNative({A()}, {A(1)})";
            case Operation.Widen or Operation.WidenAbove:
                return this.Widen(
                    this.Operand(program, instruction.Arguments[0], copy / 2, count / 2),
                    upper: copy % 2 == 1,
                    (int)instruction.Bits,
                    masked: instruction.Operation == Operation.WidenAbove);
            default:
                string lower = this.Operand(program, instruction.Arguments[0], 2 * copy, 2 * count);
                string upper = this.Operand(program, instruction.Arguments[0], (2 * copy) + 1, 2 * count);
                return plan.InPairs
                    ? $"Vector.AsVectorInt16(({lower} & new Vector<int>(0xFFFF)) | ({upper} << 16))"
                    : $"Vector.Narrow({lower}, {upper})";
        }
    }

    /// <summary>A vector of half the lanes, twice as wide; of pairs, the upper one lies above the lower, which a mask may clear.</summary>
    private string Widen(string narrow, bool upper, int shift, bool masked)
    {
        if (plan.InPairs)
        {
            string pairs = $"Vector.AsVectorInt32({narrow})";
            return !upper ? $"({pairs} << 16) >> {Spelling.Number(16 - shift)}"
                : masked ? $"{pairs} >> {Spelling.Number(16 - shift)}"
                : $"({pairs} >> 16) << {Spelling.Number(shift)}";
        }

        string wide = $"Vector.Widen{(upper ? "Upper" : "Lower")}({narrow})";
        return shift == 0 ? wide : $"{wide} << {Spelling.Number(shift)}";
    }
}
