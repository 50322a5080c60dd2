namespace KlDivGen.Generator.Model;

/// <summary>
/// What a method computes row by row. A row is the data along the last axis: <c>classes</c> elements of a span, or the last dimension of a
/// tensor span.
/// </summary>
/// <param name="InputLogits">Whether the input holds logits, whose log-softmax over each row is part of the kernel.</param>
/// <param name="TargetLogits">Whether the target holds logits, whose softmax over each row is part of the kernel.</param>
/// <param name="Temperature">The constant that divides every logit; 1 where there is none.</param>
/// <param name="TemperatureParameter">The type of the parameter <c>temperature</c>, which replaces the constant, where there is one.</param>
/// <param name="TemperatureSquared">Whether the loss and the gradients are multiplied by the temperature squared.</param>
/// <param name="HasMask">Whether a mask says which rows count.</param>
/// <param name="Weights">The element type of <c>weights</c>, one for each row, where there are some.</param>
internal sealed record RowSpec(
    bool InputLogits,
    bool TargetLogits,
    double Temperature,
    ElementType? TemperatureParameter,
    bool TemperatureSquared,
    bool HasMask,
    ElementType? Weights)
{
    /// <summary>Whether logits are divided by something other than 1.</summary>
    public bool HasTemperature => this.TemperatureParameter is not null || this.Temperature != 1;

    /// <summary>Whether the loss of a row is multiplied by a weight or by a factor.</summary>
    public bool ScalesLoss => this.Weights is not null || (this.TemperatureSquared && this.HasTemperature);

    public bool HasLogits => this.InputLogits || this.TargetLogits;
}
