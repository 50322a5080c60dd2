using System.Globalization;
using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// Spells a method that computes a group of rows side by side: passes whose results become the arguments of later passes. The numbers of each
/// row, such as its maximum and its sums, are a lane of vectors.
/// </summary>
internal abstract class RowGroupWriter(SourceWriter writer, KernelPlan plan, RowProgram program, IReadOnlyList<PassWriter> passes)
{
    /// <summary>The parameter with what the user's method knows of the group.</summary>
    protected const string Group = "lanes";

    private const string Rows = "rows";
    private const string Mixture = "mixture";
    private const string InverseTemperature = RowPassCalls.InverseTemperature;

    /// <summary>The name of the method.</summary>
    public abstract string MethodName { get; }

    protected SourceWriter Writer { get; } = writer;

    protected KernelPlan Plan { get; } = plan;

    /// <summary>Whether the user's method calls the method, and not another method of the kernel.</summary>
    private bool IsCalledByUser => program.Grouping == RowGrouping.Successive;

    protected Operand[] Operands { get; } = [.. plan.Operands];

    private string Temperature => program.HasTemperature ? InverseTemperature : "1";

    /// <summary>A call of a method that computes a group.</summary>
    /// <param name="name">The method's name.</param>
    /// <param name="operand">The reference to the group's first row of an operand, with <c>ref</c>.</param>
    /// <param name="length">The length of a row.</param>
    /// <param name="inverseTemperature">The caller's name of 1/T.</param>
    /// <param name="group">The caller's name of the group.</param>
    public string Call(string name, Func<Operand, string> operand, string length, string inverseTemperature, string group)
    {
        IEnumerable<string> arguments = this.Operands.Select(operand)
            .Concat([length])
            .Concat(program.HasTemperature ? [inverseTemperature] : [])
            .Concat([group]);
        return $"{name}({string.Join(", ", arguments)})";
    }

    /// <summary>A call from another method that computes a group, with the same names.</summary>
    public string Call() => this.Call(this.MethodName, operand => "ref " + operand.Name, "length", InverseTemperature, Group);

    /// <summary>The declaration of a method that computes a group.</summary>
    public string Declaration(string name)
    {
        IEnumerable<string> parameters = this.Operands.Select(operand => $"ref {CSharp.Keyword(operand.Stored)} {operand.Name}")
            .Concat(["nuint length"])
            .Concat(program.HasTemperature ? [$"{CSharp.Keyword(this.Plan.ComputeType)} {InverseTemperature}"] : [])
            .Concat([$"{RowLanesWriter.GroupType} {Group}"]);
        return $"bool {name}({string.Join(", ", parameters)})";
    }

    public virtual void Write()
    {
        using (this.Writer.Block($"{(this.IsCalledByUser ? "public" : "private")} static {this.Declaration(this.MethodName)}"))
        {
            this.WriteBefore();
            PassWriter extremes = this.Find(PassNames.Extremes)!;
            this.WriteRun(extremes);
            IEnumerable<string> arguments = Names(extremes).Concat(RowPassCalls.PowersOfTwoArgument(program));
            this.Writer.Line($"LogitPairLanes {Rows} = new({this.Temperature}, {string.Join(", ", arguments)});");
            this.WriteReturn();
            this.Writer.Comment("Again, with better offsets, in the rare case that the first ones would cost digits.");
            this.Writer.Line("bool isComplete = false;");
            using (this.Writer.Block("while (!isComplete)"))
            {
                IEnumerable<string> sums = Names(this.WriteRun(PassNames.Sums));
                this.Writer.Line($"isComplete = !{Rows}.Update({string.Join(", ", sums)});");
            }

            this.Writer.Line();
            this.WriteReturn();
            string losses = Rows;
            if (this.Find(PassNames.Mixture) is { } mixture)
            {
                losses = Mixture;
                this.WriteRun(mixture);
                string beta = program.Beta.ToString("R", CultureInfo.InvariantCulture);
                this.Writer.Line($"LogitMixtureLanes {Mixture} = new({beta}, {Rows}, {string.Join(", ", Names(mixture))});");
            }

            if (this.Find(PassNames.Results) is not null)
            {
                this.WriteRun(PassNames.Results);
                this.WriteAfterResults();
            }

            this.Writer.Line($"{losses}.StoreLosses({Group}.Losses);");
            this.Writer.Line("return true;");
        }
    }

    /// <summary>Writes what comes before the passes.</summary>
    protected abstract void WriteBefore();

    /// <summary>Writes the pass of a name, which may keep the gradient in its own memory, and returns it.</summary>
    protected abstract PassWriter WriteRun(string name);

    /// <summary>The call of a pass over the group.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="argument">The caller's expression for an argument, a vector with a number for each row, or the name of an accumulator.</param>
    protected abstract string Call(PassWriter pass, Func<string, string> argument);

    /// <summary>Writes what comes after the results of the rows.</summary>
    protected virtual void WriteAfterResults()
    {
    }

    protected PassWriter? Find(string name) => passes.FirstOrDefault(pass => pass.Pass.Name == name);

    /// <summary>Declares the accumulators that a pass adds to.</summary>
    protected void Declare(PassWriter pass)
    {
        foreach (SumParameter sum in pass.Accumulator.Sums)
        {
            this.Writer.Line($"{sum.Type} {sum.Name} = new();");
        }
    }

    /// <summary>Writes the call of a pass over the group.</summary>
    protected void WriteCall(PassWriter pass)
    {
        Dictionary<string, string> values = pass.Pass.Arguments.OfType<RowArgument>().ToDictionary(argument => argument.Name, this.Value);
        this.Writer.Line(this.Call(pass, name => values.TryGetValue(name, out string value) ? value : name) + ";");
    }

    private static IEnumerable<string> Names(PassWriter pass) => pass.Accumulator.Sums.Select(sum => sum.Name);

    /// <summary>Writes a pass over the group, and the sums that it adds to.</summary>
    private void WriteRun(PassWriter pass)
    {
        this.Declare(pass);
        this.WriteCall(pass);
    }

    private void WriteReturn()
    {
        using (this.Writer.Block($"if (!{Rows}.AreOrdinary)"))
        {
            this.Writer.Line("return false;");
        }

        this.Writer.Line();
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
