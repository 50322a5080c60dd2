using static TorchSharp.torch;

namespace TorchSharpTraining;

/// <summary>
/// <see cref="Losses.Distill(ReadOnlySpan{float}, ReadOnlySpan{float}, int, ReadOnlySpan{bool}, Span{float})"/> as a function of PyTorch's
/// autograd. It works on the memory of the tensors. The forward pass computes loss and gradient in one call; the backward pass multiplies
/// the gradient by that of the loss.
/// </summary>
internal sealed class DistillationLoss : autograd.SingleTensorFunction<DistillationLoss>
{
    /// <inheritdoc/>
    public override string Name => nameof(DistillationLoss);

    /// <summary>Computes the loss.</summary>
    /// <param name="input">The logits of the student. The last dimension is the classes.</param>
    /// <param name="target">The logits of the teacher, in the same shape.</param>
    /// <param name="mask">Whether each row counts; contiguous.</param>
    /// <exception cref="ArgumentException">The shapes differ, a tensor cannot be a span, or the target needs a gradient.</exception>
    public static Tensor Apply(Tensor input, Tensor target, Tensor mask) => apply(input, target, mask);

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        (Tensor input, Tensor target, Tensor mask) = ((Tensor)vars[0], (Tensor)vars[1], (Tensor)vars[2]);
        Validate(input, target, mask);
        Tensor gradInput = empty_like(input);
        float loss = Compute(input, target, mask, gradInput);
        ctx.save_for_backward([gradInput]);
        return tensor(loss);
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using Tensor gradInput = ctx.get_saved_variables()[0];
        return [gradInput * grad_output, null!, null!];
    }

    private static float Compute(Tensor input, Tensor target, Tensor mask, Tensor gradInput)
    {
        ReadOnlySpan<bool> rows = TensorMemory.AsSpan<bool>(mask, ScalarType.Bool, nameof(mask));
        float loss = input.is_contiguous() && target.is_contiguous() && gradInput.is_contiguous()
            ? Losses.Distill(
                TensorMemory.AsSpan<float>(input, ScalarType.Float32, nameof(input)),
                TensorMemory.AsSpan<float>(target, ScalarType.Float32, nameof(target)),
                (int)input.shape[^1],
                rows,
                TensorMemory.AsSpan<float>(gradInput, ScalarType.Float32, nameof(gradInput)))
            : Losses.Distill(
                TensorMemory.AsTensorSpan(input, nameof(input)),
                TensorMemory.AsTensorSpan(target, nameof(target)),
                rows,
                TensorMemory.AsTensorSpan(gradInput, nameof(gradInput)));
        GC.KeepAlive(input);
        GC.KeepAlive(target);
        GC.KeepAlive(mask);
        GC.KeepAlive(gradInput);
        return loss;
    }

    private static void Validate(Tensor input, Tensor target, Tensor mask)
    {
        if (input.dim() == 0)
        {
            throw new ArgumentException("A scalar has no classes.", nameof(input));
        }

        if (!target.shape.SequenceEqual(input.shape))
        {
            throw new ArgumentException($"The shape is {Format(target)}, and that of the input {Format(input)}.", nameof(target));
        }

        if (!mask.shape.SequenceEqual(input.shape.SkipLast(1)))
        {
            throw new ArgumentException($"The shape is {Format(mask)}, and the input has rows of {Format(input)}.", nameof(mask));
        }

        if (target.requires_grad)
        {
            throw new ArgumentException("The gradient of the target is not computed: detach the teacher's logits.", nameof(target));
        }
    }

    private static string Format(Tensor tensor) => $"({string.Join(", ", tensor.shape)})";
}
