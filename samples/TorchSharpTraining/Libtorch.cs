using System.Runtime.InteropServices;
using TorchSharp;

namespace TorchSharpTraining;

/// <summary>The native library of PyTorch.</summary>
internal static class Libtorch
{
    /// <summary>
    /// Loads the library, so that a failure has its reason: TorchSharp would report where it searched instead. It gets one thread, as
    /// many as the generated loss has.
    /// </summary>
    /// <exception cref="InvalidInputException">The library does not load.</exception>
    public static void Load()
    {
        try
        {
            foreach (string library in (string[])["torch_cpu", "LibTorchSharp"])
            {
                NativeLibrary.Load(library, typeof(torch).Assembly, DllImportSearchPath.AssemblyDirectory);
            }
        }
        catch (DllNotFoundException exception)
        {
            throw new InvalidInputException(Explain(exception.Message));
        }

        torch.set_num_threads(1);
    }

    /// <summary>Returns one line that says what is missing.</summary>
    /// <param name="message">The message of the failure. Each line is what the dynamic linker said about one path.</param>
    internal static string Explain(string message)
    {
        string[] lines = message.Split('\n', StringSplitOptions.TrimEntries);
        return Array.Find(lines, line => line.Contains("' not found (required by", StringComparison.Ordinal)) is { } version
            ? "libtorch, the native library of PyTorch, does not load because this system is too old. It needs glibc 2.38 and libstdc++ "
                + $"of GCC 13.2, as in Debian 13 or Ubuntu 24.04: {version}"
            : Array.Find(lines, IsMissingDependency) is { } dependency
            ? $"libtorch, the native library of PyTorch, needs a library that this system does not have: {dependency}"
            : "libtorch, the native library of PyTorch, is not beside the program: build with -p:Libtorch=true, or publish.";
    }

    private static bool IsMissingDependency(string line) =>
        line.Contains("cannot open shared object file", StringComparison.Ordinal)
        && !line.Contains("torch", StringComparison.Ordinal);
}
