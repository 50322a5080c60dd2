using Distillation;
using static TorchSharp.torch;

namespace TorchSharpTraining;

/// <summary>The tensors of a batch. All batches have the same shape: the last one is padded with rows that do not count.</summary>
/// <param name="Images">The pixels of the images, one row for each.</param>
/// <param name="Target">What the loss compares the logits with.</param>
/// <param name="Mask">Whether each row is an image and no padding.</param>
internal sealed record Batch(Tensor Images, Tensor Target, Tensor Mask) : IDisposable
{
    /// <summary>The number of rows of a batch.</summary>
    public const int Rows = 64;

    /// <summary>Takes rows in the given order and pads the batch.</summary>
    public static Batch Create(Tensor images, Tensor target, int[] indices)
    {
        using Tensor index = tensor(indices, dtype: int64);
        return new Batch(Take(images, index), Take(target, index), arange(Rows) < indices.Length);
    }

    /// <summary>Returns images as a tensor.</summary>
    public static Tensor ToTensor(Digits digits) => tensor(digits.Pixels).reshape(digits.Count, Digits.Features);

    /// <inheritdoc/>
    public void Dispose()
    {
        this.Images.Dispose();
        this.Target.Dispose();
        this.Mask.Dispose();
    }

    private static Tensor Take(Tensor rows, Tensor index)
    {
        using Tensor taken = rows.index_select(0, index);
        return nn.functional.pad(taken, [0, 0, 0, Rows - index.shape[0]]);
    }
}
