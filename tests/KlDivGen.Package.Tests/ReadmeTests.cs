using System.Text;

namespace KlDivGen.Package.Tests;

/// <summary>What the README shows is so: its code compiles against the package, without a warning, and prints what it says.</summary>
public class ReadmeTests(PackedPackage package)
{
    [Fact]
    public async Task Every_block_of_code_compiles_and_prints_what_it_says()
    {
        IReadOnlyList<ReadmeBlock> blocks = ReadmeBlock.All();
        Assert.NotEmpty(blocks);

        using Consumer consumer = new(package, """
            <ImplicitUsings>enable</ImplicitUsings>
            <InvariantGlobalization>true</InvariantGlobalization>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            """);
        StringBuilder main = new();
        foreach (ReadmeBlock block in blocks)
        {
            consumer.Write($"Readme{block.Number}.cs", block.ToFile());
            if (block.IsProgram)
                main.Append($"Console.WriteLine(\"block {block.Number}\");\nReadme{block.Number}.Block.Run();\n");
        }

        consumer.Write("Program.cs", main.ToString());
        Finished run = (await consumer.Dotnet("run")).Succeeded();

        IEnumerable<string> expected = blocks.Where(block => block.IsProgram)
            .SelectMany(block => block.Printed.Prepend($"block {block.Number}"));
        Assert.Equal(expected, run.Lines);
    }

    [Fact]
    public void Every_file_it_links_to_is_there()
    {
        string text = File.ReadAllText(Repository.PathTo("README.md"));
        string[] links = [.. System.Text.RegularExpressions.Regex.Matches(text, @"\]\((?<target>[^)#:]+)\)").Select(m => m.Groups["target"].Value)];
        Assert.All(links, link => Assert.True(Path.Exists(Repository.PathTo(link)), link));
    }

    [Fact]
    public void On_the_package_page_it_has_no_comments_and_no_relative_links()
    {
        using System.IO.Compression.ZipArchive archive = System.IO.Compression.ZipFile.OpenRead(package.File);
        using StreamReader reader = new(archive.GetEntry("README.md")!.Open());
        string text = reader.ReadToEnd();
        Assert.Contains("# KlDivGen", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<!--", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<a id", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\]\((?!https://|#)", text);
    }
}
