using System.Diagnostics;
using System.Text;

namespace KlDivGen.Package.Tests;

/// <summary>What a program printed, both streams in the order they came, and how it ended.</summary>
internal sealed record Finished(string CommandLine, int ExitCode, string Output)
{
    /// <summary>The same, or a failure of the test that shows everything printed.</summary>
    public Finished Succeeded() => this.ExitedWith(0);

    /// <inheritdoc cref="Succeeded"/>
    public Finished ExitedWith(int code)
    {
        Assert.True(this.ExitCode == code, $"{this.CommandLine}\nexit code {this.ExitCode}, expected {code}\n{this.Output}");
        return this;
    }

    /// <summary>The lines printed, without their ends.</summary>
    public string[] Lines => this.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Runs programs, the SDK's commands above all.</summary>
internal static class Command
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    /// <summary>Runs a <c>dotnet</c> command.</summary>
    public static Task<Finished> Dotnet(string folder, params string[] arguments) =>
        Run(folder, Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments);

    /// <summary>Runs a program to its end, with <paramref name="input"/> as its standard input.</summary>
    public static async Task<Finished> Run(string folder, string program, string[] arguments, string input = "")
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };

        // The test's own build must not colour the one it starts, and nothing may outlive that one and hold its streams open.
        foreach (string inherited in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(inherited);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";

        StringBuilder output = new();
        using Process process = new() { StartInfo = start };
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(output, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();

        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end\n{output}");
        }

        return new Finished($"{program} {string.Join(' ', arguments)}", process.ExitCode, output.ToString());
    }

    private static void Append(StringBuilder output, string? line)
    {
        if (line is null)
            return;
        lock (output)
            output.Append(line).Append('\n');
    }
}
