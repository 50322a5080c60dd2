using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Memory;

namespace KlDivGen.Conformance.Cases;

/// <summary>One annotated method, which can be called with any data.</summary>
internal abstract class KernelCase(Settings settings)
{
    public Settings Settings { get; } = settings;

    /// <summary>The group and the name of the method, for reports.</summary>
    public string Title => $"{this.Settings.Group}.{this.Settings.Name}";

    /// <summary>The value of an element of a destination that was not written.</summary>
    public abstract double UnwrittenValue { get; }

    /// <summary>The sizes in bytes of an element of the input, of the target and of a destination.</summary>
    public abstract (int Input, int Target, int Destination) Sizes { get; }

    /// <summary>Calls the method with operands in guarded memory and checks all memory that it may have changed.</summary>
    public abstract CallResult Run(OperandMemory memory, Call call);

    /// <summary>Returns the number of bytes that ten calls allocate once the method is warmed up.</summary>
    public abstract long MeasureAllocation(OperandMemory memory, Call call);
}

/// <inheritdoc/>
/// <typeparam name="TX">The element type of the input.</typeparam>
/// <typeparam name="TY">The element type of the target.</typeparam>
/// <typeparam name="T">The element type of all other data.</typeparam>
internal sealed unsafe class KernelCase<TX, TY, T>(Settings settings, KernelInvoker<TX, TY, T> invoke) : KernelCase(settings)
    where TX : unmanaged
    where TY : unmanaged
    where T : unmanaged
{
    public override (int Input, int Target, int Destination) Sizes => (sizeof(TX), sizeof(TY), sizeof(T));

    public override double UnwrittenValue
    {
        get
        {
            Span<T> one = stackalloc T[1];
            GuardedMemory.Fill(MemoryMarshal.AsBytes(one));
            return Widen(one)[0];
        }
    }

    /// <summary>The method itself, for checks that provide their own memory.</summary>
    public KernelInvoker<TX, TY, T> Invoke => invoke;

    public override CallResult Run(OperandMemory memory, Call call)
    {
        Span<nint> shape = stackalloc nint[2];
        KernelOperands<TX, TY, T> operands = this.Prepare(memory, call, shape);
        double returned = double.NaN;
        Exception? error = null;
        try
        {
            returned = invoke(operands);
        }
        catch (ArgumentException e)
        {
            error = e;
        }

        return new(
            returned,
            this.Settings.WritesLoss ? Widen(operands.Output) : [],
            this.Settings.HasGradInput ? Widen(operands.GradInput) : [],
            this.Settings.HasGradTarget ? Widen(operands.GradTarget) : [],
            error,
            this.FindUnexpectedWrite(memory, call, operands, error is not null));
    }

    public override long MeasureAllocation(OperandMemory memory, Call call)
    {
        Span<nint> shape = stackalloc nint[2];
        KernelOperands<TX, TY, T> operands = this.Prepare(memory, call, shape);
        for (int i = 0; i < 50; i++)
        {
            _ = invoke(operands);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
        {
            _ = invoke(operands);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static Span<TElement> Place<TElement>(GuardedMemory memory, int length, Edge edge, int offset)
        where TElement : unmanaged =>
        new(memory.Place((nint)length * sizeof(TElement), sizeof(TElement), edge, offset), length);

    private static Span<TElement> Fill<TElement>(Span<TElement> span, ReadOnlySpan<double> values)
        where TElement : unmanaged
    {
        for (int i = 0; i < span.Length; i++)
        {
            span[i] = Element.FromDouble<TElement>(values[i]);
        }

        return span;
    }

    private static bool Holds<TElement>(ReadOnlySpan<TElement> span, ReadOnlySpan<double> values)
        where TElement : unmanaged
    {
        for (int i = 0; i < span.Length; i++)
        {
            if (!Element.ToDouble(Element.FromDouble<TElement>(values[i])).Equals(Element.ToDouble(span[i])))
            {
                return false;
            }
        }

        return true;
    }

    private static double[] Widen(ReadOnlySpan<T> span)
    {
        double[] result = new double[span.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = Element.ToDouble(span[i]);
        }

        return result;
    }

    private static Span<T> PlaceDestination(
        GuardedMemory own, DestinationPlacement placement, Span<TX> input, Span<TY> target, Span<T> gradOutputs, OperandPlacement operands)
    {
        int length = placement.Length ?? input.Length;
        if (placement.Source == MemorySource.Own)
        {
            return Place<T>(own, length, operands.Edge, operands.Destination);
        }

        // A fixed statement would give null for empty data.
        byte* source = placement.Source switch
        {
            MemorySource.Input => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(input)),
            MemorySource.Target => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(target)),
            _ => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(gradOutputs)),
        };
        return new(source + ((nint)placement.Shift * sizeof(T)), length);
    }

    private static string? FindUnexpectedWriteAround(bool isUsed, DestinationPlacement placement, GuardedMemory memory, string name, bool failed) =>
        !isUsed || placement.Source != MemorySource.Own ? null
        : !memory.IsIntactAround() ? $"memory around {name} was changed"
        : failed && !memory.IsUntouched() ? $"{name} was written before the exception"
        : null;

    private KernelOperands<TX, TY, T> Prepare(OperandMemory memory, Call call, Span<nint> shape)
    {
        int count = call.X.Length;
        OperandPlacement place = call.Placement;
        Span<TX> input = Fill(Place<TX>(memory.Input, count, place.Edge, place.Input), call.X.Span);
        Span<TY> target = Fill(Place<TY>(memory.Target, call.Y.Length, place.Edge, place.Target), call.Y.Span);
        Span<T> gradOutputs = this.Settings.HasGradOutputs
            ? Fill(Place<T>(memory.GradOutput, call.GradOutputs.Length, place.Edge, place.Destination), call.GradOutputs.Span)
            : default;
        (shape[0], shape[1]) = (call.BatchSize, call.BatchSize > 0 ? count / call.BatchSize : 0);
        return new()
        {
            Input = input,
            Target = target,
            Output = this.Settings.WritesLoss ? PlaceDestination(memory.Output, call.Output, input, target, gradOutputs, place) : default,
            GradInput = this.Settings.HasGradInput ? PlaceDestination(memory.GradInput, call.GradInput, input, target, gradOutputs, place) : default,
            GradTarget = this.Settings.HasGradTarget ? PlaceDestination(memory.GradTarget, call.GradTarget, input, target, gradOutputs, place) : default,
            BatchSize = call.BatchSize,
            InputShape = call.Input is { } i ? i.Shape : shape,
            InputStrides = call.Input?.Strides,
            TargetShape = call.Target is { } t ? t.Shape : shape,
            TargetStrides = call.Target?.Strides,
            GradOutputShape = call.GradOutputLayout is { } g ? g.Shape : shape,
            GradOutputStrides = call.GradOutputLayout?.Strides,
            DestinationShape = call.Destination is { } d ? d.Shape : shape,
            DestinationStrides = call.Destination?.Strides,
            GradOutput = call.GradOutput,
            GradOutputs = gradOutputs,
            MaxDegreeOfParallelism = call.MaxDegreeOfParallelism,
        };
    }

    private string? FindUnexpectedWrite(OperandMemory memory, Call call, in KernelOperands<TX, TY, T> operands, bool failed)
    {
        bool IsReadOnly(MemorySource source) => failed
            || !((this.Settings.WritesLoss && call.Output.Source == source)
                || (this.Settings.HasGradInput && call.GradInput.Source == source)
                || (this.Settings.HasGradTarget && call.GradTarget.Source == source));

        return IsReadOnly(MemorySource.Input) && !Holds(operands.Input, call.X.Span) ? "the input was changed"
            : IsReadOnly(MemorySource.Target) && !Holds(operands.Target, call.Y.Span) ? "the target was changed"
            : IsReadOnly(MemorySource.GradOutput) && !Holds(operands.GradOutputs, call.GradOutputs.Span) ? "gradOutput was changed"
            : !memory.Input.IsIntactAround() || !memory.Target.IsIntactAround() || (this.Settings.HasGradOutputs && !memory.GradOutput.IsIntactAround())
                ? "memory around a source was changed"
            : FindUnexpectedWriteAround(this.Settings.WritesLoss, call.Output, memory.Output, "output", failed)
                ?? FindUnexpectedWriteAround(this.Settings.HasGradInput, call.GradInput, memory.GradInput, "gradInput", failed)
                ?? FindUnexpectedWriteAround(this.Settings.HasGradTarget, call.GradTarget, memory.GradTarget, "gradTarget", failed);
    }
}
