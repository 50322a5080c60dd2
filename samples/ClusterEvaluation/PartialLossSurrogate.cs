using KlDivGen;
using Orleans;

namespace ClusterEvaluation;

/// <summary>How Orleans sends a <see cref="PartialLoss"/>: as its bytes, which have a documented layout and a checksum.</summary>
[GenerateSerializer]
[Immutable]
internal struct PartialLossSurrogate
{
    /// <summary>The bytes of the loss.</summary>
    [Id(0)]
    public byte[] Bytes;
}

/// <summary>Converts between a loss and its bytes.</summary>
[RegisterConverter]
internal sealed class PartialLossConverter : IConverter<PartialLoss, PartialLossSurrogate>
{
    /// <summary>Returns the bytes of a loss.</summary>
    public static byte[] GetBytes(in PartialLoss loss)
    {
        byte[] bytes = new byte[PartialLoss.ByteCount];
        loss.TryWriteBytes(bytes, out _);
        return bytes;
    }

    /// <inheritdoc/>
    public PartialLoss ConvertFromSurrogate(in PartialLossSurrogate surrogate) => PartialLoss.Read(surrogate.Bytes);

    /// <inheritdoc/>
    public PartialLossSurrogate ConvertToSurrogate(in PartialLoss value) => new() { Bytes = GetBytes(in value) };
}
