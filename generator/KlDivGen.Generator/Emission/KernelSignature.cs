using KlDivGen.Generator.Planning;

namespace KlDivGen.Generator.Emission;

/// <summary>What the methods of a kernel are given, as parameters or as arguments: operands, scales, and the sum to add to, if any.</summary>
internal sealed class KernelSignature(KernelPlan plan, SumWriter sum)
{
    /// <summary>The operands as parameters or as arguments, each with <c>ref</c>, and a comma after it.</summary>
    public string References(bool declare) => string.Concat(plan.Operands.Select(o =>
        $"ref {(declare ? Spelling.Scalar(Storage.LaneOf(o.Element)) + " " : string.Empty)}{Spelling.Operand(o.Role)}, "));

    /// <summary>The operands as arguments from an index on.</summary>
    public string ReferencesFrom(string start) => string.Concat(plan.Operands.Select(o => $"ref Unsafe.Add(ref {Spelling.Operand(o.Role)}, {start}), "));

    /// <summary>The copies of the operands in rooms, as arguments.</summary>
    public string Rooms() => string.Concat(plan.Operands.Select(o => $"ref MemoryMarshal.GetReference({Spelling.Operand(o.Role)}Room), "));

    /// <summary>The scales of the gradients and the sum, as parameters or as arguments, each with a comma before it.</summary>
    public string Rest(bool declare, bool withCarefully = true, bool withSum = true)
    {
        IEnumerable<string> parts = plan.Scales.Select(scale => declare ? $"{Spelling.Scalar(plan.Compute)} {scale}" : scale);
        if (withCarefully && plan.MayStartCarefully)
        {
            parts = parts.Append(declare ? "bool carefully" : "carefully");
        }

        if (withSum && sum.Passed is { } type)
        {
            parts = parts.Append(declare ? $"ref {type} sum" : "ref sum");
        }

        return string.Concat(parts.Select(part => ", " + part));
    }

    /// <summary>The same for a careful method.</summary>
    public string CarefulRest(bool declare) => this.Rest(declare, withCarefully: false, withSum: sum.CarefulTakesSum);
}
