using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using KlDivGen.Benchmarks.Reports;

namespace KlDivGen.Benchmarks.Implementations;

/// <summary>Builds the C++ implementations with the compilers of this machine when they are first needed, and loads them.</summary>
internal static class NativeLibraryBuild
{
    private const string LibmvecPrefix = "libmvec_";

    private static readonly string[] Compilers =
        ["clang++", "clang++-20", "clang++-19", "clang++-18", "clang++-17", "clang++-16", "clang++-15", "clang++-14", "g++"];

    private static readonly Lazy<Library> Intrinsics = new(BuildIntrinsics);

    private static readonly Lazy<Library> Libmvec = new(BuildLibmvec);

    /// <summary>The compilers of the libraries that were built, such as <c>Debian clang version 16.0.6</c>.</summary>
    public static IEnumerable<string> UsedCompilers =>
        new[] { Intrinsics, Libmvec }.Where(l => l.IsValueCreated && l.Value.Handle != 0).Select(l => l.Value.Compiler).Distinct();

    /// <summary>Returns why a function is absent, or <see langword="null"/> if it exists.</summary>
    public static string? Absence(string function) =>
        Of(function).Handle == 0 ? Of(function).Compiler
        : NativeLibrary.TryGetExport(Of(function).Handle, function, out _) ? null
        : "SLEEF is not installed (Debian: libsleef-dev)";

    /// <summary>The address of a function.</summary>
    public static nint Function(string name) => NativeLibrary.GetExport(Of(name).Handle, name);

    /// <summary>The width of the vectors that a function uses, in bits.</summary>
    public static unsafe int VectorBits(string function) => ((delegate* unmanaged<int>)Function(
        function.StartsWith(LibmvecPrefix, StringComparison.Ordinal) ? LibmvecPrefix + "vector_bits" : "vector_bits"))();

    private static Library Of(string function) =>
        function.StartsWith(LibmvecPrefix, StringComparison.Ordinal) ? Libmvec.Value : Intrinsics.Value;

    private static Library BuildIntrinsics()
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return new(0, "the C++ intrinsics are written for x64 with AVX2");
        }

        foreach (string compiler in Compilers)
        {
            if (VersionOf(compiler) is { } version)
            {
                string[] options = ["-O3", "-march=native"];
                return TryBuild(compiler, version, "intrinsics.cpp", [.. options, "-DWITH_SLEEF"], ["-lsleef"])
                    ?? TryBuild(compiler, version, "intrinsics.cpp", options, [])
                    ?? new(0, $"{version} does not compile the C++ intrinsics");
            }
        }

        return new(0, "neither clang++ nor g++ is installed");
    }

    private static Library BuildLibmvec() =>
        !OperatingSystem.IsLinux() ? new(0, "libmvec is part of glibc, on Linux")
        : VersionOf("g++") is not { } version ? new(0, "g++ is not installed")
        : TryBuild("g++", version, "libmvec.cpp", ["-Ofast", "-march=native", "-mprefer-vector-width=512"], ["-lmvec", "-lm"])
            ?? new(0, $"{version} does not compile the loops for libmvec");

    private static string? VersionOf(string compiler) => ExternalProgram.TryRun(compiler, "--version")?.Split('\n')[0];

    private static Library? TryBuild(string compiler, string version, string source, string[] options, string[] libraries)
    {
        string file = ProjectFolder.Combine("Native/" + source);
        string identity = string.Join('\n', [File.ReadAllText(file), version, Processor.Name, .. options]);
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..12];
        string library = Path.Combine(ProjectFolder.Builds, $"{Path.GetFileNameWithoutExtension(source)}-{hash}.so");
        if (!File.Exists(library))
        {
            // Compiled and linked in two steps: a shared library that is linked with -Ofast flushes the subnormals of its whole process.
            string compiled = Path.ChangeExtension(library, ".o");
            if (ExternalProgram.TryRun(compiler, [.. options, "-std=c++17", "-fPIC", "-c", file, "-o", compiled]) is null
                || ExternalProgram.TryRun(compiler, ["-shared", compiled, "-o", library, .. libraries]) is null)
            {
                return null;
            }
        }

        return new(NativeLibrary.Load(library), version);
    }

    /// <summary>A loaded library.</summary>
    /// <param name="Handle">The handle, or 0 if there is no library.</param>
    /// <param name="Compiler">The version of the compiler, or why there is no library.</param>
    private sealed record Library(nint Handle, string Compiler);
}
