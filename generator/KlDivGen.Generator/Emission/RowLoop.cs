using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>Spells how the loop over rows reaches each row of the data.</summary>
internal abstract class RowLoop(SourceWriter writer, MethodSpec method, KernelPlan plan, LocalNames locals)
{
    protected SourceWriter Writer { get; } = writer;

    protected MethodSpec Method { get; } = method;

    protected KernelPlan Plan { get; } = plan;

    protected LocalNames Locals { get; } = locals;

    /// <summary>The type of the number of rows.</summary>
    public abstract string CountType { get; }

    /// <summary>The length of a row, an integer.</summary>
    public abstract string Classes { get; }

    /// <summary>The length of a row as a nuint.</summary>
    public string Length => $"({this.Locals.NUInt}){this.Classes}";

    /// <summary>The index of a row in a span with one element for each row.</summary>
    public abstract string Index(string row);

    /// <summary>The reference to the first element of a row of an operand, with <c>ref</c>.</summary>
    public string Reference(Operand operand)
    {
        string reference = this.Start(operand);
        return operand.Stored != ScalarType.Int16
            ? reference
            : $"ref global::System.Runtime.CompilerServices.Unsafe.As<{operand.Element.ToCSharp()}, {CSharp.Keyword(operand.Stored)}>({reference})";
    }

    /// <summary>Writes what comes before the loop.</summary>
    /// <param name="parallel">Knows the range of the loop, if it is not all rows.</param>
    public virtual void WriteBefore(ParallelWriter? parallel)
    {
    }

    /// <summary>Writes the beginning of a row.</summary>
    public virtual void WriteRowStart(string row)
    {
    }

    /// <summary>Writes what is done with a row that does not count: zeros in every destination.</summary>
    public abstract void WriteSkippedRow(string row);

    /// <summary>The value that data with one element for each row has for a row.</summary>
    public abstract string RowValue(ParameterSpec parameter, string row);

    /// <summary>Writes the loss of a row.</summary>
    public abstract void WriteRowLoss(ParameterSpec output, string row, string value);

    /// <summary>Writes the end of a row.</summary>
    public virtual void WriteRowEnd()
    {
    }

    protected abstract string Start(Operand operand);

    protected ParameterSpec Parameter(Operand operand) => this.Method.Find(operand.Role)!;

    /// <summary>The output with one loss for each row, if there is one.</summary>
    protected ParameterSpec? RowOutput => this.Method.Kernel.Reduction == Reduction.Row ? this.Method.Find(ParameterRole.Output) : null;
}

/// <summary>Rows of spans: as many elements as there are classes, one row after the other.</summary>
internal sealed class SpanRowLoop(SourceWriter writer, MethodSpec method, KernelPlan plan, LocalNames locals)
    : RowLoop(writer, method, plan, locals)
{
    public override string CountType => "int";

    public override string Classes => this.Method.Find(ParameterRole.Classes)!.Name;

    private string First => this.Locals["start"];

    public override string Index(string row) => row;

    public override void WriteRowStart(string row) => this.Writer.Line($"int {this.First} = {row} * {this.Classes};");

    public override void WriteSkippedRow(string row)
    {
        foreach (Operand destination in this.Plan.Destinations)
        {
            this.Writer.Line($"{this.Parameter(destination).Name}.Slice({this.First}, {this.Classes}).Clear();");
        }

        if (this.RowOutput is { } output)
        {
            this.Writer.Line($"{output.Name}[{row}] = default;");
        }
    }

    public override string RowValue(ParameterSpec parameter, string row) => $"{parameter.Name}[{row}]";

    public override void WriteRowLoss(ParameterSpec output, string row, string value) => this.Writer.Line($"{output.Name}[{row}] = {value};");

    protected override string Start(Operand operand) => "ref global::System.Runtime.CompilerServices.Unsafe.Add("
        + $"ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference({this.Parameter(operand).Name}), {this.First})";
}

