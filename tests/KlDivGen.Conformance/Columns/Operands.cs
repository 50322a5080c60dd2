namespace KlDivGen.Conformance.Columns;

/// <summary>Everything that any annotated method takes; a method's entry in the matrix picks what it wants.</summary>
internal ref struct Operands<TX, TY, T>
{
    public ReadOnlySpan<TX> Input;
    public ReadOnlySpan<TY> Target;
    public Span<T> Output;
    public int BatchSize;
    public T GradOutput;
    public ReadOnlySpan<T> GradOutputs;
    public Span<T> GradInput;
    public Span<T> GradTarget;

    /// <summary>The dimensions of the tensors, and their strides where they are not dense; every destination is laid out alike.</summary>
    public ReadOnlySpan<nint> InputShape, TargetShape, DestinationShape, InputStrides, TargetStrides, DestinationStrides;
}

/// <summary>Calls one annotated method; gives what it returned, widened, or NaN for void.</summary>
internal delegate double KernelCall<TX, TY, T>(in Operands<TX, TY, T> o);
