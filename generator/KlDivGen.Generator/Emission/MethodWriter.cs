using KlDivGen.Generator.Model;
using KlDivGen.Generator.Planning;

namespace KlDivGen.Generator.Emission;

/// <summary>Spells the user's method: its checks, the call of its kernel, and the result.</summary>
/// <param name="writer">Where to.</param>
/// <param name="method">The method.</param>
/// <param name="plan">Its kernel's plan.</param>
/// <param name="kernel">The full name of its kernel's class.</param>
internal sealed class MethodWriter(SourceWriter writer, MethodSpec method, KernelPlan plan, string kernel)
{
    private readonly string input = method.Find(ParameterRole.Input)!.Name;
    private readonly bool flat = method.Kernel.DataKind == DataKind.Span;
    private readonly SumWriter sum = SumWriter.For(writer, plan);

    /// <summary>The parameters that hold data, besides the input.</summary>
    private IEnumerable<ParameterSpec> OtherData =>
        method.Parameters.Where(p => p.Shape != ParameterShape.Scalar && p.Role != ParameterRole.Input);

    private IEnumerable<ParameterSpec> Destinations => this.OtherData.Where(p => IsDestination(p.Role));

    public void WriteBody()
    {
        this.WriteChecks();
        this.WriteScales();
        if (plan.Sum == SumStyle.Lanes || (plan.Sum == SumStyle.Registers && !this.flat))
        {
            writer.Line($"{this.sum.Passed ?? $"{Spelling.Runtime}.CompensatedSum"} {this.Local("sum")} = default;");
        }

        if (this.flat)
        {
            this.WriteFlatCall();
        }
        else
        {
            this.WriteTensorCall();
        }

        if (plan.Sum != SumStyle.None)
        {
            writer.Line($"return {this.Result()};");
        }
    }

    /// <summary>A local variable's name, kept apart from the names that the user chose for the parameters.</summary>
    private string Local(string name) => method.Parameters.Any(p => p.Name == name) ? this.Local(name + "_") : name;

    private static bool IsDestination(ParameterRole role) => role is ParameterRole.Output or ParameterRole.GradInput or ParameterRole.GradTarget;

    private static string Element(ParameterSpec parameter) => parameter.Element!.Value.ToCSharp();

    private void WriteChecks()
    {
        string checks = $"{Spelling.Runtime}.{(this.flat ? "SpanValidation" : "TensorValidation")}";
        foreach (ParameterSpec data in this.OtherData)
        {
            string name = $"nameof({data.Name})";
            bool longEnough = IsDestination(data.Role);
            writer.Line(this.flat
                ? $"{checks}.{(longEnough ? "ThrowIfTooShort" : "ThrowIfLengthsDiffer")}({data.Name}.Length, {this.input}.Length, {name});"
                : $"{checks}.ThrowIfShapesDiffer({data.Name}.Lengths, {this.input}.Lengths, {name});");
        }

        if (method.Find(ParameterRole.BatchSize) is { } batch)
        {
            writer.Line($"{checks}.ValidateBatchSize({batch.Name}, {this.input}.Length, nameof({batch.Name}));");
        }

        List<string> pairs = new();
        ParameterSpec[] destinations = this.Destinations.ToArray();
        foreach (ParameterSpec destination in destinations)
        {
            string name = $"nameof({destination.Name})";
            if (!this.flat)
            {
                writer.Line($"{checks}.ThrowIfSelfOverlapping({destination.Name}.Lengths, {destination.Name}.Strides, {name});");
            }

            foreach (ParameterSpec source in method.Parameters.Where(p => p.Shape != ParameterShape.Scalar && !IsDestination(p.Role)))
            {
                pairs.Add($"{checks}.ValidateOverlap<{Element(destination)}, {Element(source)}>({destination.Name}, {source.Name}, {name})");
            }
        }

        this.WriteCarefully(pairs);
        for (int second = 1; second < destinations.Length; second++)
        {
            for (int first = 0; first < second; first++)
            {
                string length = this.flat ? $"{this.input}.Length, " : string.Empty;
                writer.Line($"{checks}.ThrowIfOverlapping<{Element(destinations[second])}, {Element(destinations[first])}>"
                    + $"({destinations[second].Name}, {destinations[first].Name}, {length}nameof({destinations[second].Name}));");
            }
        }
    }

    /// <summary>Every pair is checked, hence no short circuit.</summary>
    private void WriteCarefully(List<string> pairs)
    {
        if (pairs.Count == 0)
        {
            return;
        }

        if (plan.MayStartCarefully)
        {
            writer.Comment("In place, a block cannot be read a second time: it is computed with care at once.");
        }

        writer.Line($"{(plan.MayStartCarefully ? $"bool {this.Local("carefully")} = " : "_ = ")}{pairs[0]}{(pairs.Count == 1 ? ";" : string.Empty)}");
        writer.Indent();
        for (int k = 1; k < pairs.Count; k++)
        {
            writer.Line($"| {pairs[k]}{(k == pairs.Count - 1 ? ";" : string.Empty)}");
        }

        writer.Unindent();
    }

