using System.Runtime.Intrinsics.X86;

namespace KlDivGen.Package.Tests;

/// <summary>
/// The conformance program compiled ahead of time: its whole table of values holds, and its deterministic kernels give the very bits
/// that the jitted ones give, at 128 bits without FMA and, where the machine has AVX2, at 256 bits with it.
/// </summary>
[Collection(nameof(NativeProgram))]
public class NativeConformanceTests
{
    private const string Project = "tests/KlDivGen.Conformance";

    [Theory]
    [InlineData(null, "128-bit vectors")]
    [InlineData("x86-64-v3", "256-bit vectors")]
    public async Task Compiled_ahead_of_time_every_value_holds(string? instructionSet, string width)
    {
        NativeLinker.Require();
        Assert.SkipWhen(instructionSet is not null && !Avx2.IsSupported, "SKIPPED: this processor has no AVX2");

        string program = await NativeProgram.Publish(Project, instructionSet);
        Finished table = (await Command.Run(Repository.Root, program, [])).Succeeded();
        if (Sse2.IsSupported)
            Assert.Contains(width, table.Output, StringComparison.Ordinal);
        Assert.Matches(@"^[1-9]\d* passed, 0 failed$", table.Lines[^1]);

        Finished native = (await Command.Run(Repository.Root, program, ["hash", "--print"])).Succeeded();
        Finished jitted = (await Command.Dotnet(
            Repository.Root, Path.Combine(AppContext.BaseDirectory, "KlDivGen.Conformance.dll"), "hash", "--print")).Succeeded();
        Assert.NotEmpty(native.Lines);
        Assert.Equal(jitted.Lines, native.Lines);
    }
}
