using System.Globalization;
using System.Text;
using KlDivGen.Generator.Model;

namespace KlDivGen.Generator.Plan;

/// <summary>Prints a plan for people: in test snapshots and in a debugger.</summary>
internal static class PlanPrinter
{
    private const int NameWidth = 24;

    public static string Print(KernelPlan plan)
    {
        StringBuilder text = new();
        Line($"kernel in {Lower(plan.ComputeType)}, {(plan.IsFused ? "fused" : "unfused")}, divided by {Lower(plan.Divisor)}");
        foreach (Operand operand in plan.Operands)
        {
            Line($"{(operand.IsDestination ? "writes" : "reads")} {operand.Name} of {operand.Element.DisplayName()}");
        }

        foreach (Scale scale in plan.Scales)
        {
            Line($"given {scale.Name} of {Lower(scale.Type)}{(scale.Negated ? ", negated" : string.Empty)}");
        }

        if (plan.Rows is { Grouping: not RowGrouping.None and var grouping })
        {
            Line($"rows in groups{(grouping == RowGrouping.TransposedIfShort ? ", transposed if they are short" : string.Empty)}");
        }

        foreach (Pass pass in plan.Passes)
        {
            string wide = !pass.HasWideLoop ? ", not at 512 bits"
                : pass.WideUnroll == pass.Unroll ? string.Empty
                : $", {pass.WideUnroll} times at 512 bits";
            string order = pass.HasReductions ? $", {Lower(pass.Accumulation)} accumulation" : string.Empty;
            Line($"pass over {Lower(pass.Axis)}, unrolled {pass.Unroll} times{wide}{order}");
            Line("  fast path");
            Body(pass.FastPath);
            if (pass.WideFastPath is { } wideFastPath)
            {
                Line("  fast path at 512 bits");
                Body(wideFastPath);
            }

            if (pass.SlowPath is { } slow)
            {
                Line("  slow path");
                Body(slow);
            }
        }

        return text.ToString();

        void Line(string line) => text.Append(line).Append('\n');

        void Body(KernelBody body)
        {
            foreach (Instruction instruction in body.Instructions)
            {
                bool isConstant = instruction.Immediate is Immediate.Constant;
                if (instruction.Comment is not null && !isConstant)
                {
                    Line($"    // {instruction.Comment}");
                }

                string comment = instruction.Comment is not null && isConstant ? $"  // {instruction.Comment}" : string.Empty;
                string statement = $"{Lower(instruction.Type).PadRight(7)}= {Operation(body, instruction)}";
                Line($"    {instruction.Name.PadRight(NameWidth)} {statement}{comment}");
            }

            foreach (Guard guard in body.Guards)
            {
                Line($"    guard {Guard(body, guard)}");
            }

            foreach (PassReduction reduction in body.Reductions)
            {
                string value = Name(body, reduction.A) + (reduction.B is { } b ? " · " + Name(body, b) : string.Empty);
                string lowOrder = reduction.LowOrder is { } low ? $", times {Name(body, low.Weight)} added to {low.Of}"
                    : reduction.Includes is { } other ? $", and {other}"
                    : string.Empty;
                Line($"    reduce {reduction.Name} = {reduction.Op.Name} of {value}{lowOrder}");
            }

            foreach (Store store in body.Stores)
            {
                Line($"    store {store.Destination.Info().Name} = {Name(body, store.Value)}");
            }
        }
    }

    private static string Operation(KernelBody body, Instruction instruction)
    {
        string arguments = string.Join(", ", instruction.Arguments.Select(value => Name(body, value)));
        string immediate = instruction.Immediate switch
        {
            Immediate.Constant constant => Constant(instruction.Type, constant.Bits),
            Immediate.Operand operand => operand.Role.Info().Name,
            Immediate.Argument argument => argument.Name,
            Immediate.Shift { Count: > 0 } shift => "by " + shift.Count.ToString(CultureInfo.InvariantCulture),
            _ => string.Empty,
        };
        return string.Join(" ", new[] { Lower(instruction.OpCode), arguments, immediate }.Where(part => part.Length > 0));
    }

    private static string Guard(KernelBody body, Guard guard) => guard switch
    {
        Plan.Guard.ForbiddenBits bits => $"no {Name(body, bits.Value)} has bits of {bits.Mask:X}",
        Plan.Guard.UpperBound bound => $"no {Name(body, bound.Value)} exceeds {bound.Bound:X}",
        Plan.Guard.Finite finite => $"every {Name(body, finite.Value)} is finite",
        Plan.Guard.FiniteSum => "the sum is finite",
        Plan.Guard.SumMagnitude magnitude => $"the sum outweighs subnormal targets, by {Name(body, magnitude.TargetBits)}",
        _ => throw new InvalidOperationException($"{guard} cannot be printed."),
    };

    private static string Constant(ScalarType type, long bits) => type switch
    {
        ScalarType.Single => BitConverter.ToSingle(BitConverter.GetBytes((int)bits), 0).ToString("G9", CultureInfo.InvariantCulture),
        ScalarType.Double => BitConverter.Int64BitsToDouble(bits).ToString("G17", CultureInfo.InvariantCulture),
        ScalarType.Int64 => "0x" + bits.ToString("X16", CultureInfo.InvariantCulture),
        _ => "0x" + ((int)bits).ToString("X8", CultureInfo.InvariantCulture),
    };

    private static string Name(KernelBody body, Value value) => body[value].Name;

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
