using KlDivGen.Kernels;

namespace KlDivGen.Tests.Runtime;

public class FlatChecksAllocationTests
{
    [Fact]
    public void Checks_that_pass_allocate_nothing()
    {
        float[] memory = new float[32];
        double[] wide = new double[16];
        Check(memory, wide);
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool inPlace = Check(memory, wide);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(inPlace);

        static bool Check(float[] memory, double[] wide)
        {
            FlatChecks.SameLength(16, 16, "target");
            FlatChecks.LongEnough(17, 16, "output");
            FlatChecks.BatchSize(4, 16, "batchSize");
            FlatChecks.Disjoint<float, double>(memory, wide, 16, "gradInput");
            return FlatChecks.InPlace<float, float>(memory, memory.AsSpan(0, 16), "output");
        }
    }
}
