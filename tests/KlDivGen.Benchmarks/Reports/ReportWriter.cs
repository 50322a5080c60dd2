using KlDivGen.Benchmarks.Plots;

namespace KlDivGen.Benchmarks.Reports;

/// <summary>Writes what is made of results files: charts, a page per processor, and the sections of the repository's README.</summary>
internal static class ReportWriter
{
    private const string ResultsFile = "results.json";

    /// <summary>The results file of a processor.</summary>
    /// <param name="cpu">The name of the processor.</param>
    public static string PathOf(string cpu) => Path.Combine(ProjectFolder.Results, Processor.FolderName(cpu), ResultsFile);

    /// <summary>Writes the charts and the page of every processor that has results.</summary>
    public static void WritePages()
    {
        foreach (string file in ResultsFiles())
        {
            Results results = Results.Read(file);
            string folder = Path.GetDirectoryName(file)!;
            File.WriteAllText(Path.Combine(folder, "implementations.svg"), BarPlot.Draw(results));
            File.WriteAllText(Path.Combine(folder, "sizes.svg"), SizePlot.Draw(results));
            File.WriteAllText(Path.Combine(folder, "README.md"), Page(results, Path.Combine(folder, "notes.md")));
        }
    }

    /// <summary>Writes the section about speed in the repository's README.</summary>
    /// <param name="folder">The folder of the processor whose figures it shows.</param>
    public static void WriteReadme(string folder) =>
        WriteReadme("benchmarks", Section(Results.Read(Path.Combine(ProjectFolder.Results, folder, ResultsFile)), folder));

    /// <summary>Replaces the text between the markers of a section in the repository's README.</summary>
    public static void WriteReadme(string section, string content)
    {
        string path = RepositoryRoot.Combine("README.md");
        string text = File.ReadAllText(path), startMarker = $"<!-- {section}:start -->", endMarker = $"<!-- {section}:end -->";
        int start = text.IndexOf(startMarker, StringComparison.Ordinal);
        int end = text.IndexOf(endMarker, StringComparison.Ordinal);
        if (start < 0 || end < start)
        {
            throw new InvalidDataException($"{path} has no lines {startMarker} and {endMarker}.");
        }

        File.WriteAllText(path, text[..(start + startMarker.Length)] + "\n" + content + text[end..]);
    }

    private static IEnumerable<string> ResultsFiles() =>
        Directory.EnumerateFiles(ProjectFolder.Results, ResultsFile, SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private static string Section(Results results, string folder)
    {
        const string Root = "tests/KlDivGen.Benchmarks/Results";
        IEnumerable<string> others = ResultsFiles()
            .Select(file => (Folder: Path.GetFileName(Path.GetDirectoryName(file))!, Results.Read(file).Machine))
            .Where(page => page.Folder != folder)
            .Select(page => $"[{page.Machine.ProcessorName}]({Root}/{page.Folder}/README.md)");
        return $"""
            Nanoseconds per element, n = {TimeTable.Length:N0}, one thread, best of many rounds:

            {TimeTable.WriteSelection(results)}
            {results.Machine.ProcessorName}, {results.Machine.Runtime}, {results.Machine.Date}.
            [All figures of this machine]({Root}/{folder}/README.md), and of others: {string.Join(", ", others)}.

            ![Nanoseconds per element of each implementation]({Root}/{folder}/implementations.svg)

            """;
    }

    private static string Page(Results results, string notes) =>
        $"""
        # Benchmark results: {results.Machine.ProcessorName}

        {results.Machine.Description}
        {(File.Exists(notes) ? "\n" + File.ReadAllText(notes) : "")}{string.Join("", results.Absent.Select(a => $"\nAbsent: {a}\n"))}
        ![Nanoseconds per element of each implementation](implementations.svg)

        ![Nanoseconds per element by size](sizes.svg)

        ## Nanoseconds per element, n = {TimeTable.Length:N0}

        {TimeTable.WriteAll(results)}
        {RatioTable.Write(results)}
        """;
}
