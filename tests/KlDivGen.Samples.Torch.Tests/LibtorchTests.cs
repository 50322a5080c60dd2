using TorchSharpTraining;

namespace KlDivGen.Samples.Torch.Tests;

/// <summary>What the program says where the native library of PyTorch does not load.</summary>
public sealed class LibtorchTests
{
    // Lines of glibc's dynamic linker, as .NET reports them.
    private const string OldSystem =
        """
        Unable to load shared library 'LibTorchSharp' or one of its dependencies.
        /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.38' not found (required by /app/libLibTorchSharp.so)
        /app/LibTorchSharp.so: cannot open shared object file: No such file or directory
        """;

    private const string NoLibrary =
        """
        Unable to load shared library 'torch_cpu' or one of its dependencies.
        /app/torch_cpu.so: cannot open shared object file: No such file or directory
        /app/libtorch_cpu.so: cannot open shared object file: No such file or directory
        """;

    private const string NoDependency =
        """
        Unable to load shared library 'torch_cpu' or one of its dependencies.
        libstdc++.so.6: cannot open shared object file: No such file or directory
        /app/libtorch_cpu.so: cannot open shared object file: No such file or directory
        """;

    [Theory]
    [InlineData(OldSystem, "needs glibc 2.38 and libstdc++ of GCC 13.2")]
    [InlineData(OldSystem, "version `GLIBC_2.38' not found")]
    [InlineData(NoLibrary, "build with -p:Libtorch=true")]
    [InlineData(NoDependency, "does not have: libstdc++.so.6")]
    public void Explanation_names_what_is_missing(string message, string expected)
    {
        string explanation = Libtorch.Explain(message);

        Assert.Contains(expected, explanation, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', explanation);
    }

    [Fact]
    public void Program_without_the_library_ends_with_one_line_of_error_and_writes_no_chart()
    {
        string? reason = LibtorchAvailability.GetFailure();
        Assert.SkipWhen(reason is null, "libtorch loads on this system");
        using StringWriter output = new(), error = new();
        string chart = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

        int exitCode = Program.Run(["--output", chart], output, error);

        Assert.Equal((2, string.Empty, reason + Environment.NewLine), (exitCode, output.ToString(), error.ToString()));
        Assert.False(File.Exists(chart));
    }

    [Theory]
    [InlineData("--epochs", "0", "from 1 to 10000")]
    [InlineData("--epochs", "2.5", "from 1 to 10000")]
    [InlineData("--seed", "-1", "from 0")]
    [InlineData("--output", "", "--output must be the path of a file")]
    [InlineData("--output", "missing/chart.svg", "there is no folder")]
    [InlineData("--epoch", "2", "--epoch")]
    public void Invalid_command_line_is_rejected(string option, string value, string message)
    {
        using StringWriter output = new(), error = new();

        int exitCode = Program.Run([option, value], output, error);

        Assert.Equal((2, string.Empty), (exitCode, output.ToString()));
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
    }
}
