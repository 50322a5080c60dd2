using KlDivGen.Benchmarks.Data;

namespace KlDivGen.Benchmarks.Contenders;

/// <summary>The functions of <c>native/contenders.cpp</c>, called as a .NET program calls native code.</summary>
internal static unsafe class NativeContenders
{
    private static double Call(nint function, Operands<float> data)
    {
        fixed (float* input = data.Input, target = data.Target)
        {
            return ((delegate* unmanaged<float*, float*, nuint, float>)function)(input, target, (nuint)data.Length);
        }
    }

    /// <summary>Intrinsics with the Cephes polynomial for log; no special values.</summary>
    internal readonly struct IntrinsicsLog : IKernel<float>
    {
        private static readonly nint Function = NativeLibraryBuild.Function("intrinsics_log");

        public static double Run(Operands<float> data) => Call(Function, data);
    }

    /// <summary>Intrinsics with the Cephes polynomial for exp; no special values.</summary>
    internal readonly struct IntrinsicsExp : IKernel<float>
    {
        private static readonly nint Function = NativeLibraryBuild.Function("intrinsics_exp");

        public static double Run(Operands<float> data) => Call(Function, data);
    }

    /// <summary>Intrinsics and SLEEF's log within 1 ULP.</summary>
    internal readonly struct SleefLog1Ulp : IKernel<float>
    {
        private static readonly nint Function = NativeLibraryBuild.Function("sleef_log_1ulp");

        public static double Run(Operands<float> data) => Call(Function, data);
    }

    /// <summary>Intrinsics and SLEEF's log within 3.5 ULP.</summary>
    internal readonly struct SleefLog3Ulp : IKernel<float>
    {
        private static readonly nint Function = NativeLibraryBuild.Function("sleef_log_3_5ulp");

        public static double Run(Operands<float> data) => Call(Function, data);
    }

    /// <summary>Intrinsics and SLEEF's exp within 1 ULP.</summary>
    internal readonly struct SleefExp1Ulp : IKernel<float>
    {
        private static readonly nint Function = NativeLibraryBuild.Function("sleef_exp_1ulp");

        public static double Run(Operands<float> data) => Call(Function, data);
    }
}
