using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace KlDivGen.Tests.Kernels;

/// <summary>
/// The conformance program again in processes whose runtime has been told to do without some instructions, or to compile
/// otherwise: every vector width, with and without a fused multiply-add. The check "hash" holds the deterministic methods' bits
/// against those that are kept, in each of them. Two classes, which run side by side: one has the slow one, software.
/// </summary>
public abstract class WidthTests
{
    /// <summary>All that is quick even where there are no vector instructions.</summary>
    protected const string Few = "reductions autograd paddle wide near equal specials in-place consistency hash";

    protected static async Task Check(string settings, string checks, string width)
    {
        Assert.SkipUnless(RuntimeInformation.ProcessArchitecture == Architecture.X64, "These settings are those of x64.");
        string output = (await ConformanceProcess.RunAsync(settings, checks.Split(' '))).EnsureSuccess().Output;
        Assert.Contains(width, output, StringComparison.Ordinal);
        Assert.True(Passed(output) > 500, output);
    }

    /// <summary>How many checks the program says have passed.</summary>
    private static int Passed(string output) =>
        int.Parse(output.TrimEnd().Split('\n')[^1].Split(' ')[0], CultureInfo.InvariantCulture);
}

/// <inheritdoc/>
public sealed class AcceleratedWidthTests : WidthTests
{
    /// <summary>Every element of the references, too; and where vectors are narrower, every length and place.</summary>
    private const string More = Few + " elements", Most = More + " lengths alignment";

    [Theory]
    [InlineData("DOTNET_EnableFMA=0", More, "256-bit vectors, accelerated")]
    [InlineData("DOTNET_EnableAVX2=0", Most, "128-bit vectors, accelerated")]
    [InlineData("DOTNET_EnableAVX=0", More, "128-bit vectors, accelerated")]
    [InlineData("DOTNET_TieredCompilation=0", More, "-bit vectors, accelerated")]
    [InlineData("DOTNET_TieredPGO=1;DOTNET_TC_QuickJitForLoops=0", Few, "-bit vectors, accelerated")]
    public Task Every_check_passes(string settings, string checks, string width) => Check(settings, checks, width);

    /// <summary>The widest vectors, which the runtime takes only if told to, and the usual ones without what else comes with them.</summary>
    [Theory]
    [InlineData("DOTNET_MaxVectorTBitWidth=512", Most, "512-bit vectors, accelerated")]
    [InlineData("DOTNET_EnableAVX512=0", Few, "256-bit vectors, accelerated")]
    public Task Every_check_passes_where_there_is_AVX_512(string settings, string checks, string width)
    {
        Assert.SkipUnless(Vector512.IsHardwareAccelerated, "This machine has no AVX-512.");
        return Check(settings, checks, width);
    }
}

/// <inheritdoc/>
public sealed class SoftwareWidthTests : WidthTests
{
    [Fact]
    public Task Every_check_passes() => Check("DOTNET_EnableHWIntrinsic=0", Few, "128-bit vectors");
}
