using KlDivGen.Benchmarks.Plots;
using KlDivGen.Benchmarks.Reports;

namespace KlDivGen.Benchmarks.Suite;

/// <summary>What is written from a results file: plots, a page with all tables, the README's section.</summary>
internal static class Publication
{
    /// <summary>The results that are kept.</summary>
    public static string ResultsFile(bool quick) => Path.Combine(ProjectFolder.Results, quick ? "quick.json" : "results.json");

    /// <summary>Writes plots and the page beside a results file.</summary>
    public static void WritePages(string resultsFile)
    {
        Results results = Results.Read(resultsFile);
        string stem = Path.Combine(Path.GetDirectoryName(resultsFile)!, Path.GetFileNameWithoutExtension(resultsFile));
        File.WriteAllText(stem + "-contenders.svg", BarPlot.Draw(results));
        File.WriteAllText(stem + "-sizes.svg", SizePlot.Draw(results));
        File.WriteAllText(stem + ".md", Page(results));
    }

    /// <summary>Writes the README's benchmark section.</summary>
    public static void WriteReadme() => WriteReadme("benchmarks", Section(Results.Read(ResultsFile(quick: false))));

    /// <summary>Writes a part of the README between its markers.</summary>
    public static void WriteReadme(string name, string content)
    {
        string path = Path.Combine(ProjectFolder.Repository, "README.md");
        string text = File.ReadAllText(path), startMarker = $"<!-- {name}:start -->", endMarker = $"<!-- {name}:end -->";
        int start = text.IndexOf(startMarker, StringComparison.Ordinal);
        int end = text.IndexOf(endMarker, StringComparison.Ordinal);
        if (start < 0 || end < start)
        {
            throw new InvalidDataException($"{path} has no lines {startMarker} and {endMarker}.");
        }

        File.WriteAllText(path, text[..(start + startMarker.Length)] + "\n" + content + text[end..]);
    }

    private static string Section(Results results) =>
        $"""
        ![Nanoseconds an element by contender](tests/KlDivGen.Benchmarks/results/results-contenders.svg)

        ![Nanoseconds an element by size](tests/KlDivGen.Benchmarks/results/results-sizes.svg)

        Nanoseconds an element, n = 32,768, one thread, the best of many rounds in which all take turns:

        {TimeTable.Write(results, BarPlot.Length)}
        {Where(results.Machine)} [All figures](tests/KlDivGen.Benchmarks/results/results.md).

        """;

    private static string Page(Results results) =>
        $"""
        # Benchmark results

        {Where(results.Machine)}
        {string.Join("", results.Absent.Select(a => $"\nAbsent: {a}\n"))}
        ## Nanoseconds an element, n = 32,768

        {TimeTable.Write(results, BarPlot.Length)}
        {string.Join("\n", results.Ratios.GroupBy(r => r.Runtime).Select(g => $"## Ratios, {g.Key}\n\n{RatioTable.Write(g)}"))}
        """;

    private static string Where(Machine machine) =>
        $"{machine.Date}, {machine.Cpu}, {machine.Cores} cores, {machine.OperatingSystem}, {machine.Runtime}; "
            + $"{string.Join("; ", machine.Versions)}.";
}
