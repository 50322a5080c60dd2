using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>Spells calls of the passes over one row, whose results become the arguments of later passes.</summary>
internal sealed class RowPassCalls(SourceWriter writer, KernelPlan plan, RowProgram program, IReadOnlyList<PassWriter> passes)
{
    public const string Row = "row";
    public const string GradientScale = "gradientScale";
    public const string InverseTemperature = "inverseTemperature";

    /// <summary>The variable that tells whether the gradient's memory is used between passes.</summary>
    public const string KeepsGradient = "keepsGradient";

    private string Temperature => program.HasTemperature ? InverseTemperature : "1";

    private string RoundsToSingle => plan.ComputeType == ScalarType.Single ? "roundsToSingle: true" : "roundsToSingle: false";

    /// <summary>
    /// The argument that says what the exponentials of two rows of logits are, if there is one: the constructor without it is for powers of two
    /// without a bound of both ranges.
    /// </summary>
    public static IEnumerable<string> PowersOfTwoArgument(RowProgram program) => program switch
    {
        { Normalizer: RowNormalizer.Pair, BoundsBothRanges: true } => [program.UsesPowersOfTwo ? "powersOfTwo: true" : "powersOfTwo: false"],
        _ => [],
    };

    public PassWriter? Find(string name) => passes.FirstOrDefault(pass => pass.Pass.Name == name);

    /// <summary>Writes the pass that finds the extremes of the logits, and what is known of the row then.</summary>
    public void WriteExtremes(string type)
    {
        PassWriter extremes = this.Find(PassNames.Extremes)!;
        this.Declare(extremes);
        writer.Line(this.Call(extremes) + ";");
        IEnumerable<string> arguments = new[] { this.Temperature, Totals(extremes), this.RoundsToSingle }.Concat(PowersOfTwoArgument(program));
        writer.Line($"{type} {Row} = new({string.Join(", ", arguments)});");
    }

    /// <summary>Writes the pass that adds up exponentials, and returns it.</summary>
    public PassWriter WriteSums(PassWriter? kept)
    {
        PassWriter sums = this.Find(PassNames.Sums)!;
        this.Declare(sums);
        this.WriteChoice(sums, this.Find(PassNames.Sums + PassNames.Slow)!, kept, string.Empty);
        writer.Line();
        return sums;
    }

    /// <summary>Writes the call of one pass or another, after what is known of the row.</summary>
    public void WriteChoice(PassWriter fast, PassWriter slow, PassWriter? kept, string keptCondition)
    {
        if (kept is not null)
        {
            using (writer.Block($"if ({KeepsGradient}{keptCondition})"))
            {
                writer.Line(this.Call(kept) + ";");
            }
        }

        using (writer.Block($"{(kept is null ? string.Empty : "else ")}if ({Row}.IsOrdinary)"))
        {
            writer.Line(this.Call(fast) + ";");
        }

        using (writer.Block("else"))
        {
            writer.Line(this.Call(slow) + ";");
        }
    }

    /// <summary>Declares whether the lone gradient's memory is used between passes: where it is in no other operand's.</summary>
    public void DeclareKeepsGradient()
    {
        // Data of another type is never exactly the same memory.
        Operand gradient = plan.Destinations.Single();
        string[] conditions =
        [
            .. plan.Operands
                .Where(operand => !operand.IsDestination && operand.Stored == gradient.Stored)
                .Select(operand => $"!Unsafe.AreSame(ref {gradient.Name}, ref {operand.Name})"),
        ];
        writer.Comment("The gradient's memory keeps what the results need of the exponentials, unless it is an operand's.");
        writer.Line($"bool {KeepsGradient} = {(conditions.Length > 0 ? string.Join(" && ", conditions) : "true")};");
    }

    /// <summary>Declares the accumulators that a pass adds to.</summary>
    public void Declare(PassWriter pass)
    {
        foreach (SumParameter sum in pass.Accumulator.Sums)
        {
            writer.Line($"{sum.Type} {sum.Name} = new();");
        }
    }

    /// <summary>The sums of a pass, as arguments.</summary>
    public static string Totals(PassWriter pass) => string.Join(", ", pass.Accumulator.Sums.Select(sum => sum.Name + ".Total"));

    /// <summary>A call of a pass.</summary>
    public string Call(PassWriter pass)
    {
        Dictionary<string, string> values = pass.Pass.Arguments.OfType<RowArgument>().ToDictionary(
            argument => argument.Name,
            argument => pass.Pass.ArgumentsVary ? VectorApi.Scalable.Broadcast(argument.Type, this.Value(argument)) : this.Value(argument));
        string call = pass.Methods.Run.CallOn(
            operand => "ref " + operand.Name, name => values.TryGetValue(name, out string value) ? value : name, "length");
        return program.CutsLongRows ? RowThreadsWriter.Call(call) : call;
    }

    /// <summary>The expression of an argument, in its type.</summary>
    private string Value(RowArgument argument)
    {
        string gradientScale = program.HasTemperature ? $"{GradientScale} * {InverseTemperature}" : GradientScale;
        string value = argument.Statistic switch
        {
            RowStatistic.InverseTemperature => InverseTemperature,
            RowStatistic.Loss => "loss",
            RowStatistic.Sum when program.Normalizer == RowNormalizer.Pair => $"{Row}.MeanOf({argument.Name}.Total)",
            RowStatistic.Sum when argument.Name == SumNames.Derivatives && plan.Accumulation == Accumulation.Fast => argument.Name,
            RowStatistic.Sum => argument.Name + ".Total",
            RowStatistic.OtherUpstreamSum => $"{Row}.PerOtherSum({SumNames.Upstream}.Total)",
            RowStatistic.LossScale when program.Normalizer != RowNormalizer.Pair => "lossScale",
            RowStatistic.LossScale => $"lossScale * {Row}.InverseSum",
            RowStatistic.GradientScale => $"{gradientScale} * {Row}.InverseSum",
            RowStatistic.OtherGradientScale => $"{gradientScale} * {Row}.InverseOtherSum",
            RowStatistic.SumsGradientScale => $"{gradientScale} * {Row}.InverseSumsTotal",
            _ => $"{Row}.{argument.Statistic}",
        };
        bool isProduct = value.Contains('*');
        value = !argument.Negated ? value : isProduct ? $"-({value})" : "-" + value;
        bool isConverted = argument.Type != ScalarType.Double && argument.Statistic != RowStatistic.InverseTemperature;
        return !isConverted ? value : isProduct || argument.Negated ? $"({CSharp.Keyword(argument.Type)})({value})" : $"({CSharp.Keyword(argument.Type)}){value}";
    }
}
