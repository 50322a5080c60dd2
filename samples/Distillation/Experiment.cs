namespace Distillation;

/// <summary>What to run.</summary>
/// <param name="Temperature">T: how much the teacher's probabilities are softened.</param>
/// <param name="Epochs">How often each network goes through its images.</param>
/// <param name="Seed">Where all random numbers come from.</param>
internal sealed record ExperimentSettings(float Temperature, int Epochs, int Seed);

/// <summary>What came out.</summary>
/// <param name="Teacher">The teacher, epoch by epoch.</param>
/// <param name="Distilled">The student that learned the teacher's softened probabilities.</param>
/// <param name="HardLabels">The student that learned the labels alone.</param>
internal sealed record ExperimentResult(
    IReadOnlyList<Epoch> Teacher, IReadOnlyList<Epoch> Distilled, IReadOnlyList<Epoch> HardLabels);

/// <summary>
/// A teacher learns from many labelled digits. Two small students, with the same first weights, see the same few digits in the
/// same order: one learns their labels, the other what the teacher says of them.
/// </summary>
internal sealed class Experiment
{
    /// <summary>The images the teacher learns from.</summary>
    public const int TeacherImages = 1200;

    /// <summary>The images the students learn from, among the teacher's.</summary>
    public const int StudentImages = 100;

    /// <summary>The hidden units of the teacher.</summary>
    public const int TeacherUnits = 64;

    /// <summary>The hidden units of a student.</summary>
    public const int StudentUnits = 12;

    private const string Teacher = "teacher", HardLabels = "hard labels", Distilled = "distilled";

    private readonly ExperimentSettings settings;
    private readonly Digits teacherImages;
    private readonly Digits studentImages;
    private readonly Digits heldOut;

    /// <summary>Divides the digits by the seed.</summary>
    public Experiment(Digits digits, ExperimentSettings settings)
    {
        this.settings = settings;
        int[] order = [.. Enumerable.Range(0, digits.Count)];
        new Random(settings.Seed).Shuffle(order);
        this.teacherImages = digits.Select(order.AsSpan(0, TeacherImages));
        this.studentImages = digits.Select(order.AsSpan(0, StudentImages));
        this.heldOut = digits.Select(order.AsSpan(TeacherImages));
    }

    /// <summary>The names of the networks, in the order in which they are trained.</summary>
    public static IReadOnlyList<string> Networks { get; } = [Teacher, HardLabels, Distilled];

    /// <summary>The images on which accuracy is measured.</summary>
    public int HeldOutImages => this.heldOut.Count;

    /// <summary>Trains the three networks.</summary>
    /// <param name="report">Is told the network's name and its result after each epoch.</param>
    public ExperimentResult Run(Action<string, Epoch> report)
    {
        Network teacher = new(TeacherUnits, new Random(this.settings.Seed + 1));
        IReadOnlyList<Epoch> taught = this.Train(Teacher, teacher, this.teacherImages, this.teacherImages.OneHot(), 1, report);
        IReadOnlyList<Epoch> hard = this.Train(
            HardLabels, this.NewStudent(), this.studentImages, this.studentImages.OneHot(), 1, report);
        IReadOnlyList<Epoch> distilled = this.Train(
            Distilled, this.NewStudent(), this.studentImages, this.SoftTargets(teacher), this.settings.Temperature, report);
        return new ExperimentResult(taught, distilled, hard);
    }

    // Both students begin with the same weights.
    private Network NewStudent() => new(StudentUnits, new Random(this.settings.Seed + 2));

    private IReadOnlyList<Epoch> Train(
        string name, Network network, Digits images, float[] targets, float temperature, Action<string, Epoch> report) =>
        new Trainer(images, this.heldOut).Train(
            network, targets, temperature, this.settings.Epochs, new Random(this.settings.Seed + 3), epoch => report(name, epoch));

    private float[] SoftTargets(Network teacher)
    {
        float[] probabilities = teacher.Logits(this.studentImages);
        for (int i = 0; i < probabilities.Length; i += Digits.Classes)
        {
            Span<float> row = probabilities.AsSpan(i, Digits.Classes);
            Softmax.Log(row, this.settings.Temperature, row);
            foreach (ref float value in row)
            {
                value = float.Exp(value);
            }
        }

        return probabilities;
    }
}
