using System.Globalization;
using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// Spells the method that computes a group of short rows side by side. The group is transposed, so that each row has a lane of every vector;
/// then the passes over a row run over the whole group, with arguments and sums that differ from lane to lane.
/// </summary>
internal sealed class RowLanesWriter(SourceWriter writer, KernelPlan plan, RowProgram program, IReadOnlyList<PassWriter> passes)
{
    public const string MethodName = "RunLanes";

    /// <summary>The type of what the user's method knows of a group.</summary>
    public const string GroupType = "RowLanes";

    private const string Group = "lanes";
    private const string Rows = "rows";
    private const string Mixture = "mixture";
    private const string InverseTemperature = "inverseTemperature";

    private readonly Operand[] operands = [.. plan.Operands];

    /// <summary>The number of operands, each of which needs memory for a group.</summary>
    public int OperandCount => this.operands.Length;

    private string Temperature => program.HasTemperature ? InverseTemperature : "1";

    /// <summary>A call of the method.</summary>
    /// <param name="operand">The reference to the group's first row of an operand, with <c>ref</c>.</param>
    /// <param name="length">The length of a row.</param>
    /// <param name="inverseTemperature">The caller's name of 1/T.</param>
    /// <param name="group">The caller's name of the group.</param>
    public string Call(Func<Operand, string> operand, string length, string inverseTemperature, string group)
    {
        IEnumerable<string> arguments = this.operands.Select(operand)
            .Concat([length])
            .Concat(program.HasTemperature ? [inverseTemperature] : [])
            .Concat([group]);
        return $"{MethodName}({string.Join(", ", arguments)})";
    }

    public void Write()
    {
        IEnumerable<string> parameters = this.operands.Select(operand => $"ref {CSharp.Keyword(operand.Stored)} {operand.Name}")
            .Concat(["nuint length"])
            .Concat(program.HasTemperature ? [$"{CSharp.Keyword(plan.ComputeType)} {InverseTemperature}"] : [])
            .Concat([$"{GroupType} {Group}"]);
        using (writer.Block($"public static bool {MethodName}({string.Join(", ", parameters)})"))
        {
            for (int k = 0; k < this.operands.Length; k++)
            {
                Operand operand = this.operands[k];
                string memory = operand.IsDestination
                    ? $"GetOperand({CSharp.Number(k)}, length)"
                    : $"Load({CSharp.Number(k)}, ref {operand.Name}, length)";
                writer.Line($"ref {CSharp.Keyword(operand.Stored)} {Lanes(operand)} = ref {Group}.{memory};");
            }

            PassWriter extremes = this.Find(PassNames.Extremes)!;
            this.WriteRun(extremes);
            IEnumerable<string> arguments = extremes.Accumulator.Sums.Select(sum => sum.Name).Concat(RowPassCalls.PowersOfTwoArgument(program));
            writer.Line($"LogitPairLanes {Rows} = new({this.Temperature}, {string.Join(", ", arguments)});");
            this.WriteReturn();
            writer.Comment("Again, with better offsets, in the rare case that the first ones would cost digits.");
            writer.Line("bool isComplete = false;");
            using (writer.Block("while (!isComplete)"))
            {
                PassWriter normalizer = this.Find(PassNames.Sums + PassNames.Kept) ?? this.Find(PassNames.Sums)!;
                this.WriteRun(normalizer);
                writer.Line($"isComplete = !{Rows}.Update({string.Join(", ", normalizer.Accumulator.Sums.Select(sum => sum.Name))});");
            }

            writer.Line();
            this.WriteReturn();
            string losses = Rows;
            if (this.Find(PassNames.Mixture) is { } mixture)
            {
                losses = Mixture;
                this.WriteRun(mixture);
                string beta = program.Beta.ToString("R", CultureInfo.InvariantCulture);
                writer.Line($"LogitMixtureLanes {Mixture} = new({beta}, {Rows}, {string.Join(", ", mixture.Accumulator.Sums.Select(sum => sum.Name))});");
            }

            if ((this.Find(PassNames.Results + PassNames.Kept) ?? this.Find(PassNames.Results)) is { } results)
            {
                this.WriteRun(results);
                foreach (Operand operand in this.operands.Where(operand => operand.IsDestination))
                {
                    writer.Line($"{GroupType}.Store(ref {Lanes(operand)}, ref {operand.Name}, length);");
                }
            }

            writer.Line($"{losses}.StoreLosses({Group}.Losses);");
            writer.Line("return true;");
        }
    }

    private static string Lanes(Operand operand) => operand.Name + "Lanes";

    private PassWriter? Find(string name) => passes.FirstOrDefault(pass => pass.Pass.Name == name);

    private void WriteReturn()
    {
        using (writer.Block($"if (!{Rows}.AreOrdinary)"))
        {
            writer.Line("return false;");
        }

        writer.Line();
    }

    /// <summary>Writes a pass over the group, and the sums that it adds to.</summary>
    private void WriteRun(PassWriter pass)
    {
        foreach (SumParameter sum in pass.Accumulator.Sums)
        {
            writer.Line($"{sum.Type} {sum.Name} = new();");
        }

        Dictionary<string, string> values = pass.Pass.Arguments.OfType<RowArgument>().ToDictionary(argument => argument.Name, this.Value);
        string length = $"length * (nuint){VectorApi.Scalable.Count(plan.ComputeType)}";
        writer.Line(pass.Methods.Run.CallOn(
            operand => "ref " + Lanes(operand), name => values.TryGetValue(name, out string value) ? value : name, length) + ";");
    }

    /// <summary>The expression of an argument: a vector with a number for each row.</summary>
    private string Value(RowArgument argument)
    {
        string scales = $"({Group}.GradientScales, {this.Temperature})";
        string value = argument.Statistic switch
        {
            RowStatistic.InverseTemperature => VectorApi.Scalable.Broadcast(argument.Type, InverseTemperature),
            RowStatistic.GradientScale or RowStatistic.OtherGradientScale or RowStatistic.SumsGradientScale =>
                $"{Rows}.Get{argument.Statistic}{scales}",
            RowStatistic.FirstLoss or RowStatistic.SecondLoss => $"{Mixture}.{argument.Statistic}",
            _ => $"{Rows}.{argument.Statistic}",
        };
        return argument.Negated ? "-" + value : value;
    }
}
