using System.Collections.Concurrent;
using KlDivGen.Conformance.Arithmetic;
using KlDivGen.Conformance.Columns;
using KlDivGen.Conformance.Oracle;

namespace KlDivGen.Conformance.Data;

/// <summary>The data that several checks share, made once for each pair of types and target form.</summary>
internal static class Samples
{
    private static readonly ConcurrentDictionary<(string Name, Element Input, Element Target, bool Log), Lazy<Sample>> Made = new();

    /// <summary>Up to 300 ordinary elements: log-probabilities, and targets with some zeros among them.</summary>
    public static Sample Short(Settings settings) => Make("short", settings, 300, 11);

    /// <summary>Elements for lengths at which blocks end and memory is left.</summary>
    public static Sample Large(Settings settings) => Make("large", settings, 100_003, 12);

    /// <summary>x at relative and absolute distances of 1e-1 … 1e-7 from log y.</summary>
    public static Sample Near(Settings settings) => Get("near", settings, (x, y) =>
    {
        var random = new RandomSource(13);
        double[] targets = random.Fill(2000, y, r => settings.LogTarget ? r.Uniform(-12, 2) : r.Below(3) == 0 ? r.Binade(-13, 13) : r.Uniform(0, 1));
        return new(settings.LogTarget, [.. targets.Select(Close)], targets);

        double Close(double target, int index)
        {
            double log = settings.LogTarget ? target : Math.Log(target);
            double distance = Math.Pow(10, -1 - (index % 7)) * ((index & 8) == 0 ? 1 : -1);
            return x.Round((index & 16) == 0 ? log * (1 + distance) : log + distance);
        }
    });

    /// <summary>Targets over the whole range of their type, subnormals too.</summary>
    public static Sample Wide(Settings settings) => Get("wide", settings, (x, y) =>
    {
        var random = new RandomSource(14);
        int low = Math.ILogB(y.Epsilon), high = Math.ILogB(y.Max);
        double bottom = Math.Log(settings.Computed.Epsilon) - 1, top = Math.Log(settings.Computed.Max);
        return new(
            settings.LogTarget,
            random.Fill(2000, x, r => r.Uniform(-20, 20)),
            random.Fill(2000, y, r => settings.LogTarget ? r.Uniform(Math.Max(bottom, -y.Max), Math.Min(top, y.Max)) : r.Binade(low, high)));
    });

    public static Sample Get(string name, Settings settings, Func<Format, Format, Sample> make) =>
        Made.GetOrAdd(
            (name, settings.Input, settings.Target, settings.LogTarget),
            _ => new(() => make(Format.Of(settings.Input), Format.Of(settings.Target)))).Value;

    private static Sample Make(string name, Settings settings, int count, ulong seed) => Get(name, settings, (x, y) =>
    {
        var random = new RandomSource(seed);
        return new(
            settings.LogTarget,
            random.Fill(count, x, r => r.Uniform(-12, 0)),
            random.Fill(count, y, r => settings.LogTarget ? r.Uniform(-12, 0) : r.Below(20) == 0 ? 0 : r.Uniform(0, 1)));
    });
}
