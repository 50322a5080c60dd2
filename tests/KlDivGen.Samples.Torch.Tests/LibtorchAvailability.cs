using KlDivGen.Samples;
using TorchSharpTraining;

namespace KlDivGen.Samples.Torch.Tests;

/// <summary>Skips tests where the native library of PyTorch does not load, and says why.</summary>
public static class LibtorchAvailability
{
    private static readonly Lazy<string?> Failure = new(Load);

    /// <summary>Skips the test where the library does not load.</summary>
    public static void SkipIfAbsent()
    {
        if (GetFailure() is { } reason)
        {
            Assert.Skip(reason);
        }
    }

    /// <summary>Returns why the library does not load, or <see langword="null"/> if it does.</summary>
    public static string? GetFailure() => Failure.Value;

    private static string? Load()
    {
        try
        {
            Libtorch.Load();
            return null;
        }
        catch (InvalidInputException exception)
        {
            return exception.Message;
        }
    }
}