    /// <summary>What the sum and the gradients are divided by, as a double; or nothing.</summary>
    private string? Count() => plan.Divisor switch
    {
        Divisor.Count => this.flat ? $"{this.input}.Length" : $"{this.input}.FlattenedLength",
        Divisor.Batch => this.flat ? method.Find(ParameterRole.BatchSize)!.Name : $"{Spelling.Runtime}.TensorValidation.GetBatchSize({this.input}.Lengths)",
        _ => null,
    };

    private void WriteScales()
    {
        string type = Spelling.Scalar(plan.Compute);
        string cast = plan.Compute == Lane.Double ? string.Empty : $"({type})";
        string upstream = method.Find(ParameterRole.GradOutput) is { } gradOutput ? $"(double){gradOutput.Name}" : "1.0";
        string divided = this.Count() is { } count ? $"{upstream} / {count}" : upstream;
        foreach (string scale in plan.Scales)
        {
            string value = scale == Formulas.GradInputScale ? $"-({divided})" : divided;
            writer.Line($"{type} {this.Local(scale)} = {(cast.Length > 0 ? $"{cast}({value})" : value)};");
            if (plan.MayStartCarefully)
            {
                writer.Line($"{this.Local("carefully")} |= !{type}.IsFinite({this.Local(scale)});");
            }
        }
    }

    private string Tail()
    {
        IEnumerable<string> rest = plan.Scales.Select(this.Local);
        rest = plan.MayStartCarefully ? rest.Append(this.Local("carefully")) : rest;
        rest = plan.Sum == SumStyle.Lanes ? rest.Append("ref " + this.Local("sum")) : rest;
        return string.Concat(rest.Select(argument => ", " + argument));
    }

    private ParameterSpec Parameter(Operand operand) => method.Find(operand.Role)!;

    /// <summary>Elements that no lane holds are handed over as their bits.</summary>
    private static string AsStored(Operand operand, string reference) => PackedStorage.Of(operand.Element) is null
        ? reference
        : $"ref global::System.Runtime.CompilerServices.Unsafe.As<{operand.Element.ToCSharp()}, {Spelling.Scalar(Storage.LaneOf(operand.Element))}>({reference})";

    private void WriteFlatCall()
    {
        writer.Line((plan.Sum == SumStyle.Registers ? $"double {this.Local("sum")} = " : string.Empty) + $"{kernel}.Run(");
        writer.Indent();
        foreach (Operand operand in plan.Operands)
        {
            string reference = $"ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference({this.Parameter(operand).Name})";
            writer.Line(AsStored(operand, reference) + ",");
        }

        writer.Line($"(nuint){this.input}.Length{this.Tail()});");
        writer.Unindent();
    }

    private void WriteTensorCall()
    {
        writer.Line();
        writer.Comment("The kernel is called over runs of elements that lie side by side in every operand; where they do not, over a block gathered beforehand.");
        string scratch = this.Local("scratch");
        string walk = this.Local("walk");
        string count = this.Local("count");
        writer.Line($"int {scratch} = {Spelling.Runtime}.TensorIterator.WorkspaceLength({this.input}.Rank);");
        string strides = string.Join(", ", plan.Operands.Select(o => this.Parameter(o).Name + ".Strides"));
        string inOrder = plan.Sum == SumStyle.Lanes ? "true" : "false";
        writer.Line($"{Spelling.Runtime}.TensorIterator {walk} = new("
            + $"{this.input}.FlattenedLength, {this.input}.Lengths, stackalloc nint[{scratch}], inOrder: {inOrder}, {strides});");
        foreach (Operand operand in plan.Operands)
        {
            ParameterSpec parameter = this.Parameter(operand);
            string type = Element(parameter);
            string kind = operand.IsDestination ? "TensorWriter" : "TensorReader";
            writer.Line($"{Spelling.Runtime}.{kind}<{type}> {this.Runs(operand)} = new("
                + $"{parameter.Name}, {walk}, stackalloc nint[{scratch}], stackalloc {type}[{walk}.BufferLength({parameter.Name}.Strides)]);");
        }

        writer.Open($"while ({walk}.Next(out nuint {count}))");
        bool returns = plan.Sum == SumStyle.Registers;
        writer.Line((returns ? $"{this.Local("sum")}.Add(" : string.Empty) + $"{kernel}.Run(");
        writer.Indent();
        foreach (Operand operand in plan.Operands)
        {
            writer.Line(AsStored(operand, $"ref {this.Runs(operand)}.Next({count})") + ",");
        }

        writer.Line($"{count}{this.Tail()}){(returns ? ")" : string.Empty)};");
        writer.Unindent();
        foreach (Operand operand in plan.Operands.Where(o => o.IsDestination))
        {
            writer.Line($"{this.Runs(operand)}.Commit();");
        }

        writer.Close();
        writer.Line();
    }

    private string Runs(Operand operand) => this.Local(Spelling.Operand(operand.Role) + "Runs");

    private string Result()
    {
        string total = this.Local("sum") + (plan.Sum == SumStyle.Registers && this.flat ? string.Empty : ".Total");
        string value = this.Count() is { } count ? $"{total} / {count}" : total;
        return method.Kernel.Return.Element is { } element and not ElementType.Double ? $"({element.ToCSharp()})({value})" : value;
    }
}
