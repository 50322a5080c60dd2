using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Memory;

namespace KlDivGen.Conformance.Rows;

/// <summary>One annotated method that computes row by row, which can be called with any data.</summary>
internal abstract class RowCase(RowSettings settings)
{
    public RowSettings Settings { get; } = settings;

    /// <summary>The group and the name of the method, for reports.</summary>
    public string Title => $"{this.Settings.Group}.{this.Settings.Name}";

    /// <summary>The sizes in bytes of an element of the input, of the target and of a destination.</summary>
    public abstract (int Input, int Target, int Destination) Sizes { get; }

    /// <summary>The value of an element of a destination that was not written.</summary>
    public abstract double UnwrittenValue { get; }

    /// <summary>Calls the method with operands in guarded memory and checks all memory that it may have changed.</summary>
    public abstract CallResult Run(OperandMemory memory, RowCall call);

    /// <summary>Returns the number of bytes that ten calls allocate once the method is warmed up.</summary>
    public abstract long MeasureAllocation(OperandMemory memory, RowCall call);
}

/// <inheritdoc/>
/// <typeparam name="TX">The element type of the input.</typeparam>
/// <typeparam name="TY">The element type of the target.</typeparam>
/// <typeparam name="T">The element type of all other data.</typeparam>
internal sealed unsafe class RowCase<TX, TY, T>(RowSettings settings, RowInvoker<TX, TY, T> invoke) : RowCase(settings)
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
            return Element.ToDouble(one[0]);
        }
    }

    public override CallResult Run(OperandMemory memory, RowCall call)
    {
        RowOperands<TX, TY, T> operands = this.Prepare(memory, call);
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
            returned, Widen<T>(operands.Output), Widen<T>(operands.GradInput), Widen<T>(operands.GradTarget), error,
            this.FindUnexpectedWrite(memory, call, operands, error is not null));
    }

    public override long MeasureAllocation(OperandMemory memory, RowCall call)
    {
        RowOperands<TX, TY, T> operands = this.Prepare(memory, call);
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

    private static Span<TElement> Place<TElement>(GuardedMemory memory, ReadOnlySpan<double> values, int mapped, OperandPlacement placement, int offset)
        where TElement : unmanaged
    {
        byte* address = memory.Place((nint)mapped * sizeof(TElement), sizeof(TElement), placement.Edge, offset);
        Span<TElement> span = new(address, values.Length);
        for (int i = 0; i < mapped; i++)
        {
            span[i] = Element.FromDouble<TElement>(values[i]);
        }

        return span;
    }

    private static double[] Widen<TElement>(ReadOnlySpan<TElement> span)
        where TElement : unmanaged
    {
        double[] result = new double[span.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = Element.ToDouble(span[i]);
        }

        return result;
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

    private static Span<T> PlaceDestination(
        GuardedMemory own, DestinationPlacement destination, int length, OperandPlacement placement, Span<TX> input, Span<TY> target, ReadOnlySpan<T> gradOutputs)
    {
        length = destination.Length ?? length;
        byte* address = destination.Source switch
        {
            MemorySource.Own => own.Place((nint)length * sizeof(T), sizeof(T), placement.Edge, placement.Destination),
            MemorySource.Input => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(input)),
            MemorySource.Target => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(target)),
            _ => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(gradOutputs)),
        };
        return new(address + ((nint)destination.Shift * sizeof(T)), length);
    }

    private static TensorLayout Dense(params nint[] shape) => new(shape, []);

    private RowOperands<TX, TY, T> Prepare(OperandMemory memory, RowCall call)
    {
        RowSettings settings = this.Settings;
        OperandPlacement place = call.Placement;
        Span<TX> input = Place<TX>(memory.Input, call.X, call.X.Length - call.UnmappedElements, place, place.Input);
        Span<TY> target = Place<TY>(memory.Target, call.Y, call.Y.Length - call.UnmappedElements, place, place.Target);
        Span<T> gradOutputs = settings.HasGradOutputs
            ? Place<T>(memory.GradOutput, call.GradOutputs, call.GradOutputs.Length, place, place.Destination)
            : default;
        T[] weights = Array.ConvertAll(call.Weights, Element.FromDouble<T>);
        int count = call.Layouts is { } layouts ? StridedLayouts.Extent(layouts.Destination) : call.X.Length;
        int perRow = !settings.IsPerRow ? count : call.Layouts is { } tensors ? StridedLayouts.Extent(tensors.Row) : call.Rows;
        return new()
        {
            Input = input,
            Target = target,
            Classes = call.Classes,
            Temperature = call.Temperature,
            Mask = call.Mask,
            Weights = weights,
            Output = settings.HasOutput ? PlaceDestination(memory.Output, call.Output, perRow, place, input, target, gradOutputs) : default,
            GradOutput = call.GradOutput,
            GradOutputs = gradOutputs,
            GradInput = settings.HasGradInput ? PlaceDestination(memory.GradInput, call.GradInput, count, place, input, target, gradOutputs) : default,
            GradTarget = settings.HasGradTarget ? PlaceDestination(memory.GradTarget, call.GradTarget, count, place, input, target, gradOutputs) : default,
            MaxDegreeOfParallelism = call.MaxDegreeOfParallelism,
            InputLayout = call.Layouts?.Input ?? Dense(call.Rows, call.Classes),
            TargetLayout = call.Layouts?.Target ?? Dense(call.Rows, call.Classes),
            DestinationLayout = call.Layouts?.Destination ?? Dense(call.Rows, call.Classes),
            RowLayout = call.Layouts?.Row ?? Dense(call.Rows),
        };
    }

    private string? FindUnexpectedWrite(OperandMemory memory, RowCall call, in RowOperands<TX, TY, T> operands, bool failed)
    {
        bool IsReadOnly(MemorySource source) => failed
            || !((this.Settings.HasOutput && call.Output.Source == source)
                || (this.Settings.HasGradInput && call.GradInput.Source == source)
                || (this.Settings.HasGradTarget && call.GradTarget.Source == source));
        string? Around(bool isUsed, DestinationPlacement placement, GuardedMemory own, string name) =>
            !isUsed || placement.Source != MemorySource.Own ? null
            : !own.IsIntactAround() ? $"memory around {name} was changed"
            : failed && !own.IsUntouched() ? $"{name} was written before the exception"
            : null;
        return IsReadOnly(MemorySource.Input) && !Holds(operands.Input[..^call.UnmappedElements], call.X) ? "the input was changed"
            : IsReadOnly(MemorySource.Target) && !Holds(operands.Target[..^call.UnmappedElements], call.Y) ? "the target was changed"
            : this.Settings.HasGradOutputs && IsReadOnly(MemorySource.GradOutput) && !Holds(operands.GradOutputs, call.GradOutputs)
                ? "gradOutput was changed"
            : !memory.Input.IsIntactAround() || !memory.Target.IsIntactAround() || (this.Settings.HasGradOutputs && !memory.GradOutput.IsIntactAround())
                ? "memory around a source was changed"
            : Around(this.Settings.HasOutput, call.Output, memory.Output, "output")
                ?? Around(this.Settings.HasGradInput, call.GradInput, memory.GradInput, "gradInput")
                ?? Around(this.Settings.HasGradTarget, call.GradTarget, memory.GradTarget, "gradTarget");
    }
}
