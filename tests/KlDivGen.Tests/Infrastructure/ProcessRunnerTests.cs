namespace KlDivGen.Tests.Infrastructure;

/// <summary>The runner of programs that all test projects share. The tests run a shell.</summary>
public sealed class ProcessRunnerTests
{
    [Fact]
    public async Task Both_streams_and_the_exit_code_are_captured()
    {
        ProcessResult result = await RunShellAsync("cat; echo ä; echo error >&2; exit 3", new() { Input = "input\n" });
        Assert.Equal(("input\nä\n", "error\n", 3), (result.StandardOutput, result.StandardError, result.ExitCode));
        Assert.Equal(["error", "input", "ä"], result.Lines.Order(StringComparer.Ordinal));
        Assert.Contains("error", Assert.Throws<InvalidOperationException>(result.EnsureSuccess).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_and_environment_are_those_asked_for()
    {
        string folder = RepositoryRoot.Combine("tests");
        ProcessResult result = await RunShellAsync(
            "pwd; echo \"$ADDED,${HOME-removed}\"",
            new() { WorkingDirectory = folder, Environment = new Dictionary<string, string?> { ["ADDED"] = "a b", ["HOME"] = null } });
        Assert.Equal($"{folder}\na b,removed\n", result.EnsureSuccess().StandardOutput);
    }

    [Fact]
    public async Task A_program_that_does_not_end_is_killed_with_its_children()
    {
        // The child holds the streams open: the runner would wait for it if only the shell were killed.
        TimeoutException error = await Assert.ThrowsAsync<TimeoutException>(
            () => RunShellAsync("echo started; sleep 600; echo ended", new() { Timeout = TimeSpan.FromSeconds(1) }));
        Assert.Contains("started", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_started_program_can_be_signalled() =>
        Assert.Equal(130, (await RunShellAsync(
            "trap 'exit 130' INT; echo ready; while :; do sleep 0.05; done",
            new() { Started = id => _ = InterruptAsync(id) })).ExitCode);

    [Fact]
    public async Task A_missing_program_is_no_error_if_it_may_be_missing() =>
        Assert.Null(await ProcessRunner.TryRunAsync("no-such-program", [], cancellationToken: TestContext.Current.CancellationToken));

    // The delay lets the shell set its trap. Without the trap, too, the signal would end it, with the same exit code.
    private static async Task InterruptAsync(int id)
    {
        await Task.Delay(500);
        await ProcessRunner.RunAsync("kill", ["-INT", $"{id}"]);
    }

    private static Task<ProcessResult> RunShellAsync(string script, ProcessOptions options)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no sh.");
        return ProcessRunner.RunAsync("sh", ["-c", script], options, TestContext.Current.CancellationToken);
    }
}
