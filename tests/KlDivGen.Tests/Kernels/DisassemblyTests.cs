using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Text.RegularExpressions;
using KlDivGen.Conformance.Matrix;

namespace KlDivGen.Tests.Kernels;

/// <summary>The machine code of kernels, as the just-in-time compiler prints it.</summary>
public sealed partial class DisassemblyTests
{
    /// <summary>All methods of the generated classes, and those of the accumulators that are not inlined.</summary>
    private const string Methods = "*Kernel:* *Accumulator*:*";

    [Fact]
    public async Task Deterministic_kernels_have_no_fused_multiply_add()
    {
        string[] listings = await DisassembleAsync("hash");
        Assert.True(listings.Length > (MatrixSample.IsWholeMatrix ? 200 : 40), $"{listings.Length} methods were compiled.");
        Assert.DoesNotContain(listings, listing => FusedMultiplyAdd.IsMatch(listing));
    }

    /// <summary>Proves that the test above would find an instruction if there were one.</summary>
    [Fact]
    public async Task Other_kernels_have_fused_multiply_adds()
    {
        Assert.SkipUnless(Fma.IsSupported || AdvSimd.IsSupported, "This machine has no fused multiply-add.");
        Assert.Contains(await DisassembleAsync("equal", "--group", "FlatSingle"), listing => FusedMultiplyAdd.IsMatch(listing));
    }

    [GeneratedRegex(@"\b(vfn?m(add|sub)\d|fml[as]\b|fn?m(add|sub)\b)", RegexOptions.CultureInvariant)]
    private static partial Regex FusedMultiplyAdd { get; }

    /// <summary>Returns the machine code of the kernels that the conformance program compiles, one text for each method.</summary>
    private static async Task<string[]> DisassembleAsync(params string[] arguments)
    {
        string file = Path.GetTempFileName();
        try
        {
            (await ConformanceProcess.RunAsync($"DOTNET_JitStdOutFile={file};DOTNET_JitDisasm={Methods}", arguments)).EnsureSuccess();
            string text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            return text.Split("; Assembly listing for method ")[1..];
        }
        finally
        {
            File.Delete(file);
        }
    }
}
