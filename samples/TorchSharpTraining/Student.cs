using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchSharpTraining;

/// <summary>Computes the loss of a batch.</summary>
/// <param name="input">The logits of the student.</param>
/// <param name="target">The logits of the teacher.</param>
/// <param name="mask">Whether each row counts.</param>
internal delegate Tensor LossFunction(Tensor input, Tensor target, Tensor mask);

/// <summary>The result of one step of training.</summary>
/// <param name="Loss">The loss of the batch before the step.</param>
/// <param name="Milliseconds">The time of the step: forward pass, loss, backward pass, update of the weights.</param>
internal readonly record struct StepResult(double Loss, double Milliseconds);

/// <summary>A network, its optimizer and its loss.</summary>
internal sealed class Student : IDisposable
{
    private const double LearningRate = 0.02, Momentum = 0.9;

    private readonly nn.Module<Tensor, Tensor> network;
    private readonly optim.Optimizer optimizer;
    private readonly LossFunction computeLoss;

    /// <summary>Creates a network. The seed defines its weights.</summary>
    public Student(int hiddenUnits, long seed, LossFunction computeLoss)
    {
        manual_seed(seed);
        this.network = nn.Sequential(
            nn.Linear(Distillation.Digits.Features, hiddenUnits), nn.ReLU(), nn.Linear(hiddenUnits, Distillation.Digits.Classes));
        this.optimizer = optim.SGD(this.network.parameters(), LearningRate, Momentum);
        this.computeLoss = computeLoss;
    }

    /// <summary>Trains with one batch.</summary>
    public StepResult Step(Batch batch)
    {
        long start = Stopwatch.GetTimestamp();
        using DisposeScope scope = NewDisposeScope();
        this.optimizer.zero_grad();
        Tensor loss = this.computeLoss(this.network.call(batch.Images), batch.Target, batch.Mask);
        loss.backward();
        this.optimizer.step();
        return new StepResult(loss.item<float>(), Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    /// <summary>Computes the logits of images.</summary>
    public Tensor ComputeLogits(Tensor images)
    {
        using IDisposable noGradient = no_grad();
        return this.network.call(images);
    }

    /// <summary>Computes the share of images whose label has the largest logit.</summary>
    public double ComputeAccuracy(Tensor images, Tensor labels)
    {
        using DisposeScope scope = NewDisposeScope();
        return this.ComputeLogits(images).argmax(-1).eq(labels).to(float64).mean().item<double>();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        this.optimizer.Dispose();
        this.network.Dispose();
    }
}
