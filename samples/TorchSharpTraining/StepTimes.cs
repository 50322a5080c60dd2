using MathNet.Numerics.Statistics;

namespace TorchSharpTraining;

/// <summary>The typical time of a step, of both students.</summary>
/// <param name="KlDivGen">The median time with the generated loss, in milliseconds.</param>
/// <param name="TorchSharp">The median time with the functions of TorchSharp, in milliseconds.</param>
internal sealed record StepTimes(double KlDivGen, double TorchSharp)
{
    /// <summary>How many times faster the generated loss makes a step.</summary>
    public double SpeedUp => this.TorchSharp / this.KlDivGen;

    /// <summary>Computes the medians. The first quarter of the steps, in which code is compiled, does not count.</summary>
    public static StepTimes Create(ExperimentResult result) => new(GetMedian(result.KlDivGen), GetMedian(result.TorchSharp));

    private static double GetMedian(StudentResult student) =>
        student.Steps.Skip(student.Steps.Count / 4).Select(step => step.Milliseconds).Median();
}
