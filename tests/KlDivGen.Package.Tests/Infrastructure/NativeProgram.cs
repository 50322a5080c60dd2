namespace KlDivGen.Package.Tests;

/// <summary>Publishes projects of this repository with Native AOT.</summary>
internal static class NativeProgram
{
    /// <summary>Publishes a project and checks that there was no warning.</summary>
    /// <param name="project">The folder of the project, relative to the root.</param>
    /// <param name="instructionSet">The value of <c>IlcInstructionSet</c>, or <see langword="null"/> for the default.</param>
    /// <returns>The full path of the program.</returns>
    public static async Task<string> PublishAsync(string project, string? instructionSet = null)
    {
        string output = Path.Combine(TestArtifacts.Path, "native", Path.GetFileName(project) + "-" + (instructionSet ?? "default"));
        List<string> arguments =
        [
            "publish", RepositoryRoot.Combine(project), "-c", "Release", "-p:Native=true", "-o", output,
            "--artifacts-path", TestArtifacts.Path,
        ];
        if (instructionSet is not null)
        {
            arguments.Add($"-p:IlcInstructionSet={instructionSet}");
        }

        ProcessResult published = await ProcessRunner.RunDotnetAsync(arguments, cancellationToken: TestContext.Current.CancellationToken);
        Assert.DoesNotContain("warning", published.EnsureSuccess().Output, StringComparison.OrdinalIgnoreCase);
        return Path.Combine(output, Path.GetFileName(project));
    }
}
