using KlDivGen.CompilerServices;

namespace KlDivGen.Tests.Runtime;

public class SpanValidationAllocationTests
{
    [Fact]
    public void Checks_that_pass_do_not_allocate()
    {
        float[] memory = new float[32];
        double[] wide = new double[16];
        bool inPlace = false;
        Assert.Equal(0, AllocationMeter.Measure(() =>
        {
            SpanValidation.ThrowIfLengthsDiffer(16, 16, "target");
            SpanValidation.ThrowIfTooShort(17, 16, "output");
            SpanValidation.ValidateBatchSize(4, 16, "batchSize");
            SpanValidation.ThrowIfOverlapping<float, double>(memory, wide, 16, "gradInput");
            inPlace = SpanValidation.ValidateOverlap<float, float>(memory, memory.AsSpan(0, 16), "output");
        }));
        Assert.True(inPlace);
    }

    [Fact]
    public void Measure_detects_an_allocation()
    {
        object? kept = null;
        Assert.True(AllocationMeter.Measure(() => kept = new object()) > 0);
        Assert.NotNull(kept);
    }
}
