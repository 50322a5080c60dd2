namespace KlDivGen.Package.Tests;

/// <summary>Detects whether this machine can link a Native AOT program.</summary>
internal static class NativeToolchain
{
    /// <summary>Skips the current test, with the reason, if there is no linker.</summary>
    public static void Require()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // The SDK finds the linkers of Xcode and Visual Studio, and says what is missing.
        }

        bool hasLinker = IsOnPath("clang") || IsOnPath("gcc");
        bool hasZlib = LibraryFolders().Any(folder => File.Exists(Path.Combine(folder, "libz.so")) || File.Exists(Path.Combine(folder, "libz.a")));
        Assert.SkipUnless(hasLinker && hasZlib, "SKIPPED: Native AOT needs a linker and zlib. On Debian: apt-get install clang zlib1g-dev");
    }

    private static bool IsOnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static IEnumerable<string> LibraryFolders() =>
        ["/usr/lib", "/usr/lib64", "/usr/local/lib", .. Directory.EnumerateDirectories("/usr/lib", "*-linux-*")];
}
