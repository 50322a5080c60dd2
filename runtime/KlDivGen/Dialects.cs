namespace KlDivGen;

/// <summary>The values of <see cref="KLDivLossAttribute.Dialect"/>.</summary>
public static class Dialects
{
    /// <summary>
    /// As <c>paddle.nn.KLDivLoss</c>: a probability y ≤ 0 contributes 0, whatever x; a log-probability of −∞ gives NaN.
    /// </summary>
    public const string Paddle = "paddle";

    /// <summary>
    /// As <c>torch.nn.functional.kl_div</c> since 1.13: at y = 0 the loss is −y · x, which is NaN where x is not finite; y &lt; 0
    /// gives NaN, and so does a log-probability of −∞.
    /// </summary>
    public const string PyTorch = "pytorch";

    /// <summary>
    /// As the mathematics has it, with 0 · log 0 = 0: y = 0 contributes 0, whatever x, and so does a log-probability of −∞;
    /// y &lt; 0 gives NaN.
    /// </summary>
    public const string Strict = "strict";
}
