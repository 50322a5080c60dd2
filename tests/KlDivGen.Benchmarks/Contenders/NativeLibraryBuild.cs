using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace KlDivGen.Benchmarks.Contenders;

/// <summary>Builds the C++ contenders with what compiler there is, once, and loads them.</summary>
internal static class NativeLibraryBuild
{
    private static readonly string[] Compilers =
        ["clang++", "clang++-20", "clang++-19", "clang++-18", "clang++-17", "clang++-16", "clang++-15", "clang++-14", "g++"];

    private static readonly Lazy<Build> Current = new(Make);

    /// <summary>The compiler used, such as <c>Debian clang version 16.0.6</c>; or why there is no library.</summary>
    public static string Compiler => Current.Value.Compiler;

    /// <summary>Why a function is absent, or <see langword="null"/> where it is there.</summary>
    public static string? Absence(string function) =>
        Current.Value.Library == 0 ? Current.Value.Compiler
        : NativeLibrary.TryGetExport(Current.Value.Library, function, out _) ? null
        : "SLEEF is not installed (Debian: libsleef-dev)";

    /// <summary>The address of a function.</summary>
    public static nint Function(string name) => NativeLibrary.GetExport(Current.Value.Library, name);

    private static Build Make()
    {
        if (!System.Runtime.Intrinsics.X86.Avx2.IsSupported && RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return new(0, "the C++ contenders are written for x64 with AVX2");
        }

        foreach (string compiler in Compilers)
        {
            string? version = CommandLineTool.TryRun(compiler, "--version")?.Split('\n')[0];
            if (version is not null)
            {
                return TryCompile(compiler, version, "-DWITH_SLEEF", "-lsleef") ?? TryCompile(compiler, version)
                    ?? new(0, $"{version} does not compile the C++ contenders");
            }
        }

        return new(0, "neither clang++ nor g++ is installed");
    }

    private static Build? TryCompile(string compiler, string version, params string[] options)
    {
        string source = CommandLineTool.Embedded("contenders.cpp");
        string key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source + version + string.Join(' ', options))));
        string library = Path.Combine(ProjectFolder.Intermediate, $"contenders-{key[..12]}.so");
        if (!File.Exists(library))
        {
            string file = Path.Combine(ProjectFolder.Intermediate, "contenders.cpp");
            File.WriteAllText(file, source);
            string[] arguments = ["-O3", "-march=native", "-std=c++17", "-shared", "-fPIC", file, "-o", library, .. options];
            if (CommandLineTool.TryRun(compiler, arguments) is null)
            {
                return null;
            }
        }

        return new(NativeLibrary.Load(library), version);
    }

    private sealed record Build(nint Library, string Compiler);
}
