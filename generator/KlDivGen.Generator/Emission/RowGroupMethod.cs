using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>A method that computes a group of rows: its declaration and its calls, which agree because both come from here.</summary>
internal sealed class RowGroupMethod(KernelPlan plan, RowProgram program, string name)
{
    /// <summary>The type of what the user's method knows of a group.</summary>
    public const string GroupType = "RowLanes";

    /// <summary>The parameter of that type.</summary>
    public const string Group = "lanes";

    /// <summary>The declaration without modifiers. The method returns whether it has computed the group.</summary>
    public string Declaration
    {
        get
        {
            IEnumerable<string> parameters = plan.Operands.Select(operand => $"ref {CSharp.Keyword(operand.Stored)} {operand.Name}")
                .Concat(["nuint length"])
                .Concat(program.HasTemperature ? [$"{CSharp.Keyword(plan.ComputeType)} {RowPassCalls.InverseTemperature}"] : [])
                .Concat([$"{GroupType} {Group}"]);
            return $"bool {name}({string.Join(", ", parameters)})";
        }
    }

    /// <summary>A call from another method that computes a group.</summary>
    public string Call() => this.Call(operand => "ref " + operand.Name, "length", RowPassCalls.InverseTemperature, Group);

    /// <summary>A call.</summary>
    /// <param name="operand">The reference to the group's first row of an operand, with <c>ref</c>.</param>
    /// <param name="length">The length of a row.</param>
    /// <param name="inverseTemperature">The caller's name of 1/T.</param>
    /// <param name="group">The caller's name of the group.</param>
    public string Call(Func<Operand, string> operand, string length, string inverseTemperature, string group)
    {
        IEnumerable<string> arguments = plan.Operands.Select(operand)
            .Concat([length])
            .Concat(program.HasTemperature ? [inverseTemperature] : [])
            .Concat([group]);
        return $"{name}({string.Join(", ", arguments)})";
    }
}
