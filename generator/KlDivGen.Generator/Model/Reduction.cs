namespace KlDivGen.Generator.Model;

/// <summary>How the losses of the elements become the result: the attribute's <c>Reduction</c>.</summary>
internal enum Reduction
{
    None,
    Mean,
    Sum,
    BatchMean,
    Row,
}
