using KlDivGen.CompilerServices;

namespace KlDivGen.Tests.Runtime;

public sealed class ReproducibleLanesTests
{
    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    public void Vectors_of_up_to_512_bits_are_supported(int vectorBits) => ReproducibleLanes.ThrowIfFewerThanVectorLanes(vectorBits / 8);

    [Theory]
    [InlineData(1024)]
    [InlineData(2048)]
    public void Wider_vectors_are_not_supported(int vectorBits)
    {
        PlatformNotSupportedException exception = Assert.Throws<PlatformNotSupportedException>(
            () => ReproducibleLanes.ThrowIfFewerThanVectorLanes(vectorBits / 8));
        Assert.Contains($"{vectorBits} bits", exception.Message, StringComparison.Ordinal);
    }
}
