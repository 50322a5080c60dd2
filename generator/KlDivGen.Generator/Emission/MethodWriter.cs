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

    public void WriteBody()
    {
        new ValidationWriter(writer, method, plan.CanForceSlowPath, this.locals).Write();
        this.WriteScales();
        if (method.Kernel.Return.IsPartialLoss)
        {
            new PartialLossWriter(writer, method, plan, this.pass, kernelClass, this.locals).Write();
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
            this.WriteTensorCalls();
        }

        if (plan.ReturnsSum)
        {
            writer.Line($"return {this.Result()};");
        }
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

    private void WriteTensorCalls()
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

    private string Result()
    {
        string total = this.locals["sum"] + (this.KeepsTotal ? ".Total" : string.Empty);
        string value = this.Divisor is { } divisor ? $"{total} / {divisor}" : total;
        if (plan.Accumulation == Accumulation.Reproducible && this.Divisor is not null)
        {
            // 0/0 has another sign on each processor family.
            string quotient = this.locals["quotient"];
            writer.Line($"double {quotient} = {value};");
            value = $"double.IsNaN({quotient}) ? double.NaN : {quotient}";
        }

        return ScalarConversion.FromDouble(method.Kernel.Return.Element!.Value, value);
    }
}
