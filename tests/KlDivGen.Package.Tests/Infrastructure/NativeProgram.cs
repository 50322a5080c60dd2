namespace KlDivGen.Package.Tests;

/// <summary>A project of this repository, compiled ahead of time.</summary>
internal static class NativeProgram
{
    /// <summary>
    /// Publishes a project without a warning and returns the program. With <paramref name="instructionSet"/> it is compiled for
    /// that one instead of the default.
    /// </summary>
    public static async Task<string> Publish(string project, string? instructionSet = null)
    {
        string output = Path.Combine(Repository.TestArtifacts, "native", Path.GetFileName(project) + "-" + (instructionSet ?? "default"));
        List<string> arguments =
        [
            "publish", Repository.PathTo(project), "-c", "Release", "-p:Native=true", "-o", output,
            "--artifacts-path", Repository.TestArtifacts,
        ];
        if (instructionSet is not null)
            arguments.Add($"-p:IlcInstructionSet={instructionSet}");

        Finished published = (await Command.Dotnet(Repository.Root, [.. arguments])).Succeeded();
        Assert.DoesNotContain("warning", published.Output, StringComparison.OrdinalIgnoreCase);
        return Path.Combine(output, Path.GetFileName(project));
    }
}
