using KlDivGen.Benchmarks.Data;

namespace KlDivGen.Benchmarks.Implementations;

/// <summary>The functions of <c>Native/*.cpp</c>, called as a .NET program calls native code.</summary>
internal static unsafe class NativeImplementations
{
    private static double Call(nint function, Operands<float> data)
    {
        fixed (float* input = data.Input, target = data.Target)
        {
            return ((delegate* unmanaged<float*, float*, nuint, float>)function)(input, target, (nuint)data.Length);
        }
    }

    /// <summary>Intrinsics with the Cephes polynomial for the logarithm; no special values.</summary>
    internal readonly struct IntrinsicsLog : IKernel<float>
    {
        private static readonly nint Function = NativeLibraryBuild.Function("intrinsics_log");

        public static double Run(Operands<float> data) => Call(Function, data);
    }

    /// <summary>Intrinsics with the Cephes polynomial for the exponential; no special values.</summary>
    internal readonly struct IntrinsicsExp : IKernel<float>
    {
        private static readonly nint Function = NativeLibraryBuild.Function("intrinsics_exp");

        public static double Run(Operands<float> data) => Call(Function, data);
    }

    /// <summary>A plain loop, vectorized by g++ with libmvec's logarithm.</summary>
    internal readonly struct LibmvecLog : IKernel<float>
    {
        private static readonly nint Function = NativeLibraryBuild.Function("libmvec_log");

        public static double Run(Operands<float> data) => Call(Function, data);
    }

    /// <summary>A plain loop, vectorized by g++ with libmvec's exponential.</summary>
    internal readonly struct LibmvecExp : IKernel<float>
    {
        private static readonly nint Function = NativeLibraryBuild.Function("libmvec_exp");

        public static double Run(Operands<float> data) => Call(Function, data);
    }

    /// <summary>Intrinsics and SLEEF's logarithm, accurate to 1 ULP.</summary>
    internal readonly struct SleefLog1Ulp : IKernel<float>
    {
        private static readonly nint Function = NativeLibraryBuild.Function("sleef_log_1ulp");

        public static double Run(Operands<float> data) => Call(Function, data);
    }

    /// <summary>Intrinsics and SLEEF's logarithm, accurate to 3.5 ULP.</summary>
    internal readonly struct SleefLog3Ulp : IKernel<float>
    {
        private static readonly nint Function = NativeLibraryBuild.Function("sleef_log_3_5ulp");

        public static double Run(Operands<float> data) => Call(Function, data);
    }

    /// <summary>Intrinsics and SLEEF's exponential, accurate to 1 ULP.</summary>
    internal readonly struct SleefExp1Ulp : IKernel<float>
    {
        private static readonly nint Function = NativeLibraryBuild.Function("sleef_exp_1ulp");

        public static double Run(Operands<float> data) => Call(Function, data);
    }
}
