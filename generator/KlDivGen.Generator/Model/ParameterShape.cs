namespace KlDivGen.Generator.Model;

/// <summary>The shape of a parameter's type: one number, or one of the span types.</summary>
internal enum ParameterShape
{
    Scalar,
    Span,
    ReadOnlySpan,
    TensorSpan,
    ReadOnlyTensorSpan,
}
