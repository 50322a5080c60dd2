using System.Collections.Concurrent;
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Cases;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Data;

/// <summary>The datasets that several checks share, created once for each pair of element types and target form.</summary>
internal static class Datasets
{
    private static readonly ConcurrentDictionary<(string Name, ElementType Input, ElementType Target, bool Log), Lazy<Dataset>> Cache = new();

    /// <summary>300 ordinary elements: log-probabilities, and targets with some zeros.</summary>
    public static Dataset Short(Settings settings) => Create("short", settings, 300, 11);

    /// <summary>100,003 ordinary elements, for lengths around the ends of blocks.</summary>
    public static Dataset Large(Settings settings) => Create("large", settings, 100_003, 12);

    /// <summary>So many ordinary elements that several threads take pieces of them, also of tensors with gaps.</summary>
    public static Dataset SeveralPieces(Settings settings) => Create("several pieces", settings, 143_000, 16);

    /// <summary>Inputs at relative and absolute distances of 1e-1 … 1e-7 from log y.</summary>
    public static Dataset Near(Settings settings) => Get("near", settings, (x, y) =>
    {
        RandomSource random = new(13);
        double[] targets = random.Fill(2000, y, r => settings.LogTarget ? r.Uniform(-12, 2) : r.Below(3) == 0 ? r.Binade(-13, 13) : r.Uniform(0, 1));
        return ([.. targets.Select(Close)], targets);

        double Close(double target, int index)
        {
            double log = settings.LogTarget ? target : Math.Log(target);
            double distance = Math.Pow(10, -1 - (index % 7)) * ((index & 8) == 0 ? 1 : -1);
            return x.Round((index & 16) == 0 ? log * (1 + distance) : log + distance);
        }
    });

    /// <summary>
    /// Inputs within some roundings of log y (about 1e-6 for float, 2e-15 for double), so that the second term of a reduction's error
    /// bound, 2⁻²⁶ · Σy, is larger than the first, 2⁻²² · Σ|loss|.
    /// </summary>
    public static Dataset Cancelling(Settings settings) => Get("cancelling", settings, (x, y) =>
    {
        RandomSource random = new(15);
        double[] targets = random.Fill(100, y, r => settings.LogTarget ? r.Uniform(-1, 0) : r.Uniform(0.5, 1));
        double distance = Math.ScaleB(1, 4 - x.Precision);
        return (
            [.. targets.Select((target, i) => x.Round((settings.LogTarget ? target : Math.Log(target)) + ((i & 1) == 0 ? distance : -distance)))],
            targets);
    });

    /// <summary>Targets over the whole range of their type, including subnormal ones.</summary>
    public static Dataset Wide(Settings settings) => Get("wide", settings, (x, y) =>
    {
        RandomSource random = new(14);
        int low = Math.ILogB(y.Epsilon), high = Math.ILogB(y.Max);
        double bottom = Math.Log(settings.ComputeFormat.Epsilon) - 1, top = Math.Log(settings.ComputeFormat.Max);
        return (
            random.Fill(2000, x, r => r.Uniform(-20, 20)),
            random.Fill(2000, y, r => settings.LogTarget ? r.Uniform(Math.Max(bottom, -y.Max), Math.Min(top, y.Max)) : r.Binade(low, high)));
    });

    /// <summary>Equal elements: a sum that rounds in one direction drifts.</summary>
    public static Dataset Constant(Settings settings) => Get("constant", settings, (x, y) => (
        [.. Enumerable.Repeat(x.Round(-2.3456), 30_011)],
        [.. Enumerable.Repeat(y.Round(settings.LogTarget ? -1.2345 : 0.3), 30_011)]));

    /// <summary>Returns the dataset of a name, which is created when it is first used.</summary>
    public static Dataset Get(string name, Settings settings, Func<FloatFormat, FloatFormat, (double[] X, double[] Y)> create) =>
        Cache.GetOrAdd(
            (name, settings.Input, settings.Target, settings.LogTarget),
            _ => new(() =>
            {
                (double[] x, double[] y) = create(FloatFormat.Of(settings.Input), FloatFormat.Of(settings.Target));
                return new(settings.LogTarget, x, y, settings.StorageFormat);
            })).Value;

    /// <summary>A target of 0 makes a reverse loss infinite, and with it the sum.</summary>
    private static Dataset Create(string name, Settings settings, int count, ulong seed) => Get(name + (HasZeros(settings) ? "" : " without zeros"), settings, (x, y) =>
    {
        RandomSource random = new(seed);
        return (
            random.Fill(count, x, r => r.Uniform(-12, 0)),
            random.Fill(count, y, r => settings.LogTarget ? r.Uniform(-12, 0) : HasZeros(settings) && r.Below(20) == 0 ? 0 : r.Uniform(0, 1)));
    });

    private static bool HasZeros(Settings settings) => settings.Divergence != Divergence.Reverse;
}
