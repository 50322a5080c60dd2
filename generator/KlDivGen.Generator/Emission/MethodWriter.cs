using KlDivGen.Generator.Model;
using KlDivGen.Generator.Plan;

namespace KlDivGen.Generator.Emission;

/// <summary>Spells the body of the user's method: validation, scales, the call of the kernel, and the result.</summary>
/// <param name="writer">The writer of the file.</param>
/// <param name="method">The user's method.</param>
/// <param name="plan">The kernel's plan.</param>
/// <param name="kernel">The kernel's passes.</param>
/// <param name="kernelClass">The full name of the kernel's class.</param>
internal sealed class MethodWriter(
    SourceWriter writer, MethodSpec method, KernelPlan plan, KernelWriter kernel, string kernelClass)
{
    private readonly string input = method.Find(ParameterRole.Input)!.Name;
    private readonly bool isSpan = method.Kernel.DataKind == DataKind.Span;
    private readonly LocalNames locals = new(method);
    private readonly TensorRuns runs = new(writer, new LocalNames(method));
    private readonly PassWriter pass = kernel.Passes[0];
    private readonly ParallelWriter parallel = new(writer, method, new LocalNames(method));

    /// <summary>The divisor of the sum and the gradients, or <see langword="null"/> for 1.</summary>
    private string? Divisor => plan.Divisor switch
    {
        Plan.Divisor.Count => this.isSpan ? $"{this.input}.Length" : $"{this.input}.FlattenedLength",
        Plan.Divisor.Batch => this.isSpan
            ? method.Find(ParameterRole.BatchSize)!.Name
            : $"{CSharp.Runtime}.TensorValidation.GetBatchSize({this.input}.Lengths)",
        _ => null,
    };

    /// <summary>The call adds to a sum of the caller, or returns one that the caller adds up over several calls.</summary>
    private bool KeepsTotal => this.pass.Accumulator.Sums.Count > 0 || (plan.ReturnsSum && !this.isSpan);

    /// <summary>The number of elements.</summary>
    private string Length => this.isSpan ? $"{this.input}.Length" : $"{this.input}.FlattenedLength";

    /// <summary>The losses of blocks are kept with their lanes, and added later.</summary>
    private bool RecordsLanes => plan.ReturnsSum && plan.Accumulation == Accumulation.Reproducible && !method.Kernel.Return.IsPartialLoss;

    private PartialLossWriter PartialLoss => new(writer, method, plan, this.pass, kernelClass, this.locals);

    private string LaneCount => CSharp.Number(plan.ReproducibleLaneCount);

    private string RecordLength => $"{CSharp.Runtime}.{this.pass.Accumulator.TotalType}.RecordLength";

    private string? ResultsType => !plan.ReturnsSum ? null
        : this.RecordsLanes ? $"global::System.Memory<{CSharp.Keyword(plan.ComputeType)}>"
        : "global::System.Span<double>";

    public void WriteBody()
    {
        new ValidationWriter(writer, method, plan.CanForceSlowPath, this.locals).Write();
        this.WriteScales();
        if (method.Kernel.Parallel)
        {
            this.WriteParallel();
        }

        if (method.Kernel.Return.IsPartialLoss)
        {
            this.PartialLoss.Write();
            return;
        }

        if (this.KeepsTotal)
        {
            writer.Line($"{CSharp.Runtime}.{this.pass.Accumulator.TotalType} {this.locals["sum"]} = new();");
        }

        if (this.isSpan)
        {
            this.WriteSpanCall();
        }
        else
        {
            this.WriteTensorCalls(isPiece: false);
        }

        if (plan.ReturnsSum)
        {
            string result = this.Result(this.locals["sum"] + (this.KeepsTotal ? ".Total" : string.Empty));
            writer.Line($"return {result};");
        }
    }

    /// <summary>Writes the structure that threads share, for a method that computes large data on several.</summary>
    public void WriteRange() => this.parallel.WriteRange(this.ResultsType, this.WritePiece);

    private void WriteParallel()
    {
        if (plan.CanForceSlowPath)
        {
            this.parallel.Share("bool", this.locals["forceSlowPath"]);
        }

        foreach (Scale scale in plan.Scales)
        {
            this.parallel.Share(CSharp.Keyword(scale.Type), this.locals[scale.Name]);
        }

        using (this.parallel.Block(this.Length))
        {
            if (this.RecordsLanes)
            {
                this.WriteRecordedSum();
            }
            else if (plan.ReturnsSum)
            {
                writer.Comment("The results of the pieces are added in order, whatever the number of threads.");
                bool isPartialLoss = method.Kernel.Return.IsPartialLoss;
                string length = isPartialLoss ? PartialLossWriter.BlockLength : ParallelWriter.Loop + ".PieceLength";
                this.parallel.DeclareResults("double", $"{ParallelWriter.Loop}.CountPieces({this.Length}, {length})");
                this.WriteRun($"{this.parallel.Results}.Span");
                string total = this.locals["total"];
                writer.Line($"{CSharp.Runtime}.{(isPartialLoss ? "ExactAccumulator" : "CompensatedSum")} {total} = new();");
                writer.Line($"{total}.Add({this.parallel.Results}.Span);");
                string result = isPartialLoss ? $"{total}.ToPartialLoss({this.Length}, rows: 0)" : this.Result(total + ".Total", "totalQuotient");
                writer.Line($"return {result};");
            }
            else
            {
                this.WriteRun(null);
                writer.Line("return;");
            }
        }

        writer.Line();
    }

    private void WriteRun(string? results)
    {
        this.parallel.DeclareRange(results);
        this.parallel.Run(this.Length, ParallelWriter.Loop + ".PieceLength");
    }

    /// <summary>Sums whose lanes are added block by block, as on one thread: so many pieces at a time that their lanes need little memory.</summary>
    private void WriteRecordedSum()
    {
        string total = this.locals["total"];
        string first = this.locals["first"];
        string count = this.locals["waveLength"];
        this.parallel.Share(this.locals.NInt, first);
        writer.Comment("Each piece records the lanes of its blocks, which are added in order: the bits are those of one thread.");
        writer.Line($"{CSharp.Runtime}.{this.pass.Accumulator.TotalType} {total} = new();");
        this.parallel.DeclareResults(
            CSharp.Keyword(plan.ComputeType), $"{CSharp.Runtime}.{this.pass.Accumulator.TotalType}.WaveRecordLength");
        using (writer.Block($"for ({this.locals.NInt} {first} = 0; {first} < {this.Length}; {first} += {ParallelWriter.Loop}.WaveLength)"))
        {
            writer.Line($"{this.locals.NInt} {count} = global::System.Math.Min({this.Length} - {first}, {ParallelWriter.Loop}.WaveLength);");
            this.parallel.DeclareRange($"{this.parallel.Results}.Memory");
            this.parallel.Run(count, ParallelWriter.Loop + ".PieceLength");
            writer.Line($"{total}.AddRecords({this.parallel.Results}.Span, {count}, {this.LaneCount});");
        }

        writer.Line();
        string result = this.Result(total + ".Total", "totalQuotient");
        writer.Line($"return {result};");
    }

    private void WritePiece()
    {
        if (method.Kernel.Return.IsPartialLoss)
        {
            this.PartialLoss.WritePiece(this.parallel);
            return;
        }

        string piece = $"(int)({this.parallel.Start} / ParallelLoop.PieceLength)";
        string sum = this.locals["sum"];
        if (this.RecordsLanes)
        {
            string record = $"{this.parallel.Results}.Slice({piece} * {this.RecordLength}, {this.RecordLength})";
            writer.Line($"{CSharp.Runtime}.{this.pass.Accumulator.TotalType} {sum} = new({record}, {this.LaneCount});");
            writer.Line($"{this.parallel.Start} += {this.locals["first"]};");
            writer.Line($"{this.parallel.End} += {this.locals["first"]};");
        }

        if (!this.isSpan)
        {
            if (plan.ReturnsSum && !this.RecordsLanes)
            {
                writer.Line($"{CSharp.Runtime}.{this.pass.Accumulator.TotalType ?? "CompensatedSum"} {sum} = new();");
            }

            this.WriteTensorCalls(isPiece: true);
            if (plan.ReturnsSum && !this.RecordsLanes)
            {
                writer.Line($"{this.parallel.Results}[{piece}] = {sum}.Total;");
            }

            return;
        }

        string call = this.pass.Methods.Run.CallOn(
            operand => AsStored(
                operand,
                "ref global::System.Runtime.CompilerServices.Unsafe.Add(ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference("
                    + $"{this.Parameter(operand).Name}), {this.parallel.Start})"),
            name => this.locals[name],
            $"(nuint)({this.parallel.End} - {this.parallel.Start})");
        bool returns = this.pass.Accumulator.ReturnType != "void";
        writer.Line($"{(returns ? $"{this.parallel.Results}[{piece}] = " : string.Empty)}{kernelClass}.{call};");
    }

    /// <summary>Elements that no lane computes with are passed as their bits.</summary>
    public static string AsStored(Operand operand, string reference) => operand.Stored != ScalarType.Int16
        ? reference
        : $"ref global::System.Runtime.CompilerServices.Unsafe.As<{operand.Element.ToCSharp()}, {CSharp.Keyword(operand.Stored)}>({reference})";

    private ParameterSpec Parameter(Operand operand) => method.Find(operand.Role)!;

    private void WriteScales()
    {
        string upstream = method.Find(ParameterRole.GradOutput) is { } gradOutput ? ScalarConversion.ToDouble(gradOutput.Element!.Value, gradOutput.Name) : "1.0";
        string divided = this.Divisor is { } divisor ? $"{upstream} / {divisor}" : upstream;
        foreach (Scale scale in plan.Scales)
        {
            string type = CSharp.Keyword(scale.Type);
            string value = scale.Negated ? $"-({divided})" : divided;
            string name = this.locals[scale.Name];
            writer.Line($"{type} {name} = {(scale.Type == ScalarType.Double ? value : $"({type})({value})")};");
            if (plan.CanForceSlowPath)
            {
                writer.Line($"{this.locals["forceSlowPath"]} |= !{type}.IsFinite({name});");
            }
        }
    }

    private void WriteSpanCall()
    {
        string call = this.pass.Methods.Run.CallOn(
            operand => AsStored(
                operand, $"ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference({this.Parameter(operand).Name})"),
            name => this.locals[name],
            $"({this.locals.NUInt}){this.input}.Length");
        bool returns = this.pass.Accumulator.ReturnType != "void";
        writer.Line($"{(returns ? $"double {this.locals["sum"]} = " : string.Empty)}{kernelClass}.{call};");
    }

    private void WriteTensorCalls(bool isPiece)
    {
        string iterator = this.locals["iterator"];
        string count = this.locals["count"];
        writer.Line();
        writer.Comment("The kernel takes runs of elements that are contiguous in every operand. Where there are none, it takes blocks of"
            + " elements that were copied together.");
        this.runs.DeclareWorkspace(this.input);
        this.runs.DeclareIterator(
            "iterator",
            this.input,
            inOrder: plan.ReturnsSum && plan.Accumulation == Accumulation.Reproducible,
            plan.Operands.Select(operand => this.Parameter(operand).Name + ".Strides"));
        if (isPiece)
        {
            writer.Line($"{iterator}.Restrict({this.parallel.Start}, {this.parallel.End});");
        }

        foreach (Operand operand in plan.Operands)
        {
            string parameter = this.Parameter(operand).Name;
            string type = operand.Element.ToCSharp();
            string buffer = $"stackalloc {type}[{iterator}.BufferLength({parameter}.Strides)]";
            this.runs.Declare(this.runs.Name(operand), operand.IsDestination, type, parameter, "iterator", buffer);
        }

        using (writer.Block($"while ({iterator}.Next(out {this.locals.NUInt} {count}))"))
        {
            string call = $"{kernelClass}." + this.pass.Methods.Run.CallOn(
                operand => AsStored(operand, $"ref {this.runs.Name(operand)}.Next({count})"), name => this.locals[name], count);
            bool returns = this.pass.Accumulator.ReturnType != "void";
            writer.Line(returns ? $"double {this.locals["runSum"]} = {call};" : call + ";");
            if (returns)
            {
                writer.Line($"{this.locals["sum"]}.Add({this.locals["runSum"]});");
            }

            foreach (Operand destination in plan.Destinations)
            {
                writer.Line($"{this.runs.Name(destination)}.Commit();");
            }
        }

        writer.Line();
    }

    private string Result(string total, string quotientName = "quotient")
    {
        string value = this.Divisor is { } divisor ? $"{total} / {divisor}" : total;
        if (plan.Accumulation == Accumulation.Reproducible && this.Divisor is not null)
        {
            // 0/0 has another sign on each processor family.
            string quotient = this.locals[quotientName];
            writer.Line($"double {quotient} = {value};");
            value = $"double.IsNaN({quotient}) ? double.NaN : {quotient}";
        }

        return ScalarConversion.FromDouble(method.Kernel.Return.Element!.Value, value);
    }
}
