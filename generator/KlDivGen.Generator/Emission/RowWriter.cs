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
    private const string MethodName = "RunRow";
    private const string Row = "row";
    private const string ForceSlowPath = "forceSlowPath";
    private const string DerivativeSum = "derivativeSum";
    private const string GradientScale = "gradientScale";
    private const string InverseTemperature = "inverseTemperature";

    private readonly bool isSingle = plan.ComputeType == ScalarType.Single;

    /// <summary>How short rows are computed side by side, or <see langword="null"/> where each row is computed alone.</summary>
    public RowLanesWriter? Lanes { get; } = program.UsesLanes ? new RowLanesWriter(writer, plan, program, passes) : null;

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

    /// <summary>The passes with what they compute, and the methods that each of them has.</summary>
    public IEnumerable<(string Name, string Text)> Map =>
    [
        (MethodName, "computes one row: the passes below, in this order."),
        .. program.UsesLanes
            ? [(RowLanesWriter.MethodName, "the same for short rows, as many as a vector has lanes: each row has a lane.")]
            : Array.Empty<(string, string)>(),
        .. passes.Select(pass => (pass.Pass.Name, Purpose(pass.Pass.Name))),
        .. program.CutsLongRows
            ? [("...OnThreads", "a pass over a long row, in pieces that several threads take.")]
            : Array.Empty<(string, string)>(),
        ("...Blocks", $"main loop of a pass, {CSharp.Number(passes[0].Pass.Unroll)} vectors an iteration."),
        ("...Blocks512", "the same over 512-bit vectors, where they are wider than Vector<T>."),
        .. plan.Passes.Any(pass => pass.SlowPath is not null)
            ? [("...Slow", "where guards find special values, such as zeros, subnormals, ∞ or NaN.")]
            : Array.Empty<(string, string)>(),
        ("...Tail", "the last elements, with masks."),
        ("...Short", "fewer elements: copies them to padded stack buffers for the tail."),
    ];

    /// <summary>Whether the method returns the row's loss.</summary>
    public bool ReturnsLoss => program.Normalizer == RowNormalizer.Pair
        || this.ElementPasses.Any(pass => pass.Pass.HasReductions);

    private ParameterRole Second => program.First == ParameterRole.Input ? ParameterRole.Target : ParameterRole.Input;

    /// <summary>The passes that take each element for itself, after the normalizer of the row's logits.</summary>
    private IEnumerable<PassWriter> ElementPasses => passes.Where(pass => pass.Pass.Name is PassNames.Elements or PassNames.Gradients);

    private string Temperature => program.HasTemperature ? InverseTemperature : "1";

    private string RoundsToSingle => this.isSingle ? "roundsToSingle: true" : "roundsToSingle: false";

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

        if (this.Lanes is { } lanes)
        {
            writer.Line();
            lanes.Write();
        }

        foreach (PassWriter pass in program.CutsLongRows ? passes : [])
        {
            writer.Line();
            new RowThreadsWriter(writer, plan, pass).Write();
        }
    }

    private static string Purpose(string pass) => pass switch
    {
        PassNames.Extremes => "the maximum and the minimum of the logits.",
        PassNames.Sums => "the sums that normalize the row.",
        PassNames.Sums + PassNames.Slow => "the same for a row that is not ordinary: infinite, or of a wide range.",
        PassNames.Sums + PassNames.Kept => "the same, and keeps the gradient without its factor in its own memory.",
        PassNames.Mixture => "the divergences of both sides from their mixture.",
        PassNames.Mixture + PassNames.Slow => "the same for a row that is not ordinary.",
        PassNames.Derivatives => "the sums of the derivatives by log-probabilities.",
        PassNames.Derivatives + PassNames.Slow => "the same for a row that is not ordinary.",
        PassNames.Results => "stores losses and gradients.",
        PassNames.Results + PassNames.Slow => "the same for a row that is not ordinary.",
        PassNames.Results + PassNames.Kept => "the gradient from what was kept of it.",
        PassNames.Gradients => "stores gradients, which need the loss of the row.",
        _ => "the losses and gradients of the elements.",
    };

    private bool Uses(RowStatistic statistic) => passes
        .SelectMany(pass => pass.Pass.Arguments)
        .OfType<RowArgument>()
        .Any(argument => argument.Statistic == statistic);

    private PassWriter? Find(string name) => passes.FirstOrDefault(pass => pass.Pass.Name == name);

    private void WritePair()
    {
        this.WriteExtremes("LogitPair", [program.First, this.Second]);
        PassWriter? kept = this.Find(PassNames.Sums + PassNames.Kept);
        if (kept is not null)
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
            writer.Line($"bool keepsGradient = {(conditions.Length > 0 ? string.Join(" && ", conditions) : "true")};");
        }

        writer.Comment("Again, with a better offset, in the rare case that the first one would cost digits.");
        writer.Line($"bool isComplete = !{Row}.IsDefined;");
        using (writer.Block("while (!isComplete)"))
        {
            if (kept is not null)
            {
                writer.Line($"keepsGradient &= {Row}.IsOrdinary;");
            }

            PassWriter sums = this.WriteSums(kept);
            writer.Line($"isComplete = !{Row}.Update({Totals(sums)});");
        }

        if (this.Find(PassNames.Mixture) is { } mixture)
        {
            writer.Line();
            this.Declare(mixture);
            this.WriteChoice(mixture, this.Find(PassNames.Mixture + PassNames.Slow)!, kept: null, string.Empty);
            writer.Line($"{Row}.UpdateMixture({program.Beta.ToString("R", CultureInfo.InvariantCulture)}, {Totals(mixture)});");
        }

        if (this.Find(PassNames.Derivatives) is { } derivatives)
        {
            writer.Line();
            this.Declare(derivatives);
            this.WriteChoice(derivatives, this.Find(PassNames.Derivatives + PassNames.Slow)!, kept: null, string.Empty);
        }

        if (this.Find(PassNames.Results) is { } results)
        {
            writer.Line();
            this.WriteChoice(results, this.Find(PassNames.Results + PassNames.Slow)!, this.Find(PassNames.Results + PassNames.Kept), $" && {Row}.IsDefined");
        }

        writer.Line();
        writer.Line($"return {Row}.Loss;");
    }

    /// <summary>Writes the passes of a row whose losses are those of its elements, after the normalizer of its logits, if it has some.</summary>
    private void WriteElements()
    {
        if (program.Normalizer == RowNormalizer.One)
        {
            this.WriteExtremes("LogitRow", [program.First]);
            PassWriter sums = this.WriteSums(kept: null);
            writer.Line($"{Row}.Update({sums.Accumulator.Sums[0].Name}.Total);");
        }

        if (this.Find(PassNames.Derivatives) is { } derivatives)
        {
            this.Declare(derivatives);
            string sum = derivatives.Accumulator.Sums.Count > 0 ? string.Empty : $"double {DerivativeSum} = ";
            writer.Line($"{sum}{this.Call(derivatives)};");
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
            this.Declare(pass);
            string call = this.Call(pass);
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

    private void WriteExtremes(string type, ParameterRole[] roles)
    {
        PassWriter extremes = this.Find(PassNames.Extremes)!;
        this.Declare(extremes);
        writer.Line(this.Call(extremes) + ";");
        IEnumerable<string> arguments = roles
            .SelectMany(role => new[] { $"{role.Info().Name}Maximum.Total", $"{role.Info().Name}Minimum.Total" })
            .Concat(["total.Total", this.RoundsToSingle]);
        writer.Line($"{type} {Row} = new({this.Temperature}, {string.Join(", ", arguments)});");
    }

    /// <summary>Writes the pass that adds up exponentials, and returns it.</summary>
    private PassWriter WriteSums(PassWriter? kept)
    {
        PassWriter sums = this.Find(PassNames.Sums)!;
        this.Declare(sums);
        this.WriteChoice(sums, this.Find(PassNames.Sums + PassNames.Slow)!, kept, string.Empty);
        writer.Line();
        return sums;
    }

    private void WriteChoice(PassWriter fast, PassWriter slow, PassWriter? kept, string keptCondition)
    {
        if (kept is not null)
        {
            using (writer.Block($"if (keepsGradient{keptCondition})"))
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

    private void Declare(PassWriter pass)
    {
        foreach (SumParameter sum in pass.Accumulator.Sums)
        {
            writer.Line($"{sum.Type} {sum.Name} = new();");
        }
    }

    private static string Totals(PassWriter pass) => string.Join(", ", pass.Accumulator.Sums.Select(sum => sum.Name + ".Total"));

    private string Call(PassWriter pass)
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
            RowStatistic.Sum when argument.Name == DerivativeSum && plan.Accumulation == Accumulation.Fast => argument.Name,
            RowStatistic.Sum => argument.Name + ".Total",
            RowStatistic.OtherUpstreamSum => $"upstreamSum.Total * {Row}.InverseOtherSum",
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
