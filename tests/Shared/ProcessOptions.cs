namespace KlDivGen.Tests.Infrastructure;

/// <summary>How <see cref="ProcessRunner"/> starts a program.</summary>
internal sealed record ProcessOptions
{
    /// <summary>The working directory; the root of the repository by default.</summary>
    public string WorkingDirectory { get; init; } = RepositoryRoot.Path;

    /// <summary>Environment variables to set. A variable whose value is <see langword="null"/> is removed.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>The text that the program reads from standard input. The stream is closed after it.</summary>
    public string Input { get; init; } = "";

    /// <summary>The time after which the program and its child processes are killed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(8);

    /// <summary>Called with the ID of the process once it has started, for example to send it a signal.</summary>
    public Action<int>? Started { get; init; }

    /// <summary>Called with each line of both streams as it arrives, for a program that is observed while it runs. One call at a time.</summary>
    public Action<string>? LineReceived { get; init; }
}
