using System.Numerics;
using System.Runtime.InteropServices;
using KlDivGen.Conformance.Memory;

namespace KlDivGen.Conformance.Columns;

/// <summary>One annotated method, ready to be called with data of any kind.</summary>
internal abstract class Column(Settings settings)
{
    public Settings Settings { get; } = settings;

    /// <summary>Family and name: what a failure is reported under.</summary>
    public string Title => $"{this.Settings.Family}.{this.Settings.Name}";

    /// <summary>Calls the method with its operands in guarded memory, and looks at everything that it may have changed.</summary>
    public abstract Outcome Run(Arena arena, Call call);

    /// <summary>The bytes that the method allocates in one call after others have warmed it up.</summary>
    public abstract long Allocated(Arena arena, Call call);

    /// <summary>What an element of a destination holds that nobody has written.</summary>
    public abstract double Unwritten { get; }

    /// <summary>The size of an element of the input, of the target and of a destination, in bytes.</summary>
    public abstract (int Input, int Target, int Destination) Sizes { get; }
}

/// <inheritdoc/>
internal sealed unsafe class Column<TX, TY, T>(Settings settings, KernelCall<TX, TY, T> kernel) : Column(settings)
    where TX : unmanaged, IBinaryFloatingPointIeee754<TX>
    where TY : unmanaged, IBinaryFloatingPointIeee754<TY>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override (int Input, int Target, int Destination) Sizes => (sizeof(TX), sizeof(TY), sizeof(T));

    public override double Unwritten
    {
        get
        {
            Span<T> one = stackalloc T[1];
            GuardedMemory.Fill(MemoryMarshal.AsBytes(one));
            return Widen(one)[0];
        }
    }

    /// <summary>The method itself, for checks that bring their own memory.</summary>
    public KernelCall<TX, TY, T> Kernel => kernel;

    public override Outcome Run(Arena arena, Call call)
    {
        Span<nint> shape = stackalloc nint[2];
        var o = this.Prepare(arena, call, shape);
        double returned = double.NaN;
        Exception? error = null;
        try
        {
            returned = kernel(o);
        }
        catch (Exception e) when (e is ArgumentException)
        {
            error = e;
        }

        return new(
            returned,
            this.Settings.WritesLoss ? Widen(o.Output) : [],
            this.Settings.HasGradInput ? Widen(o.GradInput) : [],
            this.Settings.HasGradTarget ? Widen(o.GradTarget) : [],
            error,
            this.Damage(arena, call, o, error is not null));
    }

    public override long Allocated(Arena arena, Call call)
    {
        Span<nint> shape = stackalloc nint[2];
        var o = this.Prepare(arena, call, shape);
        for (int i = 0; i < 50; i++)
        {
            _ = kernel(o);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
        {
            _ = kernel(o);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static Span<TElement> Place<TElement>(GuardedMemory memory, int length, Edge edge, int offset)
        where TElement : unmanaged =>
        new(memory.Place((nint)length * sizeof(TElement), sizeof(TElement), edge, offset), length);

    private static Span<TElement> Fill<TElement>(Span<TElement> span, ReadOnlySpan<double> values)
        where TElement : unmanaged, INumberBase<TElement>
    {
        for (int i = 0; i < span.Length; i++)
        {
            span[i] = TElement.CreateTruncating(values[i]);
        }

        return span;
    }

    private static bool Holds<TElement>(ReadOnlySpan<TElement> span, ReadOnlySpan<double> values)
        where TElement : unmanaged, INumberBase<TElement>
    {
        for (int i = 0; i < span.Length; i++)
        {
            if (!TElement.CreateTruncating(values[i]).Equals(span[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static double[] Widen(ReadOnlySpan<T> span)
    {
        var result = new double[span.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = double.CreateTruncating(span[i]);
        }

        return result;
    }

    private Operands<TX, TY, T> Prepare(Arena arena, Call call, Span<nint> shape)
    {
        int count = call.X.Length;
        var place = call.Placement;
        var input = Fill(Place<TX>(arena.Input, count, place.Edge, place.Input), call.X.Span);
        var target = Fill(Place<TY>(arena.Target, call.Y.Length, place.Edge, place.Target), call.Y.Span);
        Span<T> gradOutputs = this.Settings is { Upstream: true, Reduction: Reduction.None } ? Upstream(arena, call) : default;
        (shape[0], shape[1]) = (call.BatchSize, call.BatchSize > 0 ? count / call.BatchSize : 0);
        return new()
        {
            Input = input,
            Target = target,
            Output = this.Settings.WritesLoss ? Destination(arena.Output, call.Output, input, target, gradOutputs, place) : default,
            GradInput = this.Settings.HasGradInput ? Destination(arena.GradInput, call.GradInput, input, target, gradOutputs, place) : default,
            GradTarget = this.Settings.HasGradTarget ? Destination(arena.GradTarget, call.GradTarget, input, target, gradOutputs, place) : default,
            BatchSize = call.BatchSize,
            InputShape = call.Input is { } i ? i.Shape : shape,
            InputStrides = call.Input?.Strides,
            TargetShape = call.Target is { } t ? t.Shape : shape,
            TargetStrides = call.Target?.Strides,
            DestinationShape = call.Destination is { } d ? d.Shape : shape,
            DestinationStrides = call.Destination?.Strides,
            GradOutput = T.CreateTruncating(call.GradOutput),
            GradOutputs = gradOutputs,
        };
    }

    private static Span<T> Destination(GuardedMemory own, Spot spot, Span<TX> input, Span<TY> target, Span<T> gradOutputs, Placement place)
    {
        int length = spot.Length ?? input.Length;
        if (spot.Over == Over.Own)
        {
            return Place<T>(own, length, place.Edge, place.Destination);
        }

        fixed (TX* x = input)
        fixed (TY* y = target)
        fixed (T* upstream = gradOutputs)
        {
            byte* source = spot.Over switch { Over.Input => (byte*)x, Over.Target => (byte*)y, _ => (byte*)upstream };
            return new(source + ((nint)spot.Shift * sizeof(T)), length);
        }
    }

    private static Span<T> Upstream(Arena arena, Call call)
    {
        if (call.GradOutputs is { } each)
        {
            return Fill(Place<T>(arena.GradOutput, each.Length, call.Placement.Edge, call.Placement.Destination), each.Span);
        }

        var span = Place<T>(arena.GradOutput, call.Destination is null ? call.X.Length : call.Output.Length!.Value, call.Placement.Edge, call.Placement.Destination);
        span.Fill(T.CreateTruncating(call.GradOutput));
        return span;
    }

    private string? Damage(Arena arena, Call call, in Operands<TX, TY, T> o, bool failed)
    {
        bool Free(Over source) => failed
            || !((this.Settings.WritesLoss && call.Output.Over == source)
                || (this.Settings.HasGradInput && call.GradInput.Over == source)
                || (this.Settings.HasGradTarget && call.GradTarget.Over == source));

        if (Free(Over.Input) && !Holds(o.Input, call.X.Span))
        {
            return "the input was changed";
        }

        if (Free(Over.Target) && !Holds(o.Target, call.Y.Span))
        {
            return "the target was changed";
        }

        if (!arena.Input.IsIntactAround() || !arena.Target.IsIntactAround())
        {
            return "memory around a source was changed";
        }

        return Around(this.Settings.WritesLoss, call.Output, arena.Output, "output", failed)
            ?? Around(this.Settings.HasGradInput, call.GradInput, arena.GradInput, "gradInput", failed)
            ?? Around(this.Settings.HasGradTarget, call.GradTarget, arena.GradTarget, "gradTarget", failed);
    }

    private static string? Around(bool used, Spot spot, GuardedMemory memory, string name, bool failed) =>
        !used || spot.Over != Over.Own ? null
        : !memory.IsIntactAround() ? $"memory around {name} was changed"
        : failed && !memory.IsUntouched() ? $"{name} was written before the exception"
        : null;
}
