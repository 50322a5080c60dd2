using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using KlDivGen.Conformance.Checks;

namespace KlDivGen.Tests.Kernels;

/// <summary>
/// The conformance program again in processes whose runtime has been told to do without some instructions, or to compile
/// otherwise: every vector width, with and without a fused multiply-add, and the same deterministic bits from all of them.
/// </summary>
public sealed class WidthTests
{
    /// <summary>At these the runtime has no vector instructions at all; what takes longest says nothing new there.</summary>
    private static readonly string[] InSoftware =
        ["oracle", "elements", "reductions", "autograd", "paddle", "wide", "near", "equal", "specials", "in-place", "consistency"];

    public static TheoryData<string, string> Runtimes() => new()
    {
        { "DOTNET_EnableFMA=0", "256-bit vectors, accelerated" },
        { "DOTNET_EnableAVX2=0", "128-bit vectors, accelerated" },
        { "DOTNET_EnableAVX=0", "128-bit vectors, accelerated" },
        { "DOTNET_EnableHWIntrinsic=0", "128-bit vectors" },
        { "DOTNET_TieredCompilation=0", "-bit vectors" },
        { "DOTNET_TieredPGO=1;DOTNET_TC_QuickJitForLoops=0", "-bit vectors" },
    };

    [Theory]
    [MemberData(nameof(Runtimes))]
    public async Task Every_check_passes(string settings, string width)
    {
        Assert.SkipUnless(RuntimeInformation.ProcessArchitecture == Architecture.X64, "These settings are those of x64.");
        string[] checks = settings.Contains("HWIntrinsic", StringComparison.Ordinal) ? InSoftware : [];
        var (code, output) = await Run(settings, checks);
        Assert.True(code == 0, output);
        Assert.Contains(width, output, StringComparison.Ordinal);
        Assert.True(Passed(output) > 1000, output);
    }

    [Theory]
    [MemberData(nameof(Runtimes))]
    public async Task Deterministic_bits_are_the_same(string settings, string width)
    {
        Assert.NotEmpty(width);
        var (code, output) = await Run(settings, ["hash", "--print"]);
        Assert.Equal(0, code);
        Assert.Equal(Hash.Kept().Order(), output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
    }

    /// <summary>How many checks the program says have passed.</summary>
    private static int Passed(string output) =>
        int.Parse(output.TrimEnd().Split('\n')[^1].Split(' ')[0], CultureInfo.InvariantCulture);

    private static async Task<(int Code, string Output)> Run(string settings, string[] arguments)
    {
        string shared = RuntimeEnvironment.GetRuntimeDirectory();
        var start = new ProcessStartInfo(Path.GetFullPath(Path.Combine(shared, "../../../dotnet")), [typeof(Suite).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
        };
        foreach (string setting in settings.Split(';'))
        {
            start.Environment[setting.Split('=')[0]] = setting.Split('=')[1];
        }

        using var process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output);
    }
}
