// The 16-bit structures that kernels accept without a reference to their libraries. The names and the single field are all that the
// generator looks at.
namespace System.Numerics
{
    /// <summary>The structure of .NET 11.</summary>
    internal readonly struct BFloat16(ushort bits)
    {
        public readonly ushort Bits = bits;
    }
}

namespace TorchSharp
{
    /// <summary>The structure of TorchSharp.</summary>
    internal readonly struct BFloat16(ushort bits)
    {
        public readonly ushort Bits = bits;
    }
}

namespace Microsoft.ML.OnnxRuntime
{
    /// <summary>The structure of ONNX Runtime.</summary>
    internal readonly struct BFloat16(ushort bits)
    {
        public readonly ushort Bits = bits;
    }

    /// <summary>The structure of ONNX Runtime for Half.</summary>
    internal readonly struct Float16(ushort bits)
    {
        public readonly ushort Bits = bits;
    }
}
