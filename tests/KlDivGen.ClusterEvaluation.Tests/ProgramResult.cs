namespace KlDivGen.ClusterEvaluation.Tests;

/// <summary>The exit code and the output of the sample.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="Output">The text on the standard output stream.</param>
/// <param name="Error">The text on the standard error stream.</param>
public sealed record ProgramResult(int ExitCode, string Output, string Error)
{
    /// <summary>Runs the sample in this process.</summary>
    public static ProgramResult Run(params string[] args)
    {
        using StringWriter output = new(), error = new();
        int exitCode = global::ClusterEvaluation.Program.Run(args, output, error);
        return new ProgramResult(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Verifies that the program succeeded and wrote nothing to the error stream.</summary>
    public void AssertSuccess() => Assert.Equal((0, string.Empty), (this.ExitCode, this.Error));

    /// <summary>Verifies that the program rejected its input: exit code 2, one line on the error stream, no output.</summary>
    /// <param name="message">A part of the line.</param>
    public void AssertInvalidInput(string message)
    {
        Assert.Equal(2, this.ExitCode);
        Assert.Empty(this.Output);
        Assert.Contains(message, this.Error, StringComparison.Ordinal);
        Assert.Equal(this.Error.TrimEnd() + Environment.NewLine, this.Error);
        Assert.DoesNotContain('\n', this.Error.TrimEnd());
    }
}
