using System.Runtime.Intrinsics.X86;
using KlDivGen.CompilerServices;

namespace KlDivGen.Tests.Runtime;

public sealed class PrefetchTests
{
    [Fact]
    public void Prefetching_is_useful_unless_the_processor_is_a_Zen_4_or_5()
    {
        Assert.SkipUnless(X86Base.IsSupported && OperatingSystem.IsLinux(), "/proc/cpuinfo describes the processor on Linux.");
        string[] lines = File.ReadAllLines("/proc/cpuinfo");
        bool isZen4OrZen5 = Value("vendor_id") == "AuthenticAMD" && (Value("cpu family") is "25" or "26") && Value("flags").Split(' ').Contains("avx512f");
        Assert.Equal(!isZen4OrZen5, Prefetch.IsUseful);

        string Value(string name) => lines.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(": ")[1].Trim();
    }
}
