namespace KlDivGen.Tests.Infrastructure;

/// <summary>The exit code and the output of a program that has ended.</summary>
/// <param name="CommandLine">The program and its arguments, for messages.</param>
/// <param name="ExitCode">The exit code.</param>
/// <param name="StandardOutput">Everything that was written to standard output, unchanged.</param>
/// <param name="StandardError">Everything that was written to standard error, unchanged.</param>
/// <param name="Output">The lines of both streams in the order in which they arrived, each ended by '\n'.</param>
internal sealed record ProcessResult(string CommandLine, int ExitCode, string StandardOutput, string StandardError, string Output)
{
    /// <summary>The non-empty lines of both streams.</summary>
    public string[] Lines => this.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Returns this result if the exit code is 0.</summary>
    /// <exception cref="InvalidOperationException">The exit code is not 0. The message contains the output.</exception>
    public ProcessResult EnsureSuccess() => this.EnsureExitCode(0);

    /// <summary>Returns this result if the exit code is the expected one.</summary>
    /// <param name="expected">The expected exit code.</param>
    /// <exception cref="InvalidOperationException">The exit code differs. The message contains the output.</exception>
    public ProcessResult EnsureExitCode(int expected) => this.ExitCode == expected
        ? this
        : throw new InvalidOperationException($"{this.CommandLine}\nexit code {this.ExitCode}, expected {expected}\n{this.Output}");
}
