using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace TorchSharpTraining;

/// <summary>The same loss with the functions of TorchSharp.</summary>
internal static class KlDivFormula
{
    /// <summary>Computes the loss, from log_softmax and kl_div.</summary>
    /// <param name="input">The logits of the student. The last dimension is the classes.</param>
    /// <param name="target">The logits of the teacher, in the same shape.</param>
    /// <param name="mask">Whether each row counts.</param>
    public static Tensor Apply(Tensor input, Tensor target, Tensor mask)
    {
        using TorchSharp.DisposeScope scope = NewDisposeScope();
        Tensor logInput = log_softmax(input / Losses.Temperature, -1);
        Tensor logTarget = log_softmax(target / Losses.Temperature, -1);

        // The reduction batchmean does not exist, nor a mask. log_target is true by default, unlike in PyTorch.
        Tensor rows = kl_div(logInput, logTarget, log_target: true, nn.Reduction.None).sum(-1);
        Tensor loss = (rows * mask).sum() / mask.sum() * (Losses.Temperature * Losses.Temperature);
        return loss.MoveToOuterDisposeScope();
    }
}
