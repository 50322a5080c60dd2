using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace KlDivGen.ClusterEvaluation.Tests;

/// <summary>A Redis of the test's own, on a free port, that writes nothing to disk.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly BackgroundProgram program;

    private RedisServer(BackgroundProgram program, string address)
    {
        this.program = program;
        this.Address = address;
    }

    /// <summary>The host and the port.</summary>
    public string Address { get; }

    /// <summary>Starts the server. Skips the test where it is not installed.</summary>
    public static async Task<RedisServer> StartAsync()
    {
        bool installed = await ProcessRunner.TryRunAsync("redis-server", ["--version"]) is { ExitCode: 0 };
        Assert.SkipUnless(installed, "SKIPPED: redis-server is not installed. On Debian: apt-get install redis-server");

        string port = FindFreePort().ToString(CultureInfo.InvariantCulture);
        BackgroundProgram program = BackgroundProgram.Start(
            "redis-server", ["--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]);
        await program.WaitForLineAsync(line => line.Contains("Ready to accept connections", StringComparison.Ordinal));
        return new RedisServer(program, $"127.0.0.1:{port}");
    }

    public ValueTask DisposeAsync() => this.program.DisposeAsync();

    private static int FindFreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
