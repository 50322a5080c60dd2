using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace KlDivGen.Package.Tests;

/// <summary>
/// The conformance program, compiled with Native AOT: all its checks pass, and its deterministic kernels return the same bits as the
/// jitted ones, with 128-bit vectors without FMA and, if the machine has AVX2 or AVX-512, with 256-bit vectors and FMA, or with 512-bit
/// vectors in the main loops.
/// </summary>
[Collection(nameof(NativeProgram))]
public class NativeConformanceTests
{
    private const string Project = "tests/KlDivGen.Conformance";

    [Theory]
    [InlineData(null, "128-bit vectors")]
    [InlineData("x86-64-v3", "256-bit vectors, accelerated\n")]
    [InlineData("x86-64-v4", "main loops 512-bit")]
    public async Task Native_code_passes_all_checks_with_the_same_bits(string? instructionSet, string width)
    {
        NativeToolchain.Require();
        Assert.SkipWhen(instructionSet == "x86-64-v3" && !Avx2.IsSupported, "SKIPPED: this processor has no AVX2");
        Assert.SkipWhen(instructionSet == "x86-64-v4" && !Vector512.IsHardwareAccelerated, "SKIPPED: this processor has no AVX-512");
        CancellationToken cancellation = TestContext.Current.CancellationToken;

        string program = await NativeProgram.PublishAsync(Project, instructionSet);
        ProcessResult checks = (await ProcessRunner.RunAsync(program, [], cancellationToken: cancellation)).EnsureSuccess();
        if (Sse2.IsSupported)
        {
            Assert.Contains(width, checks.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        }

        Assert.Matches(@"^[1-9]\d* passed, 0 failed$", checks.Lines[^1]);

        string jittedProgram = Path.Combine(AppContext.BaseDirectory, "KlDivGen.Conformance.dll");
        ProcessResult native = (await ProcessRunner.RunAsync(program, ["hash", "--print"], cancellationToken: cancellation)).EnsureSuccess();
        ProcessResult jitted =
            (await ProcessRunner.RunDotnetAsync([jittedProgram, "hash", "--print"], cancellationToken: cancellation)).EnsureSuccess();
        Assert.NotEmpty(native.Lines);
        Assert.Equal(jitted.Lines, native.Lines);
    }
}
