using System.Diagnostics;
using System.Globalization;

namespace KlDivGen.Samples.Tests;

/// <summary>What a program printed and how it ended.</summary>
public sealed record Run(int ExitCode, string Output, string Error)
{
    /// <summary>Runs QuickStart in this process.</summary>
    public static Run QuickStart(params string[] args)
    {
        using StringWriter output = new(), error = new();
        int code = global::QuickStart.Program.Run(args, output, error);
        return new Run(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs Distillation in this process.</summary>
    public static Run Distillation(params string[] args)
    {
        using StringWriter output = new(), error = new();
        int code = global::Distillation.Program.Run(args, output, error);
        return new Run(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs a sample as a user does, its streams redirected.</summary>
    public static async Task<Run> Process(string assembly, params string[] args)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = System.Diagnostics.Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Run(process.ExitCode, await output, await error);
    }

    /// <summary>The words of the table row that begins with a word.</summary>
    public string[] Row(string first) => this.Rows(first).Single();

    /// <summary>The words of all table rows that begin with a word.</summary>
    public string[][] Rows(string first) =>
        [.. this.Output.Split('\n').Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 1 && words[0] == first)];

    /// <summary>The number in the second column of a row.</summary>
    public double Value(string reduction) => double.Parse(this.Row(reduction)[1], CultureInfo.InvariantCulture);

    /// <summary>Checks that the program refused: exit code 2, one line on the error stream and nothing else.</summary>
    public void AssertRefused(string because)
    {
        Assert.Equal(2, this.ExitCode);
        Assert.Empty(this.Output);
        Assert.EndsWith(Environment.NewLine, this.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', this.Error[..^Environment.NewLine.Length]);
        Assert.Contains(because, this.Error, StringComparison.Ordinal);
    }
}
