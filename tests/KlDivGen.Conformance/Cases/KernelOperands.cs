namespace KlDivGen.Conformance.Cases;

/// <summary>The arguments that any annotated method may take. The matrix passes each method those of its signature.</summary>
internal ref struct KernelOperands<TX, TY, T>
{
    public ReadOnlySpan<TX> Input;
    public ReadOnlySpan<TY> Target;
    public Span<T> Output;
    public int BatchSize;

    /// <summary>The upstream gradient of a reduction, exact in the type of the parameter.</summary>
    public double GradOutput;

    public ReadOnlySpan<T> GradOutputs;
    public Span<T> GradInput;
    public Span<T> GradTarget;
    public int MaxDegreeOfParallelism;

    /// <summary>The dimensions of the tensors. All destinations have the same.</summary>
    public ReadOnlySpan<nint> InputShape, TargetShape, GradOutputShape, DestinationShape;

    /// <summary>The strides of the tensors; empty if they are dense.</summary>
    public ReadOnlySpan<nint> InputStrides, TargetStrides, GradOutputStrides, DestinationStrides;
}

/// <summary>Calls one annotated method and returns its value as a double, or NaN for <see langword="void"/>.</summary>
internal delegate double KernelInvoker<TX, TY, T>(in KernelOperands<TX, TY, T> operands);
