using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using KlDivGen.Benchmarks;
using KlDivGen.Benchmarks.Generator;
using KlDivGen.Benchmarks.Reports;
using KlDivGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

const int ColdRuns = 7;
const int Edits = 100;

if (args is [Cold.Argument])
{
    Figure here = Cold.Here();
    Console.Write(string.Create(CultureInfo.InvariantCulture, $"{here.Elapsed} {here.Processor}"));
    return;
}

(string Name, string What, int Allowed, Figure[] Runs)[] results =
[
    ("cold", "first run in a process", 1000, [.. Runs("cold run", ColdRuns, _ => Cold.InNewProcess())]),
    ("editElsewhere", "after an edit elsewhere", 20, AfterEdits(AnnotatedProject.UnrelatedFile, AnnotatedProject.Files)),
    ("editInFile", "after an edit in one of the files", 20, AfterEdits(AnnotatedProject.EditedFile, 0)),
];

Version roslyn = typeof(CSharpCompilation).Assembly.GetName().Version!;
Console.WriteLine($"{AnnotatedProject.Methods} annotated methods, Roslyn {roslyn.ToString(2)}, milliseconds\n");
Console.WriteLine("|                                   |    best |  median | processor time | allowed |");
Console.WriteLine("| --------------------------------- | ------: | ------: | -------------: | ------: |");
foreach ((_, string what, int allowed, Figure[] runs) in results)
{
    (double median, double processor) = Figure.Median(runs);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {what,-33} | {runs.Min(r => r.Elapsed),7:0.0} | {median,7:0.0} | {processor,14:0.0} | {allowed,7} |"));
}

Write();

Figure[] AfterEdits(Func<int, SyntaxTree> edit, int file)
{
    CSharpCompilation compilation = AnnotatedProject.Create();
    SyntaxTree tree = compilation.SyntaxTrees[file];
    GeneratorDriver driver = CSharpGeneratorDriver.Create(new KlDivLossGenerator()).RunGenerators(compilation);

    // An editor has been running for a while. The first edits, during which the JIT still compiles, are not measured.
    _ = Runs("edit to warm up", Edits, Edit);
    return Runs("edit", Edits, i => Edit(Edits + i));

    Figure Edit(int i)
    {
        SyntaxTree edited = edit(i);
        compilation = compilation.ReplaceSyntaxTree(tree, edited);
        tree = edited;
        return Figure.Of(() => driver = driver.RunGenerators(compilation));
    }
}

static Figure[] Runs(string what, int count, Func<int, Figure> run)
{
    Figure[] figures = new Figure[count];
    for (int i = 0; i < count; i++)
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write($"\r{what} {i + 1} of {count}\e[K\r");
        }

        figures[i] = run(i + 1);
    }

    return figures;
}

void Write()
{
    string folder = Path.Combine(ProjectFolder.Results, Processor.FolderName(Processor.Name));
    Directory.CreateDirectory(folder);
    using FileStream file = File.Create(Path.Combine(folder, "generator.json"));
    using Utf8JsonWriter json = new(file, new JsonWriterOptions { Indented = true });
    json.WriteStartObject();
    json.WriteString("date", DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    json.WriteString("runtime", RuntimeInformation.FrameworkDescription);
    json.WriteNumber("methods", AnnotatedProject.Methods);
    foreach ((string name, _, _, Figure[] runs) in results)
    {
        json.WriteStartObject(name);
        json.WriteNumber("bestMilliseconds", Math.Round(runs.Min(r => r.Elapsed), 1));
        json.WriteNumber("medianMilliseconds", Math.Round(Figure.Median(runs).Elapsed, 1));
        json.WriteNumber("processorMilliseconds", Math.Round(Figure.Median(runs).Processor, 1));
        json.WriteEndObject();
    }

    json.WriteEndObject();
}
