namespace KlDivGen.Benchmarks.Implementations;

/// <summary>
/// A program that runs PyTorch: <c>tests/KlDivGen.Benchmarks.Torch</c>, which brings PyTorch 2.10 with TorchSharp, or else
/// <c>Python/kl_div.py</c> with the PyTorch of this machine. Both have the same arguments and answers.
/// </summary>
/// <param name="Program">The program's file, or <see langword="null"/> if neither runs.</param>
/// <param name="Arguments">Its first arguments.</param>
/// <param name="Version">The version of PyTorch, or why neither program runs.</param>
internal sealed record PyTorchWorker(string? Program, string[] Arguments, string Version)
{
    private const string VersionArgument = "--version";

    private static readonly string[] Pythons = ["python3", "/usr/bin/python3"];

    /// <summary>Builds the program with TorchSharp, if that has not been done, and returns the first of the two that runs.</summary>
    public static PyTorchWorker Find()
    {
        string folder = ProjectFolder.Combine("../KlDivGen.Benchmarks.Torch/bin/publish");
        string program = Path.Combine(folder, OperatingSystem.IsWindows() ? "KlDivGen.Benchmarks.Torch.exe" : "KlDivGen.Benchmarks.Torch");
        if (!File.Exists(program))
        {
            ExternalProgram.TryRun(ProcessRunner.DotnetPath, "publish", ProjectFolder.Combine("../KlDivGen.Benchmarks.Torch"), "-o", folder);
        }

        string reason = "TorchSharp could not be built";
        if (File.Exists(program))
        {
            ProcessResult result = ProcessRunner.RunAsync(program, [VersionArgument]).GetAwaiter().GetResult();
            if (result.ExitCode == 0)
            {
                return new(program, [], $"{result.StandardOutput.Trim()} (TorchSharp)");
            }

            reason = $"TorchSharp does not run here: {result.Lines.FirstOrDefault()}";
        }

        string script = ProjectFolder.Combine("Python/kl_div.py");
        foreach (string python in Pythons)
        {
            if (ExternalProgram.TryRun(python, script, VersionArgument) is { } version)
            {
                return new(python, [script], $"{version} (Python; {reason})");
            }
        }

        return new(null, [], $"{reason}; and Python has no PyTorch (Debian: python3-torch)");
    }
}
