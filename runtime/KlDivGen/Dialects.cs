namespace KlDivGen;

/// <summary>Names the values of <see cref="KLDivLossAttribute.Dialect"/>.</summary>
/// <remarks>
/// A dialect defines the loss of an element, y · (log y − x) or exp(y) · (y − x), where the formula does not: at y ≤ 0, and at y = −∞
/// for a target of log-probabilities. For all other values, the dialects agree.
/// </remarks>
public static class Dialects
{
    /// <summary>
    /// The values of <c>paddle.nn.KLDivLoss</c>. A probability y ≤ 0 contributes 0 for every x. A log-probability y = −∞ gives NaN.
    /// </summary>
    public const string Paddle = "paddle";

    /// <summary>
    /// The values of <c>torch.nn.functional.kl_div</c> in PyTorch 1.13 and later. A probability y = 0 contributes −y · x, which is NaN
    /// if x is ±∞ or NaN, and otherwise 0. A probability y &lt; 0 gives NaN, as does a log-probability y = −∞.
    /// </summary>
    public const string PyTorch = "pytorch";

    /// <summary>
    /// The values of the mathematical definition, with 0 · log 0 = 0. A probability y = 0 contributes 0 for every x, as does a
    /// log-probability y = −∞. A probability y &lt; 0 gives NaN.
    /// </summary>
    public const string Strict = "strict";
}
