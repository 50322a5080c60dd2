using System.Globalization;

namespace KlDivGen.Samples.Tests;

/// <summary>The exit code and the output of a sample.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Output">The text on the standard output stream.</param>
/// <param name="Error">The text on the standard error stream.</param>
public sealed record ProgramResult(int ExitCode, string Output, string Error)
{
    /// <summary>Runs NpyLoss in this process.</summary>
    public static ProgramResult RunNpyLoss(params string[] args) => Run(global::NpyLoss.Program.Run, args);

    /// <summary>Runs Distillation in this process.</summary>
    public static ProgramResult RunDistillation(params string[] args) => Run(global::Distillation.Program.Run, args);

    /// <summary>Runs QuantizationCheck in this process.</summary>
    public static ProgramResult RunQuantizationCheck(params string[] args) => Run(global::QuantizationCheck.Program.Run, args);

    /// <summary>Runs a sample in a process of its own, with redirected streams.</summary>
    /// <param name="name">The name of the sample.</param>
    /// <param name="args">The command-line arguments.</param>
    public static async Task<ProgramResult> RunProcessAsync(string name, params string[] args)
    {
        ProcessResult result = await ProcessRunner.RunDotnetAsync(
            [GetAssemblyPath(name), .. args], cancellationToken: TestContext.Current.CancellationToken);
        return new ProgramResult(result.ExitCode, result.StandardOutput, result.StandardError);
    }

    /// <summary>Returns the path of a sample's assembly.</summary>
    public static string GetAssemblyPath(string name) => Path.Combine(AppContext.BaseDirectory, $"{name}.dll");

    /// <summary>Returns the words of the only table row that begins with a word.</summary>
    public string[] GetRow(string first) => this.GetRows(first).Single();

    /// <summary>Returns the words of each table row that begins with a word.</summary>
    public string[][] GetRows(string first) =>
        [.. this.Output.Split('\n').Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 1 && words[0] == first)];

    /// <summary>Returns the number in the second column of a row.</summary>
    public double GetValue(string first) => double.Parse(this.GetRow(first)[1], CultureInfo.InvariantCulture);

    /// <summary>Verifies that the program succeeded and wrote nothing to the error stream.</summary>
    public void AssertSuccess() => Assert.Equal((0, string.Empty), (this.ExitCode, this.Error));

    /// <summary>Verifies that the program rejected its input: exit code 2, one line on the error stream, no output.</summary>
    /// <param name="message">A part of the line.</param>
    public void AssertInvalidInput(string message)
    {
        Assert.Equal(2, this.ExitCode);
        Assert.Empty(this.Output);
        Assert.EndsWith(Environment.NewLine, this.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', this.Error[..^Environment.NewLine.Length]);
        Assert.Contains(message, this.Error, StringComparison.Ordinal);
    }

    private static ProgramResult Run(Func<string[], TextWriter, TextWriter, int> program, string[] args)
    {
        using StringWriter output = new(), error = new();
        int exitCode = program(args, output, error);
        return new ProgramResult(exitCode, output.ToString(), error.ToString());
    }
}
