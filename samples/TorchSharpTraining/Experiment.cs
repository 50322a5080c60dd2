using Distillation;
using TorchSharp;
using static TorchSharp.torch;

namespace TorchSharpTraining;

/// <summary>The settings of an experiment.</summary>
/// <param name="Epochs">The number of epochs of each student.</param>
/// <param name="Seed">The seed of all random numbers.</param>
internal sealed record ExperimentSettings(int Epochs, int Seed);

/// <summary>What one of the two students did.</summary>
/// <param name="Steps">The loss and the time of each step.</param>
/// <param name="Accuracy">The share of test images that are classified correctly at the end.</param>
internal sealed record StudentResult(IReadOnlyList<StepResult> Steps, double Accuracy);

/// <summary>The results of an experiment.</summary>
/// <param name="TeacherAccuracy">The share of test images that the teacher classifies correctly.</param>
/// <param name="KlDivGen">The student whose loss is a generated method.</param>
/// <param name="TorchSharp">The student whose loss is made of TorchSharp's functions.</param>
internal sealed record ExperimentResult(double TeacherAccuracy, StudentResult KlDivGen, StudentResult TorchSharp);

/// <summary>
/// Trains a teacher on labels, then two students on its logits. The students have the same initial weights and the same batches. They
/// take turns, so that a change of the machine's speed concerns both.
/// </summary>
internal sealed class Experiment
{
    /// <summary>The number of training images.</summary>
    public const int TrainingImageCount = 1200;

    /// <summary>The number of hidden units of the teacher.</summary>
    public const int TeacherHiddenUnits = 64;

    /// <summary>The number of hidden units of a student.</summary>
    public const int StudentHiddenUnits = 12;

    private const int TeacherEpochs = 30;

    private readonly ExperimentSettings settings;
    private readonly Digits trainingImages;
    private readonly Digits testImages;

    /// <summary>Splits the digits into training and test images.</summary>
    public Experiment(Digits digits, ExperimentSettings settings)
    {
        this.settings = settings;
        int[] order = [.. Enumerable.Range(0, digits.Count)];
        new Random(settings.Seed).Shuffle(order);
        this.trainingImages = digits.Select(order.AsSpan(0, TrainingImageCount));
        this.testImages = digits.Select(order.AsSpan(TrainingImageCount));
    }

    /// <summary>Trains the three networks.</summary>
    public ExperimentResult Run()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = Batch.ToTensor(this.trainingImages), tests = Batch.ToTensor(this.testImages);
        Tensor labels = tensor(this.testImages.Labels, dtype: int64);
        using Student teacher = this.TrainTeacher(images);
        Tensor logits = teacher.ComputeLogits(images);

        using Student ours = this.CreateStudent(DistillationLoss.Apply), theirs = this.CreateStudent(KlDivFormula.Apply);
        List<StepResult> ourSteps = [], theirSteps = [];
        this.ForEachBatch(images, logits, this.settings.Epochs, batch =>
        {
            // Who begins does not matter to the caches in the long run.
            if (ourSteps.Count % 2 == 0)
            {
                ourSteps.Add(ours.Step(batch));
                theirSteps.Add(theirs.Step(batch));
            }
            else
            {
                theirSteps.Add(theirs.Step(batch));
                ourSteps.Add(ours.Step(batch));
            }
        });
        return new ExperimentResult(
            teacher.ComputeAccuracy(tests, labels),
            new StudentResult(ourSteps, ours.ComputeAccuracy(tests, labels)),
            new StudentResult(theirSteps, theirs.ComputeAccuracy(tests, labels)));
    }

    private Student CreateStudent(LossFunction loss) => new(StudentHiddenUnits, this.settings.Seed + 1, loss);

    private Student TrainTeacher(Tensor images)
    {
        using Tensor labels = tensor(this.trainingImages.GetOneHotLabels()).reshape(-1, Digits.Classes);
        Student teacher = new(TeacherHiddenUnits, this.settings.Seed, (logits, target, mask) =>
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor rows = -(nn.functional.log_softmax(logits, -1) * target).sum(-1);
            return (rows.sum() / mask.sum()).MoveToOuterDisposeScope();
        });
        this.ForEachBatch(images, labels, TeacherEpochs, batch => teacher.Step(batch));
        return teacher;
    }

    private void ForEachBatch(Tensor images, Tensor target, int epochs, Action<Batch> train)
    {
        Random random = new(this.settings.Seed);
        int[] order = [.. Enumerable.Range(0, TrainingImageCount)];
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            random.Shuffle(order);
            foreach (int[] indices in order.Chunk(Batch.Rows))
            {
                using Batch batch = Batch.Create(images, target, indices);
                train(batch);
            }
        }
    }
}
