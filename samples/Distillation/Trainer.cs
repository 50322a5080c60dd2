namespace Distillation;

/// <summary>The result of one epoch.</summary>
/// <param name="Loss">The mean loss over the epoch's batches, in nats per example.</param>
/// <param name="Accuracy">The share of test images that are classified correctly.</param>
internal readonly record struct EpochResult(double Loss, double Accuracy);

/// <summary>Computes the mean loss of a batch and its gradient.</summary>
/// <param name="logits">The logits of the network, one row for each example.</param>
/// <param name="targets">The targets, in the same shape.</param>
/// <param name="gradLogits">Receives the gradient of the loss with respect to the logits.</param>
internal delegate float BatchLoss(ReadOnlySpan<float> logits, ReadOnlySpan<float> targets, Span<float> gradLogits);

/// <summary>Trains networks by mini-batch gradient descent.</summary>
/// <param name="images">The training images.</param>
/// <param name="testImages">The images that measure the accuracy.</param>
internal sealed class Trainer(Digits images, Digits testImages)
{
    private const int BatchSize = 20;
    private const float LearningRate = 0.05f;
    private const float Momentum = 0.9f;

    /// <summary>Trains a network.</summary>
    /// <param name="network">The network to train.</param>
    /// <param name="targets">The targets, one row for each image.</param>
    /// <param name="computeLoss">The loss.</param>
    /// <param name="epochs">The number of epochs.</param>
    /// <param name="random">The source of the order of the images.</param>
    /// <param name="onEpoch">Called after each epoch.</param>
    public IReadOnlyList<EpochResult> Train(
        Network network, float[] targets, BatchLoss computeLoss, int epochs, Random random, Action<EpochResult> onEpoch)
    {
        int[] order = [.. Enumerable.Range(0, images.Count)];
        List<EpochResult> history = [];
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            random.Shuffle(order);
            double loss = 0;
            foreach (int[] batch in order.Chunk(BatchSize))
            {
                loss += batch.Length * this.Step(network, targets, computeLoss, batch);
            }

            history.Add(new EpochResult(loss / images.Count, network.ComputeAccuracy(testImages)));
            onEpoch(history[^1]);
        }

        return history;
    }

    // One batch: forward pass, loss and gradient, backward pass, update of the weights. Returns the loss.
    private float Step(Network network, float[] targets, BatchLoss computeLoss, ReadOnlySpan<int> batch)
    {
        float[] hidden = new float[batch.Length * network.HiddenUnits];
        float[] logits = new float[batch.Length * Digits.Classes];
        float[] target = new float[logits.Length];
        for (int i = 0; i < batch.Length; i++)
        {
            network.Forward(images.GetImage(batch[i]), GetRow(hidden, i, network.HiddenUnits), GetRow(logits, i, Digits.Classes));
            GetRow(targets, batch[i], Digits.Classes).CopyTo(GetRow(target, i, Digits.Classes));
        }

        // The gradient replaces the logits, which are not needed any more.
        float loss = computeLoss(logits, target, gradLogits: logits);

        for (int i = 0; i < batch.Length; i++)
        {
            network.Backward(
                images.GetImage(batch[i]), GetRow(hidden, i, network.HiddenUnits), gradLogits: GetRow(logits, i, Digits.Classes));
        }

        network.Step(LearningRate, Momentum);
        return loss;
    }

    private static Span<float> GetRow(float[] rows, int index, int length) => rows.AsSpan(index * length, length);
}
