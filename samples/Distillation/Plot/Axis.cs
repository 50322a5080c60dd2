using System.Globalization;

namespace Distillation.Plot;

/// <summary>A line of a chart's grid.</summary>
/// <param name="Position">Where it is along the axis, from 0 to 1.</param>
/// <param name="Label">What is written beside it.</param>
internal sealed record Tick(double Position, string Label);

/// <summary>Where values are along one side of a chart, and which of them are named.</summary>
/// <param name="Ticks">The named values.</param>
/// <param name="Position">The place of a value, from 0 to 1.</param>
internal sealed record Axis(IReadOnlyList<Tick> Ticks, Func<double, double> Position)
{
    // What a logarithmic axis takes for 0 and below.
    private const double Least = 1e-6;

    /// <summary>Epochs from the first to the last, with ten ticks at most.</summary>
    public static Axis OfEpochs(int count)
    {
        double Place(double epoch) => count == 1 ? 0.5 : (epoch - 1) / (count - 1);
        int step = ((int[])[1, 2, 5]).SelectMany(digit => Enumerable.Range(0, 9), (digit, power) => digit * (int)Math.Pow(10, power))
            .Order().First(step => count / step <= 10);
        IEnumerable<int> epochs = Enumerable.Range(1, count).Where(epoch => epoch % step == 0 || (step > 1 && epoch == 1));
        return new Axis([.. epochs.Select(epoch => new Tick(Place(epoch), epoch.ToString(CultureInfo.InvariantCulture)))], Place);
    }

    /// <summary>Shares from 0 to 100 %.</summary>
    public static Axis OfShares() => new(
        [.. Enumerable.Range(0, 6).Select(i => new Tick(i / 5.0, string.Create(CultureInfo.InvariantCulture, $"{i * 20} %")))],
        share => share);

    /// <summary>Whole powers of ten around the values.</summary>
    public static Axis Logarithmic(IEnumerable<double> values)
    {
        double[] logs = [.. values.Select(value => Math.Log10(Math.Max(value, Least)))];
        int low = (int)Math.Floor(logs.Min());
        int high = Math.Max((int)Math.Ceiling(logs.Max()), low + 1);
        double Place(double value) => (Math.Log10(Math.Max(value, Least)) - low) / (high - low);
        return new Axis(
            [.. Enumerable.Range(low, high - low + 1).Select(power => new Tick(Place(Math.Pow(10, power)), Power(power)))], Place);
    }

    private static string Power(int power) => Math.Pow(10, power).ToString("0.######", CultureInfo.InvariantCulture);
}
