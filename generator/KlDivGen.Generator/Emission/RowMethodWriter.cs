using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>Spells the body of a user's method that computes row by row: validation, the loop over rows, and the result.</summary>
internal sealed class RowMethodWriter
{
    private readonly SourceWriter writer;
    private readonly MethodSpec method;
    private readonly KernelPlan plan;
    private readonly LocalNames locals;
    private readonly RowLoop loop;
    private readonly RowScalars scalars;
    private readonly RowLoopWriter rows;
    private readonly ParallelWriter parallel;

    public RowMethodWriter(SourceWriter writer, MethodSpec method, KernelPlan plan, RowWriter kernel, string kernelClass)
    {
        this.writer = writer;
        this.method = method;
        this.plan = plan;
        this.locals = new LocalNames(method);
        this.loop = method.Kernel.DataKind == DataKind.Span
            ? new SpanRowLoop(writer, method, plan, this.locals)
            : new TensorRowLoop(writer, method, plan, this.locals);
        this.scalars = new RowScalars(writer, method, plan, this.locals, this.loop);
        this.rows = new RowLoopWriter(writer, method, plan, kernel, kernelClass, this.locals, this.loop, this.scalars);
        this.parallel = new ParallelWriter(writer, method, this.locals);
    }

    private bool ReturnsLoss => this.rows.ReturnsLoss;

    private bool AddsInPieces => this.rows.AddsInPieces;

    public void WriteBody()
    {
        new RowValidationWriter(this.writer, this.method, this.plan.CanForceSlowPath, this.locals).Write();
        if (this.method.Kernel.DataKind == DataKind.TensorSpan)
        {
            this.WriteEmptyRows();
        }

        this.scalars.Write();
        if (this.method.Kernel.Parallel)
        {
            this.WriteParallel();
        }

        if (this.CutsRows)
        {
            this.writer.Comment("Long rows are computed one after the other, each in pieces that several threads take.");
            string degree = this.method.Find(ParameterRole.MaxDegreeOfParallelism)?.Name ?? "-1";
            this.writer.Line($"int {this.locals["rowThreads"]} = {this.loop.Classes} >= {ParallelWriter.Loop}.MinRowLength ? {degree} : 0;");
        }

        this.loop.WriteBefore(null);
        string sum = this.locals["sum"];
        if (this.ReturnsLoss)
        {
            this.writer.Line($"{CSharp.Runtime}.{this.SumType} {sum} = new();");
        }

        this.rows.Write("0", this.locals["rows"], (_, loss) => $"{sum}.Add({loss});", isRange: false);
        if (this.ReturnsLoss)
        {
            this.writer.Line();
            this.WriteReturn(sum);
        }
    }

    /// <summary>Writes the structure that threads share, for a method that computes large data on several.</summary>
    public void WriteRange() => this.parallel.WriteRange(this.ReturnsLoss ? "global::System.Span<double>" : null, () =>
    {
        this.loop.WriteBefore(this.parallel);
        string sum = this.locals["sum"];
        if (this.AddsInPieces)
        {
            this.writer.Line($"{CSharp.Runtime}.{this.SumType} {sum} = new();");
        }

        string type = this.loop.CountType;
        this.rows.Write(
            $"({type}){this.parallel.Start}",
            $"({type}){this.parallel.End}",
            (row, loss) => this.AddsInPieces ? $"{sum}.Add({loss});" : $"{this.parallel.Results}[(int){row}] = {loss};",
            isRange: true);
        if (this.AddsInPieces)
        {
            this.writer.Line($"{this.parallel.Results}[(int)({this.parallel.Start} / {this.PieceRows})] = {sum}.Total;");
        }
    });

    /// <summary>A tensor without elements may have any number of rows, of which none needs a pass.</summary>
    private void WriteEmptyRows()
    {
        this.writer.Comment("A row without classes has the loss 0.");
        using (this.writer.Block($"if ({this.loop.Classes} == 0)"))
        {
            if (this.method is { Kernel.Reduction: Reduction.Row } && this.method.Find(ParameterRole.Output) is { } output)
            {
                this.writer.Line($"{output.Name}.Clear();");
            }

            this.writer.Line($"{this.locals["rows"]} = 0;");
        }

        this.writer.Line();
    }

    /// <summary>Computes large data on several threads, a number of rows at a time.</summary>
    private void WriteParallel()
    {
        if (this.method.Kernel.DataKind == DataKind.TensorSpan)
        {
            this.parallel.Share(this.locals.NInt, this.locals["classes"]);
        }

        foreach ((string type, string name) in this.scalars.Variables())
        {
            this.parallel.Share(type, this.locals[name]);
        }

        string rows = this.locals["rows"];
        string input = this.method.Find(ParameterRole.Input)!.Name;
        string elements = this.method.Kernel.DataKind == DataKind.Span ? $"{input}.Length" : $"{input}.FlattenedLength";
        string condition = this.CutsRows ? $" && {this.loop.Classes} < {ParallelWriter.Loop}.MinRowLength" : string.Empty;
        using (this.parallel.Block(elements, condition))
        {
            if (this.ReturnsLoss)
            {
                string what = this.AddsInPieces ? "pieces" : "rows";
                this.writer.Comment($"The losses of the {what} are added in order, whatever the number of threads.");
                this.parallel.DeclareResults(
                    "double", this.AddsInPieces ? $"{ParallelWriter.Loop}.CountPieces({rows}, {this.PieceRows})" : $"(int){rows}");
            }

            this.parallel.DeclareRange(this.ReturnsLoss ? $"{this.parallel.Results}.Span" : null);
            this.parallel.Run(rows, this.PieceRows);
            if (this.ReturnsLoss)
            {
                string total = this.locals["total"];
                this.writer.Line($"{CSharp.Runtime}.{this.SumType} {total} = new();");
                this.writer.Line($"{total}.Add({this.parallel.Results}.Span);");
                this.WriteReturn(total, "totalQuotient");
            }
            else
            {
                this.writer.Line("return;");
            }
        }

        this.writer.Line();
    }

    private void WriteReturn(string sum, string quotientName = "quotient")
    {
        string result = this.rows.ReturnsPartialLoss
            ? $"{sum}.ToPartialLoss((long){this.scalars.RowCount} * {this.loop.Classes}, {this.scalars.RowCount})"
            : this.scalars.Result(sum, quotientName);
        this.writer.Line($"return {result};");
    }

    private bool CutsRows => this.plan.Rows!.CutsLongRows;

    /// <summary>The number of rows of a piece.</summary>
    private string PieceRows => $"{ParallelWriter.Loop}.CountRows({this.loop.Classes})";

    private string SumType => this.rows.ReturnsPartialLoss ? "ExactAccumulator" : "CompensatedSum";
}
