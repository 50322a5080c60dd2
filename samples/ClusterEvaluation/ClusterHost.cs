using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using StackExchange.Redis;

namespace ClusterEvaluation;

/// <summary>Which cluster to join.</summary>
/// <param name="Redis">How to reach Redis, or <see langword="null"/> for a cluster of this process alone.</param>
/// <param name="Cluster">The name of the cluster.</param>
/// <param name="Port">The TCP port for the other silos, or 0 for a free one.</param>
/// <param name="Verbose">Whether to log to the error stream.</param>
internal sealed record ClusterRequest(string? Redis, string Cluster, int Port, bool Verbose);

/// <summary>Configures the silo of this process.</summary>
internal static class ClusterHost
{
    // A silo that has died is declared dead after three probes without an answer: six seconds. Until then, its pieces are not handed out
    // again. The defaults of Orleans take about fifteen seconds.
    private static readonly TimeSpan ProbePeriod = TimeSpan.FromSeconds(2);
    private const int MissedProbes = 3;

    // A silo that starts contacts all that the membership table has as active, and ignores those that have not been alive for three of
    // these periods: six seconds. So a cluster that has died as a whole starts again soon.
    private static readonly TimeSpan AlivePeriod = TimeSpan.FromSeconds(2);

    private const int RedisTimeoutMilliseconds = 5000;

    /// <summary>Builds the host of a silo.</summary>
    /// <exception cref="InvalidInputException">Redis cannot be reached, or the port is in use.</exception>
    public static async Task<IHost> CreateAsync(ClusterRequest request)
    {
        HostApplicationBuilder builder = new(new HostApplicationBuilderSettings { DisableDefaults = true });
        if (request.Verbose)
        {
            // Orleans logs much that is normal here as errors: silos that come and go.
            builder.Logging.SetMinimumLevel(LogLevel.Warning)
                .AddFilter("Orleans", LogLevel.Critical)
                .AddSimpleConsole(options => options.SingleLine = true)
                .Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
                    options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        }

        ConfigurationOptions? redis = request.Redis is null ? null : ParseRedis(request.Redis);
        IPAddress address = redis is null ? IPAddress.Loopback : await GetLocalAddressAsync(redis);
        int port = GetPort(address, request.Port);
        builder.UseOrleans(silo =>
        {
            silo.AddEvaluation();
            if (redis is null)
            {
                silo.UseLocalhostClustering(port, GetPort(address, 0), serviceId: request.Cluster, clusterId: request.Cluster);
                silo.AddMemoryGrainStorage(EvaluationGrain.StorageName);
            }
            else
            {
                silo.Configure<ClusterOptions>(options => options.ServiceId = options.ClusterId = request.Cluster);
                silo.Configure<EndpointOptions>(options =>
                {
                    options.AdvertisedIPAddress = address;
                    options.SiloPort = port;
                    options.GatewayPort = 0;
                });
                silo.UseRedisClustering(options => options.ConfigurationOptions = redis);
                silo.AddRedisGrainStorage(EvaluationGrain.StorageName, options => options.ConfigurationOptions = redis);
            }
        });
        return builder.Build();
    }

    /// <summary>Adds what a silo needs to serve and to coordinate evaluations.</summary>
    public static ISiloBuilder AddEvaluation(this ISiloBuilder silo)
    {
        silo.Services.AddSingleton<IPieceEvaluator, PieceEvaluator>();
        silo.Configure<ClusterMembershipOptions>(options =>
        {
            options.ProbeTimeout = ProbePeriod;
            options.NumMissedProbesLimit = MissedProbes;
            options.IAmAliveTablePublishTimeout = AlivePeriod;
        });
        return silo;
    }

    private static ConfigurationOptions ParseRedis(string text)
    {
        try
        {
            ConfigurationOptions options = ConfigurationOptions.Parse(text);
            options.ConnectTimeout = RedisTimeoutMilliseconds;
            return options.EndPoints.Count > 0 ? options : throw new InvalidInputException($"--redis: '{text}' names no host");
        }
        catch (ArgumentException exception)
        {
            throw new InvalidInputException($"--redis: '{text}' is not HOST:PORT: {exception.Message}");
        }
    }

    // Returns the address of this machine that the other silos can reach: the one from which it reaches Redis.
    private static async Task<IPAddress> GetLocalAddressAsync(ConfigurationOptions redis)
    {
        try
        {
            using (ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(redis))
            {
                await connection.GetDatabase().PingAsync();
            }

            // Connecting a UDP socket sends nothing: it looks up the route.
            using Socket socket = new(SocketType.Dgram, ProtocolType.Udp);
            await socket.ConnectAsync(redis.EndPoints[0]);
            IPAddress address = ((IPEndPoint)socket.LocalEndPoint!).Address;
            return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or SocketException)
        {
            // Not the text of the option, which may hold a password; and not the message, which explains StackExchange.Redis at length.
            string reason = exception is RedisConnectionException connecting ? $"{connecting.FailureType}" : exception.Message;
            throw new InvalidInputException($"--redis: {string.Join(',', redis.EndPoints)} cannot be used: {reason}");
        }
    }

    // Opens and closes a port: to find a free one, or to see that the given one is free.
    private static int GetPort(IPAddress address, int port)
    {
        try
        {
            using TcpListener listener = new(address, port);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        catch (SocketException exception)
        {
            throw new InvalidInputException($"--port: {address}:{port} cannot be used: {exception.Message}");
        }
    }
}
