using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Text.RegularExpressions;

namespace KlDivGen.Tests.Kernels;

/// <summary>The machine code of the kernels, as the just-in-time compiler lists it: deterministic ones have no fused multiply-add.</summary>
public sealed partial class DisassemblyTests
{
    /// <summary>The methods of a kernel, and those of its sum that are not inlined.</summary>
    private const string Methods = "Run RunWhole RunWholeCarefully RunRest RunShort Commit get_IsFinite get_Total";

    [Fact]
    public async Task Deterministic_kernels_have_no_fused_instruction()
    {
        string[] listings = await Listings("hash");
        Assert.True(listings.Length > 200, $"{listings.Length} methods were compiled.");
        Assert.DoesNotContain(listings, listing => Fused.IsMatch(listing));
    }

    /// <summary>Without which the other test would pass whatever it looked at.</summary>
    [Fact]
    public async Task Other_kernels_have_where_the_machine_has()
    {
        Assert.SkipUnless(Fma.IsSupported || AdvSimd.IsSupported, "This machine has no fused multiply-add.");
        Assert.Contains(await Listings("equal", "--family", "FlatSingle"), listing => Fused.IsMatch(listing));
    }

    [GeneratedRegex(@"\b(vfn?m(add|sub)\d|fml[as]\b|fn?m(add|sub)\b)", RegexOptions.CultureInvariant)]
    private static partial Regex Fused { get; }

    /// <summary>What is compiled while the conformance program does what it is asked for, a method each.</summary>
    private static async Task<string[]> Listings(params string[] arguments)
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
