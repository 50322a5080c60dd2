using System.Globalization;
using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// Spells the method that computes one row: passes whose results become the arguments of later passes. It returns the row's loss, without
/// weight and factor.
/// </summary>
internal sealed class RowWriter(SourceWriter writer, KernelPlan plan, RowProgram program, IReadOnlyList<PassWriter> passes)
{
    public const string MethodName = "RunRow";

    private const string Row = RowPassCalls.Row;
    private const string ForceSlowPath = "forceSlowPath";
    private const string GradientScale = RowPassCalls.GradientScale;
    private const string InverseTemperature = RowPassCalls.InverseTemperature;

    private readonly RowPassCalls calls = new(writer, plan, program, passes);

    /// <summary>How groups of rows are computed, or <see langword="null"/> where each row is computed alone.</summary>
    public RowGroupWriter? Groups { get; } = program.Grouping != RowGrouping.None ? new RowGroupWriter(writer, plan, program, passes) : null;

    /// <summary>The numbers that the method is given, besides the operands and the length.</summary>
    public IReadOnlyList<Argument> Arguments
    {
        get
        {
            List<Argument> arguments = [];
            if (program.HasTemperature)
            {
                arguments.Add(new Argument(InverseTemperature, plan.ComputeType));
            }

            if (this.Uses(RowStatistic.LossScale))
            {
                arguments.Add(new Argument("lossScale", ScalarType.Double));
            }

            if (this.Uses(RowStatistic.GradientScale) || this.Uses(RowStatistic.OtherGradientScale) || plan.Scales.Any())
            {
                arguments.Add(new Argument(GradientScale, ScalarType.Double));
            }

            if (program.CutsLongRows)
            {
                arguments.Add(new Argument(RowThreadsWriter.Threads, ScalarType.Int32));
            }

            return arguments;
        }
    }

    /// <summary>The methods, each with what it does.</summary>
    public IEnumerable<(string Name, string Text)> Map => RowMethodMap.Of(plan, program);

    /// <summary>Whether the method returns the row's loss.</summary>
    public bool ReturnsLoss => program.Normalizer == RowNormalizer.Pair
        || this.ElementPasses.Any(pass => pass.Pass.HasReductions);

    /// <summary>The passes that take each element for itself, after the normalizer of the row's logits.</summary>
    private IEnumerable<PassWriter> ElementPasses => passes.Where(pass => pass.Pass.Name is PassNames.Elements or PassNames.Gradients);

