namespace KlDivGen.Generator.Model;

/// <summary>The kind of memory that all data parameters of a method share.</summary>
internal enum DataKind
{
    /// <summary>Contiguous spans.</summary>
    Span,

    /// <summary>Tensor spans of any rank and any strides.</summary>
    TensorSpan,
}
