using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// Spells a body: every statement for all unrolled copies before the next one, so that a constant is needed only for a moment and the
/// latencies of the copies overlap (DESIGN.md).
/// </summary>
internal sealed class BodyWriter(SourceWriter writer, KernelPlan plan, VectorApi api, ConstantTable constants)
{
    /// <summary>The guards of a body that accumulate a variable, each variable once.</summary>
    public IReadOnlyList<GuardWriter> AccumulatedGuards(KernelBody body) =>
    [
        .. this.Guards(body)
            .Where(guard => guard.Variable is not null)
            .GroupBy(guard => guard.Variable)
            .Select(group => group.First()),
    ];

    /// <summary>The condition that the fast path was valid for all elements since the guards were declared.</summary>
    public string FastPathIsValid(KernelBody body, Accumulator accumulator, bool isTail) =>
        string.Join(" && ", this.Guards(body).Select(guard => guard.Condition(accumulator, isTail)));

    /// <summary>
    /// Writes the statements and sinks of a body. In a loop, a sink comes as soon as its value is known, so that no register has to hold
    /// it for long; but no store before the last load, since a destination may be a source.
    /// </summary>
    public void Write(KernelBody body, int copies, ElementAccess access, Accumulator accumulator, bool isStraightLine)
    {
        int last = body.Instructions.Count - 1;
        int lastLoad = body.Instructions.Select((instruction, index) => instruction.OpCode == OpCode.Load ? index : 0).Max();
        ILookup<int, Action> sinks = this.Sinks(body, copies, access, accumulator, lastLoad, isStraightLine)
            .ToLookup(sink => isStraightLine ? last : sink.After, sink => sink.Write);
        for (int index = 0; index <= last; index++)
        {
            this.WriteStatement(body, index, copies, access);
            if (index == lastLoad)
            {
                access.WriteAfterLoads(writer);
            }

            foreach (Action write in sinks[index])
            {
                write();
            }
        }
    }

    private IEnumerable<GuardWriter> Guards(KernelBody body) => body.Guards.Select(guard => GuardWriter.For(writer, plan, api, body, guard));

    /// <summary>The sinks of a body, each with the index of the instruction after which it may be written.</summary>
    private IEnumerable<(int After, Action Write)> Sinks(
        KernelBody body, int copies, ElementAccess access, Accumulator accumulator, int lastLoad, bool isStraightLine)
    {
        foreach (GuardWriter guard in this.AccumulatedGuards(body))
        {
            Value value = guard.Value!.Value;
            yield return (value.Index, () => this.ForEachCopy(value.Type, copies, (copy, count) =>
                guard.Accumulate(this.Operand(body, value, copy, count))));
        }

        foreach (Store store in body.Stores)
        {
            yield return (Math.Max(store.Value.Index, lastLoad), () =>
            {
                List<string> values = [];
                this.ForEachCopy(store.Value.Type, copies, (copy, count) => values.Add(this.Operand(body, store.Value, copy, count)));
                access.WriteStores(writer, store, values);
            });
        }

        foreach (PassReduction reduction in body.Reductions.Reverse())
        {
            int after = Math.Max(reduction.A.Index, reduction.B?.Index ?? 0);
            yield return (after, () => this.ForEachCopy(reduction.A.Type, copies, (copy, count) => accumulator.Add(
                body,
                reduction,
                copy,
                this.Operand(body, reduction.A, copy, count),
                reduction.B is { } b ? this.Operand(body, b, copy, count) : null,
                access.Mask(copy),
                isStraightLine)));
        }
    }

    private void ForEachCopy(ScalarType type, int copies, Action<int, int> write)
    {
        int count = ElementAccess.Copies(plan, type, copies);
        for (int copy = 0; copy < count; copy++)
        {
            write(copy, count);
        }
    }

    private void WriteStatement(KernelBody body, int index, int copies, ElementAccess access)
    {
        Instruction instruction = body.Instructions[index];
        if (IsInline(instruction))
        {
            return;
        }

        if (instruction.Comment is not null)
        {
            writer.Comment(instruction.Comment);
        }

        List<string> declarations = [];
        this.ForEachCopy(instruction.Type, copies, (copy, count) =>
            declarations.Add($"{Name(instruction, copy, count)} = {this.Expression(body, instruction, copy, count, access)}"));
        writer.Declare(api.Type(IsComparison(instruction) ? api.MaskType(instruction.Arguments[0].Type) : instruction.Type), declarations);
    }

