namespace Distillation;

/// <summary>The settings of an experiment.</summary>
/// <param name="Temperature">The temperature that softens the teacher's probabilities.</param>
/// <param name="Epochs">The number of epochs for each network.</param>
/// <param name="Seed">The seed of all random numbers.</param>
internal sealed record ExperimentSettings(float Temperature, int Epochs, int Seed);

/// <summary>The trained teacher and the training histories of the three networks.</summary>
/// <param name="TeacherNetwork">The trained teacher.</param>
/// <param name="Teacher">The history of the teacher.</param>
/// <param name="Distilled">The history of the student trained on the teacher's softened probabilities.</param>
/// <param name="HardLabels">The history of the student trained on labels.</param>
internal sealed record ExperimentResult(
    Network TeacherNetwork,
    IReadOnlyList<EpochResult> Teacher,
    IReadOnlyList<EpochResult> Distilled,
    IReadOnlyList<EpochResult> HardLabels);

/// <summary>
/// Trains a teacher on many labeled digits, and two small students on few. The students have the same initial weights and see the
/// same digits in the same order. One is trained on labels, the other on the teacher's softened probabilities.
/// </summary>
internal sealed class Experiment
{
    /// <summary>The number of training images of the teacher.</summary>
    public const int TeacherImageCount = 1200;

    /// <summary>The number of training images of a student, a subset of the images of the teacher.</summary>
    public const int StudentImageCount = 100;

    /// <summary>The number of hidden units of the teacher.</summary>
    public const int TeacherHiddenUnits = 64;

    /// <summary>The number of hidden units of a student.</summary>
    public const int StudentHiddenUnits = 12;

    private const string Teacher = "teacher", HardLabels = "hard labels", Distilled = "distilled";

    private readonly ExperimentSettings settings;
    private readonly Digits teacherImages;
    private readonly Digits studentImages;
    /// <summary>Splits the digits into training and test images.</summary>
    public Experiment(Digits digits, ExperimentSettings settings)
    {
        this.settings = settings;
        int[] order = [.. Enumerable.Range(0, digits.Count)];
        new Random(settings.Seed).Shuffle(order);
        this.teacherImages = digits.Select(order.AsSpan(0, TeacherImageCount));
        this.studentImages = digits.Select(order.AsSpan(0, StudentImageCount));
        this.TestImages = digits.Select(order.AsSpan(TeacherImageCount));
    }

    /// <summary>The names of the networks, in the order of training.</summary>
    public static IReadOnlyList<string> Networks { get; } = [Teacher, HardLabels, Distilled];

    /// <summary>The images that measure the accuracy.</summary>
    public Digits TestImages { get; }

    /// <summary>Trains the three networks.</summary>
    /// <param name="onEpoch">Called after each epoch with the name of the network and the result.</param>
    public ExperimentResult Run(Action<string, EpochResult> onEpoch)
    {
        Network teacher = new(TeacherHiddenUnits, new Random(this.settings.Seed + 1));
        IReadOnlyList<EpochResult> teacherHistory = this.Train(
            Teacher, teacher, this.teacherImages, this.teacherImages.GetOneHotLabels(), ComputeLabelLoss, onEpoch);
        IReadOnlyList<EpochResult> hardLabels = this.Train(
            HardLabels, this.CreateStudent(), this.studentImages, this.studentImages.GetOneHotLabels(), ComputeLabelLoss, onEpoch);
        IReadOnlyList<EpochResult> distilled = this.Train(
            Distilled,
            this.CreateStudent(),
            this.studentImages,
            teacher.ComputeLogits(this.studentImages),
            (logits, targets, gradient) =>
                Losses.FromTeacher(logits, targets, Digits.Classes, this.settings.Temperature, gradInput: gradient),
            onEpoch);
        return new ExperimentResult(teacher, teacherHistory, distilled, hardLabels);
    }

    private static float ComputeLabelLoss(ReadOnlySpan<float> logits, ReadOnlySpan<float> targets, Span<float> gradient) =>
        Losses.FromLabels(logits, targets, Digits.Classes, gradInput: gradient);

    // Both students have the same initial weights.
    private Network CreateStudent() => new(StudentHiddenUnits, new Random(this.settings.Seed + 2));

    private IReadOnlyList<EpochResult> Train(
        string name, Network network, Digits images, float[] targets, BatchLoss computeLoss, Action<string, EpochResult> onEpoch) =>
        new Trainer(images, this.TestImages).Train(
            network, targets, computeLoss, this.settings.Epochs, new Random(this.settings.Seed + 3), epoch => onEpoch(name, epoch));
}
