using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace KlDivGen.Package.Tests;

/// <summary>
/// The README and runtime/docs are correct: their code compiles against the package without a warning and prints what the comments say.
/// </summary>
public class ReadmeTests(PackedPackage package)
{
    /// <summary>The pages for users of other libraries.</summary>
    public static TheoryData<string> ComparisonPages => [.. ReadmeBlock.ComparisonPages];

    [Fact]
    public async Task Every_code_block_compiles_and_prints_the_expected_output()
    {
        IReadOnlyList<ReadmeBlock> blocks = ReadmeBlock.ReadAll();
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
            {
                main.Append($"Console.WriteLine(\"block {block.Number}\");\nReadme{block.Number}.Block.Run();\n");
            }
        }

        consumer.Write("Program.cs", main.ToString());
        ProcessResult run = (await consumer.DotnetAsync("run")).EnsureSuccess();

        IEnumerable<string> expected = blocks.Where(block => block.IsProgram)
            .SelectMany(block => block.ExpectedOutput.Prepend($"block {block.Number}"));
        Assert.Equal(expected, run.Lines);
    }

    [Theory]
    [MemberData(nameof(ComparisonPages))]
    [InlineData("README.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("SECURITY.md")]
    [InlineData("CHANGELOG.md")]
    [InlineData("tests/README.md")]
    [InlineData("tests/KlDivGen.Benchmarks/README.md")]
    [InlineData("generator/KlDivGen.Generator/Emission/DESIGN.md")]
    [InlineData("generator/KlDivGen.Generator/Emission/MEASUREMENTS.md")]
    public void Every_linked_file_exists(string page)
    {
        string file = RepositoryRoot.Combine(page);
        string folder = Path.GetDirectoryName(file)!;
        IEnumerable<string> links = Regex.Matches(File.ReadAllText(file), @"\]\((?<target>[^)#:]+)(#[^)]*)?\)").Select(m => m.Groups["target"].Value);
        Assert.All(links, link => Assert.True(Path.Exists(Path.Combine(folder, link)), link));
    }

    [Fact]
    public void The_version_of_the_package_directive_is_the_current_version()
    {
        string readme = File.ReadAllText(RepositoryRoot.Combine("README.md"));
        string properties = File.ReadAllText(RepositoryRoot.Combine("Directory.Build.props"));
        string version = Regex.Match(properties, "<VersionPrefix>(.+)</VersionPrefix>").Groups[1].Value;
        Assert.Equal([version], Regex.Matches(readme, "^#:package KlDivGen@(.+)$", RegexOptions.Multiline).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void Every_diagnostic_of_the_build_has_a_row_where_its_help_link_leads()
    {
        string readme = File.ReadAllText(RepositoryRoot.Combine("README.md"));
        string targets = File.ReadAllText(RepositoryRoot.Combine("runtime/KlDivGen/build/KlDivGen.targets"));
        string[] ids = [.. Regex.Matches(targets, "Code=\"(KLDIV[0-9]{3})\"").Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(ids);
        Assert.All(ids, id =>
        {
            Assert.Contains($"HelpLink=\"https://github.com/KlDivGen/KlDivGen#{id.ToLowerInvariant()}\"", targets, StringComparison.Ordinal);
            Assert.Contains($"| <a id=\"{id.ToLowerInvariant()}\"></a>{id} |", readme, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_packed_readme_has_no_comments_and_no_relative_links()
    {
        using ZipArchive archive = ZipFile.OpenRead(package.File);
        using StreamReader reader = new(archive.GetEntry("README.md")!.Open());
        string text = reader.ReadToEnd();
        Assert.Contains("# KlDivGen", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<!--", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<a id", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\]\((?!https://|#)", text);
    }
}