    /// <summary>A copy of a value.</summary>
    private string Operand(KernelBody body, Value value, int copy, int count)
    {
        Instruction instruction = body[value];
        return (instruction.OpCode, instruction.Immediate) switch
        {
            (_, Immediate.Constant constant) => constants.Vector(api, instruction.Type, constant.Bits),
            (_, Immediate.Argument argument) => ArgumentVector(argument.Name),
            (OpCode.AsInteger or OpCode.AsFloating, _) => api.Reinterpret(
                instruction.Type, instruction.Arguments[0].Type, this.Operand(body, instruction.Arguments[0], copy, count)),
            _ when IsComparison(instruction) => api.Reinterpret(
                instruction.Type, api.MaskType(instruction.Arguments[0].Type), Name(instruction, copy, count)),
            _ => Name(instruction, copy, count),
        };
    }

    /// <summary>The name of the vector that has an argument in every lane.</summary>
    public static string ArgumentVector(string argument) => argument + "Vector";

    /// <summary>Whether a value stands where it is used, rather than in a statement of its own.</summary>
    private static bool IsInline(Instruction instruction) =>
        instruction.OpCode is OpCode.Constant or OpCode.Argument or OpCode.AsInteger or OpCode.AsFloating;

    private static bool IsComparison(Instruction instruction) =>
        instruction.OpCode is OpCode.LessThan or OpCode.LessThanOrEqual or OpCode.Equal;

    /// <summary>A blend by a mask that has the type of the blended lanes, or <see langword="null"/> where it has another.</summary>
    private string? BlendByComparison(KernelBody body, Value mask, ScalarType type, int copy, int count, string ifSet, string ifNot)
    {
        Instruction comparison = body[mask];
        return IsComparison(comparison) && api.MaskType(comparison.Arguments[0].Type) == type
            ? api.BlendByComparison(Name(comparison, copy, count), ifSet, ifNot)
            : null;
    }

    private static string Name(Instruction instruction, int copy, int count)
    {
        string name = instruction.Name;
        string separator = char.IsDigit(name[name.Length - 1]) ? "_" : string.Empty;
        return count == 1 ? name : name + separator + CSharp.Number(copy);
    }

    private string Expression(KernelBody body, Instruction instruction, int copy, int count, ElementAccess access)
    {
        EquatableArray<Value> arguments = instruction.Arguments;
        int shift = instruction.Immediate is Immediate.Shift immediate ? immediate.Count : 0;
        switch (instruction.OpCode)
        {
            case OpCode.Load:
                return access.Load(instruction.Type, copy, ((Immediate.Operand)instruction.Immediate!).Role);
            case OpCode.Widen or OpCode.WidenUpperUnmasked:
                string narrow = this.Operand(body, arguments[0], copy / 2, count / 2);
                bool isUpper = copy % 2 == 1;
                return plan.UsesEvenOddLanes && arguments[0].Type == ScalarType.Int16
                    ? api.WidenEvenOdd(narrow, isUpper, shift, unmasked: instruction.OpCode == OpCode.WidenUpperUnmasked)
                    : api.Widen(narrow, isUpper, shift);
            case OpCode.Narrow:
                string lower = this.Operand(body, arguments[0], 2 * copy, 2 * count);
                string upper = this.Operand(body, arguments[0], (2 * copy) + 1, 2 * count);
                return plan.UsesEvenOddLanes && instruction.Type == ScalarType.Int16
                    ? api.NarrowEvenOdd(lower, upper)
                    : api.Narrow(lower, upper);
            case OpCode.AndNot:
                string masked = this.Operand(body, arguments[0], copy, count);
                string mask = api.Reinterpret(instruction.Type, arguments[1].Type, this.Operand(body, arguments[1], copy, count));
                return this.BlendByComparison(body, arguments[1], instruction.Type, copy, count, api.Zero(instruction.Type), masked)
                    ?? api.Call(OpCode.AndNot, 0, masked, mask);
            case OpCode.Select:
                string ifSet = this.Operand(body, arguments[1], copy, count);
                string ifNot = this.Operand(body, arguments[2], copy, count);
                return this.BlendByComparison(body, arguments[0], instruction.Type, copy, count, ifSet, ifNot)
                    ?? api.Blend(instruction.Type, this.Operand(body, arguments[0], copy, count), ifSet, ifNot);
            default:
                return api.Call(
                    instruction.OpCode, shift, [.. arguments.Select(argument => this.Operand(body, argument, copy, count))]);
        }
    }
}
