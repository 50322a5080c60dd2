namespace Distillation;

/// <summary>What a network has reached after an epoch.</summary>
/// <param name="Loss">The mean loss over the epoch's batches, in nats per example.</param>
/// <param name="Accuracy">The share of held-out images it names rightly.</param>
internal readonly record struct Epoch(double Loss, double Accuracy);

/// <summary>Trains networks by mini-batch gradient descent on the divergence from their targets.</summary>
/// <param name="images">The images to learn from.</param>
/// <param name="heldOut">The images to measure the accuracy with.</param>
internal sealed class Trainer(Digits images, Digits heldOut)
{
    private const int BatchSize = 20;
    private const float Rate = 0.05f;
    private const float Momentum = 0.9f;

    /// <summary>Trains a network.</summary>
    /// <param name="network">The network; its weights change.</param>
    /// <param name="targets">The probabilities to learn for each image, one row each.</param>
    /// <param name="temperature">T, which the network's logits are divided by before they are compared with the targets.</param>
    /// <param name="epochs">How often to go through the images.</param>
    /// <param name="random">The order of the images.</param>
    /// <param name="report">Is told each epoch's result.</param>
    public IReadOnlyList<Epoch> Train(
        Network network, float[] targets, float temperature, int epochs, Random random, Action<Epoch> report)
    {
        int[] order = [.. Enumerable.Range(0, images.Count)];
        List<Epoch> history = [];
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            random.Shuffle(order);
            double loss = 0;
            foreach (int[] batch in order.Chunk(BatchSize))
            {
                loss += batch.Length * this.Step(network, targets, temperature, batch);
            }

            history.Add(new Epoch(loss / images.Count, network.Accuracy(heldOut)));
            report(history[^1]);
        }

        return history;
    }

    // One batch: forward, the loss with its gradient, backward, and a step of the weights.
    private float Step(Network network, float[] targets, float temperature, ReadOnlySpan<int> batch)
    {
        float[] hidden = new float[batch.Length * network.Hidden];
        float[] logProbabilities = new float[batch.Length * Digits.Classes];
        float[] target = new float[logProbabilities.Length];
        float[] gradient = new float[logProbabilities.Length];
        Span<float> logits = stackalloc float[Digits.Classes];

        for (int i = 0; i < batch.Length; i++)
        {
            network.Forward(images.Image(batch[i]), Unit(hidden, i, network.Hidden), logits);
            Softmax.Log(logits, temperature, Unit(logProbabilities, i, Digits.Classes));
            Unit(targets, batch[i], Digits.Classes).CopyTo(Unit(target, i, Digits.Classes));
        }

        float loss = Losses.WithGradient(logProbabilities, target, batch.Length, gradient);

        for (int i = 0; i < batch.Length; i++)
        {
            Span<float> gradLogits = Unit(gradient, i, Digits.Classes);
            Softmax.Backward(Unit(logProbabilities, i, Digits.Classes), temperature, gradLogits);
            network.Backward(images.Image(batch[i]), Unit(hidden, i, network.Hidden), gradLogits);
        }

        // Gradients of softened targets shrink with 1/T², which the rate makes up for (Hinton, Vinyals and Dean, 2015, section 2).
        network.Step(Rate * temperature * temperature, Momentum);
        return loss;
    }

    private static Span<float> Unit(float[] rows, int index, int length) => rows.AsSpan(index * length, length);
}
