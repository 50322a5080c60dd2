using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KlDivGen.Package.Tests;

/// <summary>
/// A C# block of the README. One with statements is a program: it is run, and where a line that prints ends in a comment, the
/// comment is what it must print. The others only declare, and are compiled.
/// </summary>
/// <param name="Number">Which one, from 1.</param>
/// <param name="Code">Its text.</param>
internal sealed partial record ReadmeBlock(int Number, string Code)
{
    private CompilationUnitSyntax Syntax => CSharpSyntaxTree.ParseText(
        this.Code, CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview)).GetCompilationUnitRoot();

    public bool IsProgram => this.Syntax.Members.OfType<GlobalStatementSyntax>().Any();

    /// <summary>What it says it prints.</summary>
    public IEnumerable<string> Printed => PrintedLine().Matches(this.Code).Select(match => match.Groups["text"].Value.TrimEnd());

    public static IReadOnlyList<ReadmeBlock> All() =>
        [.. Block().Matches(File.ReadAllText(Repository.PathTo("README.md")))
            .Select((match, index) => new ReadmeBlock(index + 1, match.Groups["code"].Value))];

    /// <summary>The same code as one file among others: in a namespace of its own, its statements in a method.</summary>
    public string ToFile()
    {
        CompilationUnitSyntax syntax = this.Syntax;
        string Text(IEnumerable<SyntaxNode> nodes) => string.Concat(nodes.Select(node => node.ToFullString()));
        string run = this.IsProgram
            ? $"internal static class Block\n{{\n    public static void Run()\n    {{\n{Text(syntax.Members.OfType<GlobalStatementSyntax>())}    }}\n}}\n"
            : "";

        // A block that only declares leaves out what the program around it already says.
        string usings = this.IsProgram ? Text(syntax.Usings) : "using System.Numerics.Tensors;\nusing KlDivGen;\n";
        return $"{usings}\nnamespace Readme{this.Number};\n\n{run}{Text(syntax.Members.Where(member => member is not GlobalStatementSyntax))}";
    }

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^\s*Console\.WriteLine\(.*\); +// (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex PrintedLine();
}
