namespace KlDivGen.Generator.Model;

/// <summary>How the losses of the elements become the result: the attribute's <c>Reduction</c>.</summary>
internal enum Reduction
{
    None,
    Mean,
    Sum,
    BatchMean,
}

/// <summary>Whose rules decide the values at y ≤ 0 and at y = −∞: the attribute's <c>Dialect</c>.</summary>
internal enum Dialect
{
    Paddle,
    PyTorch,
    Strict,
}

/// <summary>How the data of a method lies in memory; all of its parameters agree.</summary>
internal enum Layout
{
    /// <summary>Spans.</summary>
    Flat,

    /// <summary>Tensor spans, of any rank and any strides.</summary>
    Tensor,
}

/// <summary>What a parameter is for. The first two are known by their position, the others by their name.</summary>
internal enum ParameterRole
{
    Input,
    Target,
    Output,
    BatchSize,
    GradOutput,
    GradInput,
    GradTarget,
}

/// <summary>What a parameter's type is made of.</summary>
internal enum Container
{
    Scalar,
    Span,
    ReadOnlySpan,
    TensorSpan,
    ReadOnlyTensorSpan,
}
