using System.Globalization;

namespace Distillation.Plot;

/// <summary>A labeled value of an axis.</summary>
/// <param name="Position">The position along the axis, from 0 to 1.</param>
/// <param name="Label">The label.</param>
internal sealed record Tick(double Position, string Label);

/// <summary>An axis of a chart: the position of each value, and the ticks.</summary>
/// <param name="Ticks">The ticks.</param>
/// <param name="GetPosition">Returns the position of a value, from 0 to 1.</param>
internal sealed record Axis(IReadOnlyList<Tick> Ticks, Func<double, double> GetPosition)
{
    // A logarithmic axis shows smaller values, and 0, at this value.
    private const double MinimumValue = 1e-6;

    /// <summary>Creates an axis of epochs with at most ten ticks.</summary>
    public static Axis CreateEpochs(int count)
    {
        double GetPosition(double epoch) => count == 1 ? 0.5 : (epoch - 1) / (count - 1);
        int step = ((int[])[1, 2, 5]).SelectMany(digit => Enumerable.Range(0, 9), (digit, power) => digit * (int)Math.Pow(10, power))
            .Order().First(step => count / step <= 10);
        IEnumerable<int> epochs = Enumerable.Range(1, count).Where(epoch => epoch % step == 0 || (step > 1 && epoch == 1));
        IEnumerable<Tick> ticks = epochs.Select(epoch => new Tick(GetPosition(epoch), epoch.ToString(CultureInfo.InvariantCulture)));
        return new Axis([.. ticks], GetPosition);
    }

    /// <summary>Creates an axis from 0 to 100 %.</summary>
    public static Axis CreatePercentages() => new(
        [.. Enumerable.Range(0, 6).Select(i => new Tick(i / 5.0, string.Create(CultureInfo.InvariantCulture, $"{i * 20} %")))],
        share => share);

    /// <summary>Creates a logarithmic axis with ticks at the powers of ten around the values.</summary>
    public static Axis CreateLogarithmic(IEnumerable<double> values)
    {
        double[] logs = [.. values.Select(value => Math.Log10(Math.Max(value, MinimumValue)))];
        int low = (int)Math.Floor(logs.Min());
        int high = Math.Max((int)Math.Ceiling(logs.Max()), low + 1);
        double GetPosition(double value) => (Math.Log10(Math.Max(value, MinimumValue)) - low) / (high - low);
        IEnumerable<Tick> ticks = Enumerable.Range(low, high - low + 1)
            .Select(power => new Tick(GetPosition(Math.Pow(10, power)), FormatPower(power)));
        return new Axis([.. ticks], GetPosition);
    }

    private static string FormatPower(int power) => Math.Pow(10, power).ToString("0.######", CultureInfo.InvariantCulture);
}
