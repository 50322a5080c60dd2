using System.Globalization;
using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>
/// Spells a method that computes a group of rows side by side: passes whose results become the arguments of later passes. The numbers of
/// each row, such as its maximum and its sums, are a lane of vectors.
/// </summary>
internal abstract class GroupedRowsWriter(
    SourceWriter writer, KernelPlan plan, RowProgram program, IReadOnlyList<PassWriter> passes, string methodName)
{
    protected const string Group = RowGroupMethod.Group;
    protected const string Rows = "rows";
    private const string Mixture = "mixture";
    private const string InverseTemperature = RowPassCalls.InverseTemperature;

    /// <summary>The method.</summary>
    public RowGroupMethod Method { get; } = new(plan, program, methodName);

    protected SourceWriter Writer { get; } = writer;

    protected KernelPlan Plan { get; } = plan;

    protected RowPassCalls Passes { get; } = new(writer, plan, program, passes);

    /// <summary>Whether sums that are computed again are those of the rows that need it, or of all rows.</summary>
    protected abstract bool SumsOnlyPending { get; }

    private string Temperature => program.HasTemperature ? InverseTemperature : "1";

    /// <summary>Writes the method.</summary>
    /// <param name="accessibility">Its accessibility.</param>
    public virtual void Write(string accessibility)
    {
        using (this.Writer.Block($"{accessibility} static {this.Method.Declaration}"))
        {
            this.WriteBefore();
            IEnumerable<string> arguments = this.WriteRun(PassNames.Extremes).Concat(RowPassCalls.PowersOfTwoArgument(program));
            this.Writer.Line($"LogitPairLanes {Rows} = new({this.Temperature}, {string.Join(", ", arguments)});");
            this.WriteReturn();
            string which = this.SumsOnlyPending ? ", for those rows only" : string.Empty;
            this.Writer.Comment($"Repeated with better offsets where the first ones would cost digits{which}.");
            this.Writer.Line("bool isComplete = false;");
            using (this.Writer.Block("while (!isComplete)"))
            {
                string sums = string.Join(", ", this.WriteRun(PassNames.Sums));
                string onlyPending = this.SumsOnlyPending ? "true" : "false";
                this.Writer.Line($"isComplete = !{Rows}.Update({sums}, onlyPending: {onlyPending});");
            }

            this.Writer.Line();
            this.WriteReturn();
            string losses = Rows;
            if (this.Passes.Find(PassNames.Mixture) is not null)
            {
                losses = Mixture;
                string beta = program.Beta.ToString("R", CultureInfo.InvariantCulture);
                string sums = string.Join(", ", this.WriteRun(PassNames.Mixture));
                this.Writer.Line($"LogitMixtureLanes {Mixture} = new({beta}, {Rows}, {sums});");
            }

            if (this.Passes.Find(PassNames.Results) is not null)
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

    /// <summary>Writes the pass of a name over the group, which may keep the gradient in its own memory.</summary>
    protected abstract void WritePass(string name);

    /// <summary>The call of a pass over the group.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="argument">
    /// The caller's expression for an argument, which is a vector with a number for each row, or the name of an accumulator.
    /// </param>
    protected abstract string PassCall(PassWriter pass, Func<string, string> argument);

    /// <summary>Writes what comes after the results of the rows.</summary>
    protected virtual void WriteAfterResults()
    {
    }

    /// <summary>Writes the call of a pass over the group.</summary>
    protected void WriteCall(PassWriter pass)
    {
        Dictionary<string, string> values = pass.Pass.Arguments.OfType<RowArgument>().ToDictionary(argument => argument.Name, this.Value);
        this.Writer.Line(this.PassCall(pass, name => values.TryGetValue(name, out string value) ? value : name) + ";");
    }

    /// <summary>Writes a pass over the group, and the sums that it adds to, which it returns.</summary>
    private IEnumerable<string> WriteRun(string name)
    {
        PassWriter pass = this.Passes.Find(name)!;
        this.Passes.Declare(pass);
        this.WritePass(name);
        return pass.Accumulator.Sums.Select(sum => sum.Name);
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
