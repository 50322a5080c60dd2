namespace Distillation;

/// <summary>The result of one epoch.</summary>
/// <param name="Loss">The mean loss over the epoch's batches, in nats per example.</param>
/// <param name="Accuracy">The share of test images that are classified correctly.</param>
internal readonly record struct EpochResult(double Loss, double Accuracy);

/// <summary>Trains networks by mini-batch gradient descent on the divergence from their targets.</summary>
/// <param name="images">The training images.</param>
/// <param name="testImages">The images that measure the accuracy.</param>
internal sealed class Trainer(Digits images, Digits testImages)
{
    private const int BatchSize = 20;
    private const float LearningRate = 0.05f;
    private const float Momentum = 0.9f;

    /// <summary>Trains a network.</summary>
    /// <param name="network">The network to train.</param>
    /// <param name="targets">The target probabilities, one row for each image.</param>
    /// <param name="temperature">The temperature that divides the logits of the network.</param>
    /// <param name="epochs">The number of epochs.</param>
    /// <param name="random">The source of the order of the images.</param>
    /// <param name="onEpoch">Called after each epoch.</param>
    public IReadOnlyList<EpochResult> Train(
        Network network, float[] targets, float temperature, int epochs, Random random, Action<EpochResult> onEpoch)
    {
        int[] order = [.. Enumerable.Range(0, images.Count)];
        List<EpochResult> history = [];
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            random.Shuffle(order);
            double loss = 0;
            foreach (int[] batch in order.Chunk(BatchSize))
            {
                loss += batch.Length * this.Step(network, targets, temperature, batch);
            }

            history.Add(new EpochResult(loss / images.Count, network.ComputeAccuracy(testImages)));
            onEpoch(history[^1]);
        }

        return history;
    }

    // One batch: forward pass, loss and gradient, backward pass, update of the weights. Returns the loss.
    private float Step(Network network, float[] targets, float temperature, ReadOnlySpan<int> batch)
    {
        float[] hidden = new float[batch.Length * network.HiddenUnits];
        float[] logProbabilities = new float[batch.Length * Digits.Classes];
        float[] target = new float[logProbabilities.Length];
        float[] gradient = new float[logProbabilities.Length];
        Span<float> logits = stackalloc float[Digits.Classes];

        for (int i = 0; i < batch.Length; i++)
        {
            network.Forward(images.GetImage(batch[i]), GetRow(hidden, i, network.HiddenUnits), logits);
            LogSoftmax.Forward(logits, temperature, GetRow(logProbabilities, i, Digits.Classes));
            GetRow(targets, batch[i], Digits.Classes).CopyTo(GetRow(target, i, Digits.Classes));
        }

        float loss = Losses.WithGradient(logProbabilities, target, batch.Length, gradient);

        for (int i = 0; i < batch.Length; i++)
        {
            Span<float> gradLogits = GetRow(gradient, i, Digits.Classes);
            LogSoftmax.Backward(GetRow(logProbabilities, i, Digits.Classes), temperature, gradLogits);
            network.Backward(images.GetImage(batch[i]), GetRow(hidden, i, network.HiddenUnits), gradLogits);
        }

        // Gradients of softened targets scale with 1/T². The learning rate compensates (Hinton, Vinyals and Dean, 2015, section 2).
        network.Step(LearningRate * temperature * temperature, Momentum);
        return loss;
    }

    private static Span<float> GetRow(float[] rows, int index, int length) => rows.AsSpan(index * length, length);
}
