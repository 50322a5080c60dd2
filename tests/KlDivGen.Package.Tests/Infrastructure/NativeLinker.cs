namespace KlDivGen.Package.Tests;

/// <summary>Whether this machine can link a program compiled ahead of time; where it cannot, tests say so and are skipped.</summary>
internal static class NativeLinker
{
    /// <summary>Skips the test that asks, with the reason, where there is no linker.</summary>
    public static void Require()
    {
        if (!OperatingSystem.IsLinux())
            return; // Xcode's and Visual Studio's linkers are found by the SDK itself, which says what it lacks.
        bool linker = OnPath("clang") || OnPath("gcc");
        bool zlib = LibraryFolders().Any(folder => File.Exists(Path.Combine(folder, "libz.so")) || File.Exists(Path.Combine(folder, "libz.a")));
        Assert.SkipUnless(linker && zlib, "SKIPPED: Native AOT needs a linker, and there is none here; on Debian: apt-get install clang zlib1g-dev");
    }

    private static bool OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static IEnumerable<string> LibraryFolders() =>
        ["/usr/lib", "/usr/lib64", "/usr/local/lib", .. Directory.EnumerateDirectories("/usr/lib", "*-linux-*")];
}
