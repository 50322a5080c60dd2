using System.Collections;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using CliWrap;

namespace KlDivGen.Tests.Infrastructure;

/// <summary>Runs other programs to their end and captures what they print.</summary>
internal static class ProcessRunner
{
    /// <summary>The <c>dotnet</c> that runs this process, or the one on the path if this process has its own runtime.</summary>
    public static string DotnetPath { get; } = FindDotnet();

    /// <summary>Runs <c>dotnet</c> with the given arguments.</summary>
    /// <param name="arguments">The arguments: a command of the SDK, or an assembly and its arguments.</param>
    /// <param name="options">How to start the program.</param>
    /// <param name="cancellationToken">Kills the program and its child processes.</param>
    /// <exception cref="TimeoutException">The program did not end in time. The message contains the output so far.</exception>
    public static Task<ProcessResult> RunDotnetAsync(
        IEnumerable<string> arguments, ProcessOptions? options = null, CancellationToken cancellationToken = default) =>
        RunAsync(DotnetPath, arguments, options, cancellationToken);

    /// <summary>Runs a program. An exit code other than 0 is not an error here.</summary>
    /// <param name="program">The program's file, or its name if it is on the path.</param>
    /// <param name="arguments">The arguments, unescaped.</param>
    /// <param name="options">How to start the program.</param>
    /// <param name="cancellationToken">Kills the program and its child processes.</param>
    /// <exception cref="TimeoutException">The program did not end in time. The message contains the output so far.</exception>
    /// <exception cref="Win32Exception">The program does not exist or cannot be started.</exception>
    public static async Task<ProcessResult> RunAsync(
        string program, IEnumerable<string> arguments, ProcessOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        string[] list = [.. arguments];
        string commandLine = $"{program} {string.Join(' ', list)}";
        StringBuilder standardOutput = new(), standardError = new(), output = new();
        Command command = Cli.Wrap(program)
            .WithArguments(list)
            .WithWorkingDirectory(options.WorkingDirectory)
            .WithEnvironmentVariables(EnvironmentVariables(options))
            .WithStandardInputPipe(PipeSource.FromString(options.Input, Encoding.UTF8))
            .WithStandardOutputPipe(Capture(standardOutput, output, options))
            .WithStandardErrorPipe(Capture(standardError, output, options))
            .WithValidation(CommandResultValidation.None);

        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Timeout);
        try
        {
            CommandTask<CommandResult> task = command.ExecuteAsync(limit.Token);
            options.Started?.Invoke(task.ProcessId);
            CommandResult result = await task;
            return new(commandLine, result.ExitCode, standardOutput.ToString(), standardError.ToString(), output.ToString());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{commandLine}\ndid not end within {options.Timeout}\n{output}");
        }
    }

    /// <summary>Runs a program that may not be installed.</summary>
    /// <returns>The result, or <see langword="null"/> if there is no such program.</returns>
    /// <inheritdoc cref="RunAsync"/>
    public static async Task<ProcessResult?> TryRunAsync(
        string program, IEnumerable<string> arguments, ProcessOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            return await RunAsync(program, arguments, options, cancellationToken);
        }
        catch (Win32Exception)
        {
            // The documented way to learn that there is no such program.
            return null;
        }
    }

    private static string FindDotnet()
    {
        if (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { } host)
        {
            return host;
        }

        // The shared framework lies in <root>/shared/Microsoft.NETCore.App/<version>.
        string candidate = Path.GetFullPath(
            Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        return File.Exists(candidate) ? candidate : "dotnet";
    }

    // The build that runs a test sets variables that would change a build that the test starts. Build servers that outlive the command
    // would keep its streams open.
    private static Dictionary<string, string?> EnvironmentVariables(ProcessOptions options)
    {
        Dictionary<string, string?> variables = [];
        foreach (string name in Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => (string)entry.Key))
        {
            if (name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase))
            {
                variables[name] = null;
            }
        }

        variables["MSBUILDDISABLENODEREUSE"] = "1";
        variables["DOTNET_CLI_UI_LANGUAGE"] = "en";
        variables["DOTNET_NOLOGO"] = "1";
        foreach ((string name, string? value) in options.Environment)
        {
            variables[name] = value;
        }

        return variables;
    }

    private static PipeTarget Capture(StringBuilder stream, StringBuilder both, ProcessOptions options) => PipeTarget.Merge(
        PipeTarget.ToStringBuilder(stream, Encoding.UTF8),
        PipeTarget.ToDelegate(
            line =>
            {
                lock (both)
                {
                    both.Append(line).Append('\n');
                    options.LineReceived?.Invoke(line);
                }
            },
            Encoding.UTF8));
}
