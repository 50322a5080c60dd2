using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Package.Tests;

/// <summary>
/// A C# code block of the README or of a page in runtime/docs. A block with statements is a program: the tests run it, and a comment
/// after a line that prints is the expected output. A block of declarations is only compiled.
/// </summary>
/// <param name="Number">The position in all pages, from 1.</param>
/// <param name="Page">The page, as a path from the root of the repository.</param>
/// <param name="Source">The text of the block.</param>
internal sealed partial record ReadmeBlock(int Number, string Page, string Source)
{
    /// <summary>The text without directives of a file-based app, such as <c>#:package</c>, which a project does not allow.</summary>
    public string Code => Directive().Replace(this.Source, "");

    /// <summary>Whether the block contains statements.</summary>
    public bool IsProgram => this.Syntax.Members.OfType<GlobalStatementSyntax>().Any();

    /// <summary>The output that the comments promise, line by line.</summary>
    public IEnumerable<string> ExpectedOutput => PrintedLine().Matches(this.Code).Select(match => match.Groups["text"].Value.TrimEnd());

    private CompilationUnitSyntax Syntax => CSharpSyntaxTree.ParseText(
        this.Code, CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview)).GetCompilationUnitRoot();

    /// <summary>The pages for users of other libraries, as paths from the root of the repository.</summary>
    public static IEnumerable<string> ComparisonPages => Directory
        .EnumerateFiles(RepositoryRoot.Combine("runtime/docs"), "from-*.md")
        .Order(StringComparer.Ordinal)
        .Select(file => $"runtime/docs/{Path.GetFileName(file)}");

    /// <summary>Reads all C# blocks of the README and of the pages for users of other libraries.</summary>
    public static IReadOnlyList<ReadmeBlock> ReadAll() =>
    [
        .. ComparisonPages.Prepend("README.md")
            .SelectMany(page => Block().Matches(File.ReadAllText(RepositoryRoot.Combine(page))), (page, match) => (page, match))
            .Select((block, index) => new ReadmeBlock(index + 1, block.page, block.match.Groups["code"].Value)),
    ];

    /// <summary>Returns the block as one file of a larger program: in its own namespace, with its statements in a method.</summary>
    public string ToFile()
    {
        CompilationUnitSyntax syntax = this.Syntax;
        string run = this.IsProgram
            ? $"internal static class Block\n{{\n    public static void Run()\n    {{\n{Text(syntax.Members.OfType<GlobalStatementSyntax>())}    }}\n}}\n"
            : "";

        // A block of declarations relies on the using directives of the blocks around it.
        string usings = this.IsProgram ? Text(syntax.Usings) : "using System.Numerics.Tensors;\nusing KlDivGen;\n";
        return $"{usings}\nnamespace Readme{this.Number};\n\n{run}{Text(syntax.Members.Where(member => member is not GlobalStatementSyntax))}";

        static string Text(IEnumerable<SyntaxNode> nodes) => string.Concat(nodes.Select(node => node.ToFullString()));
    }

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^#:.*\n", RegexOptions.Multiline)]
    private static partial Regex Directive();

    [GeneratedRegex(@"^\s*Console\.WriteLine\(.*\); +// (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex PrintedLine();
}