    /// <summary>A call of the method.</summary>
    /// <param name="operand">The reference to an operand, with <c>ref</c>.</param>
    /// <param name="argument">The caller's expression for an argument or for <c>forceSlowPath</c>.</param>
    /// <param name="length">The length of the row.</param>
    public string Call(Func<Operand, string> operand, Func<string, string> argument, string length) =>
        $"{MethodName}({string.Join(", ", plan.Operands.Select(operand)
            .Concat([length])
            .Concat(this.Arguments.Select(a => argument(a.Name)))
            .Concat(plan.CanForceSlowPath ? [argument(ForceSlowPath)] : []))})";

    public void Write()
    {
        IEnumerable<string> parameters = plan.Operands
            .Select(operand => $"ref {CSharp.Keyword(operand.Stored)} {operand.Name}")
            .Concat(["nuint length"])
            .Concat(this.Arguments.Select(argument => $"{CSharp.Keyword(argument.Type)} {argument.Name}"))
            .Concat(plan.CanForceSlowPath ? ["bool " + ForceSlowPath] : []);
        using (writer.Block($"public static {(this.ReturnsLoss ? "double" : "void")} {MethodName}({string.Join(", ", parameters)})"))
        {
            if (program.Normalizer == RowNormalizer.Pair)
            {
                this.WritePair();
            }
            else
            {
                this.WriteElements();
            }
        }

        if (this.Groups is { } groups)
        {
            writer.Line();
            groups.Write();
        }

        foreach (PassWriter pass in program.CutsLongRows ? passes : [])
        {
            writer.Line();
            new RowThreadsWriter(writer, plan, pass).Write();
        }
    }

    private bool Uses(RowStatistic statistic) => passes
        .SelectMany(pass => pass.Pass.Arguments)
        .OfType<RowArgument>()
        .Any(argument => argument.Statistic == statistic);

    private void WritePair()
    {
        this.calls.WriteExtremes("LogitPair");
        PassWriter? kept = this.calls.Find(PassNames.Sums + PassNames.Kept);
        if (kept is not null)
        {
            this.calls.DeclareKeepsGradient();
        }

        writer.Comment("Repeated with a better offset, or on the slow path, where digits would be lost.");
        writer.Line($"bool isComplete = !{Row}.IsDefined;");
        using (writer.Block("while (!isComplete)"))
        {
            if (kept is not null)
            {
                writer.Line($"{RowPassCalls.KeepsGradient} &= {Row}.IsOrdinary;");
            }

            PassWriter sums = this.calls.WriteSums(kept);
            writer.Line($"isComplete = !{Row}.Update({RowPassCalls.Totals(sums)});");
        }

        if (this.calls.Find(PassNames.Mixture) is { } mixture)
        {
            writer.Line();
            this.calls.Declare(mixture);
            this.calls.WriteChoice(mixture, this.calls.Find(PassNames.Mixture + PassNames.Slow)!, kept: null, string.Empty);
            writer.Line($"{Row}.UpdateMixture({program.Beta.ToString("R", CultureInfo.InvariantCulture)}, {RowPassCalls.Totals(mixture)});");
        }

        if (this.calls.Find(PassNames.Derivatives) is { } derivatives)
        {
            writer.Line();
            this.calls.Declare(derivatives);
            this.calls.WriteChoice(derivatives, this.calls.Find(PassNames.Derivatives + PassNames.Slow)!, kept: null, string.Empty);
        }

        if (this.calls.Find(PassNames.Results) is { } results)
        {
            writer.Line();
            this.calls.WriteChoice(results, this.calls.Find(PassNames.Results + PassNames.Slow)!, this.calls.Find(PassNames.Results + PassNames.Kept), $" && {Row}.IsDefined");
        }

        writer.Line();
        writer.Line($"return {Row}.Loss;");
    }

    /// <summary>Writes the passes of a row whose losses are those of its elements, after the normalizer of its logits, if it has some.</summary>
    private void WriteElements()
    {
        if (program.Normalizer == RowNormalizer.One)
        {
            this.calls.WriteExtremes("LogitRow");
            PassWriter sums = this.calls.WriteSums(kept: null);
            writer.Line($"{Row}.Update({sums.Accumulator.Sums[0].Name}.Total);");
        }

        if (this.calls.Find(PassNames.Derivatives) is { } derivatives)
        {
            this.calls.Declare(derivatives);
            string sum = derivatives.Accumulator.Sums.Count > 0 ? string.Empty : $"double {SumNames.Derivatives} = ";
            writer.Line($"{sum}{this.calls.Call(derivatives)};");
        }

        PassWriter[] elements = [.. this.ElementPasses];
        foreach (Scale scale in plan.Scales)
        {
            string type = CSharp.Keyword(scale.Type);
            bool isDivided = program.HasTemperature && scale.IsOfLogits;
            string value = (scale.Negated ? "-" : string.Empty) + (isDivided ? $"({GradientScale} * {InverseTemperature})" : GradientScale);
            writer.Line($"{type} {scale.Name} = {(scale.Type == ScalarType.Double ? value : $"({type})({value})")};");
            if (plan.CanForceSlowPath)
            {
                writer.Line($"{ForceSlowPath} |= !{type}.IsFinite({scale.Name});");
            }
        }

        foreach (PassWriter pass in elements)
        {
            this.calls.Declare(pass);
            string call = this.calls.Call(pass);
            bool isLast = pass == elements[elements.Length - 1];
            if (!pass.Pass.HasReductions)
            {
                writer.Line(call + ";");
            }
            else if (pass.Accumulator.Sums.Count > 0)
            {
                writer.Line(call + ";");
                writer.Line(isLast ? $"return {pass.Accumulator.Sums[0].Name}.Total;" : $"double loss = {pass.Accumulator.Sums[0].Name}.Total;");
            }
            else
            {
                writer.Line(isLast ? $"return {call};" : $"double loss = {call};");
            }

            if (isLast && !pass.Pass.HasReductions && this.ReturnsLoss)
            {
                writer.Line("return loss;");
            }
        }
    }
}
