using KlDivGen.CompilerServices;

namespace KlDivGen.Tests.Runtime;

public class SpanValidationAllocationTests
{
    [Fact]
    public void Checks_that_pass_allocate_nothing()
    {
        float[] memory = new float[32];
        double[] wide = new double[16];
        bool inPlace = false;
        Assert.Equal(0, Allocation.Of(() =>
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
    public void An_allocation_would_be_seen()
    {
        object? kept = null;
        Assert.True(Allocation.Of(() => kept = new object()) > 0);
        Assert.NotNull(kept);
    }
}