/// <summary>Rows of tensor spans: the last dimension. A row that is not contiguous is copied.</summary>
internal sealed class TensorRowLoop(SourceWriter writer, MethodSpec method, KernelPlan plan, LocalNames locals)
    : RowLoop(writer, method, plan, locals)
{
    private readonly string input = method.Find(ParameterRole.Input)!.Name;
    private readonly TensorRuns runs = new(writer, locals);

    public override string CountType => this.Locals.NInt;

    public override string Classes => this.Locals["classes"];

    private ParameterSpec? RowGradOutput =>
        this.Method.Kernel.Reduction == Reduction.Row ? this.Method.Find(ParameterRole.GradOutput) : null;

    public override string Index(string row) => $"(int){row}";

    public override void WriteBefore(ParallelWriter? parallel)
    {
        this.Writer.Line();
        this.Writer.Comment("A row that is not contiguous in memory is copied to a buffer, and back where it was written.");
        this.runs.DeclareWorkspace(this.input);
        this.runs.DeclareIterator(
            "iterator", this.input, inOrder: true, this.Plan.Operands.Select(operand => this.Parameter(operand).Name + ".Strides"));
        if (parallel is not null)
        {
            this.Writer.Line($"{this.Locals["iterator"]}.Restrict({parallel.Start} * {this.Classes}, {parallel.End} * {this.Classes});");
        }

        foreach (Operand operand in this.Plan.Operands)
        {
            string name = this.Parameter(operand).Name;
            this.runs.DeclareWithPooledBuffer(operand, name, $"{this.Classes}, {name}.Strides");
        }

        if (this.RowOutput is { } output)
        {
            this.WriteRowRuns(output, isDestination: true, parallel);
        }

        if (this.RowGradOutput is { } gradOutput)
        {
            this.WriteRowRuns(gradOutput, isDestination: false, parallel);
        }
    }

    public override void WriteSkippedRow(string row)
    {
        foreach (Operand operand in this.Plan.Operands)
        {
            string runs = this.runs.Name(operand.Name, operand.IsDestination);
            this.Writer.Line(operand.IsDestination ? $"{runs}.Clear({this.Length});" : $"{runs}.Skip({this.Length});");
        }

        if (this.RowOutput is not null)
        {
            this.Writer.Line($"{this.runs.Name("output", true)}.Clear(1);");
        }

        if (this.RowGradOutput is not null)
        {
            this.Writer.Line($"{this.runs.Name("gradOutput", false)}.Skip(1);");
        }
    }

    public override string RowValue(ParameterSpec parameter, string row) => $"{this.runs.Name(parameter.Role.Info().Name, false)}.Next(1)";

    public override void WriteRowLoss(ParameterSpec output, string row, string value)
    {
        string runs = this.runs.Name("output", true);
        this.Writer.Line($"{runs}.Next(1) = {value};");
        this.Writer.Line($"{runs}.Commit();");
    }

    public override void WriteRowEnd()
    {
        foreach (Operand destination in this.Plan.Destinations)
        {
            this.Writer.Line($"{this.runs.Name(destination.Name, true)}.Commit();");
        }
    }

    protected override string Start(Operand operand) => $"ref {this.runs.Name(operand.Name, operand.IsDestination)}.Next({this.Length})";

    private void WriteRowRuns(ParameterSpec parameter, bool isDestination, ParallelWriter? parallel)
    {
        string role = parameter.Role.Info().Name;
        string iterator = role + "Iterator";
        string strides = parameter.Name + ".Strides";
        this.runs.DeclareIterator(iterator, parameter.Name, inOrder: true, [strides, strides]);
        if (parallel is not null)
        {
            this.Writer.Line($"{this.Locals[iterator]}.Restrict({parallel.Start}, {parallel.End});");
        }

        string type = parameter.Element!.Value.ToCSharp();
        this.runs.Declare(this.runs.Name(role, isDestination), isDestination, type, parameter.Name, iterator, $"stackalloc {type}[1]");
    }
}
