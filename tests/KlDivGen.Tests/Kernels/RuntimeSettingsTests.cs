using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using KlDivGen.Conformance.Matrix;

namespace KlDivGen.Tests.Kernels;

/// <summary>
/// The conformance program in processes whose runtime does not use some instructions or compiles differently: every vector width, with and
/// without fused multiply-add. These are checks and groups of methods that take seconds; <c>.ci/run</c> runs all. The check <c>hash</c>
/// compares the bits of the deterministic methods. There are two classes, which run in parallel, because the software fallback is slow.
/// </summary>
public abstract class RuntimeSettingsTests
{
    private static readonly string[] Checks =
        ["reductions", "autograd", "near", "cancelling", "equal", "scalar-grad-output", "loss-scale", "nan", "row-equal", "hash"];

    private static readonly string[] Groups = ["FlatSingle", "FlatHalf", "TensorDouble", "TensorSingle", "RowsSingle"];

    protected static async Task CheckAsync(string settings, string width)
    {
        Assert.SkipUnless(RuntimeInformation.ProcessArchitecture == Architecture.X64, "These are settings for x64.");
        string output = (await ConformanceProcess.RunAsync(settings, [.. Checks, "--group", .. Groups])).EnsureSuccess().Output;
        Assert.Contains(width, output, StringComparison.Ordinal);
        int passed = int.Parse(output.TrimEnd().Split('\n')[^1].Split(' ')[0], CultureInfo.InvariantCulture);
        Assert.True(passed > (MatrixSample.IsWholeMatrix ? 500 : 100), output);
    }
}

/// <inheritdoc/>
public sealed class AcceleratedTests : RuntimeSettingsTests
{
    [Theory]
    [InlineData("DOTNET_EnableFMA=0", "256-bit vectors, accelerated")]
    [InlineData("DOTNET_EnableAVX2=0", "128-bit vectors, accelerated")]
    [InlineData("DOTNET_EnableAVX=0", "128-bit vectors, accelerated")]
    [InlineData("DOTNET_TieredCompilation=0", "-bit vectors, accelerated")]
    [InlineData("DOTNET_TieredPGO=1;DOTNET_TC_QuickJitForLoops=0", "-bit vectors, accelerated")]
    public Task Every_check_passes(string settings, string width) => CheckAsync(settings, width);

    /// <summary>
    /// Narrow vectors with the instructions that usually come with wide ones; with AVX-512, the elements after the last block of 512-bit
    /// vectors.
    /// </summary>
    [Fact]
    public Task Every_check_passes_with_128_bits_and_fused_multiply_add()
    {
        Assert.SkipUnless(Fma.IsSupported, "This machine has no fused multiply-add.");
        return CheckAsync("DOTNET_MaxVectorTBitWidth=128", "128-bit vectors, accelerated");
    }

    /// <summary>Without 512-bit vectors, and with nothing else: the default takes them for blocks, and 256-bit vectors for tails.</summary>
    [Theory]
    [InlineData("DOTNET_MaxVectorTBitWidth=512", "512-bit vectors, accelerated")]
    [InlineData("DOTNET_EnableAVX512=0", "256-bit vectors, accelerated")]
    [InlineData("DOTNET_EnableAVX512v2=0;DOTNET_EnableAVX512v3=0", "256-bit vectors, accelerated")]
    [InlineData("DOTNET_PreferredVectorBitWidth=256", "256-bit vectors, accelerated")]
    public Task Every_check_passes_with_AVX_512(string settings, string width)
    {
        Assert.SkipUnless(Vector512.IsHardwareAccelerated, "This machine has no AVX-512.");
        return CheckAsync(settings, width);
    }
}

/// <inheritdoc/>
public sealed class SoftwareTests : RuntimeSettingsTests
{
    [Fact]
    public Task Every_check_passes() => CheckAsync("DOTNET_EnableHWIntrinsic=0", "128-bit vectors");
}
