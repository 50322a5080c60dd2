using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Runtime;

namespace ClusterEvaluation;

/// <summary>
/// Evaluates the logits of many files on a cluster of silos. <see cref="CommandLineProgram"/> defines the exit codes.
/// </summary>
internal static class Program
{
    private static int Main(string[] args) => Run(args, Console.Out, Console.Error);

    /// <summary>Runs the program with the given output streams.</summary>
    internal static int Run(string[] args, TextWriter output, TextWriter error)
    {
        CommandLine commandLine = new(
            request => EvaluateAsync(request, output, error).GetAwaiter().GetResult(),
            cluster => ServeAsync(cluster, output).GetAwaiter().GetResult());
        return CommandLineProgram.Run(commandLine.Root, args, output, error);
    }

    private static async Task EvaluateAsync(RunRequest request, TextWriter output, TextWriter error)
    {
        using StopSignals signals = new();
        using IHost host = await ClusterHost.CreateAsync(request.Cluster);
        await StartAsync(host, signals.Token);
        EvaluationProgress progress;
        try
        {
            IEvaluationGrain evaluation = host.Services.GetRequiredService<IGrainFactory>().GetGrain<IEvaluationGrain>(request.Run);
            EvaluationClient client = new(evaluation, request.Evaluation);
            progress = await new EvaluationMonitor().RunAsync(
                error, request.Cluster.Verbose, onProgress => client.RunAsync(request.Restart, onProgress, signals.Token));
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }

        EvaluationResult result = EvaluationResult.Create(request.Run, progress);
        if (request.Json)
        {
            output.WriteLine(JsonSerializer.Serialize(result, EvaluationJsonContext.Default.EvaluationResult));
        }
        else
        {
            Report.Write(PlainConsole.Create(output), result);
        }
    }

    private static async Task StartAsync(IHost host, CancellationToken cancellationToken)
    {
        try
        {
            await host.StartAsync(cancellationToken);
        }
        catch (OrleansException exception)
        {
            throw new InvalidInputException($"--redis: the cluster cannot be joined: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static async Task ServeAsync(ClusterRequest cluster, TextWriter output)
    {
        using StopSignals signals = new();
        using IHost host = await ClusterHost.CreateAsync(cluster);
        await StartAsync(host, signals.Token);
        output.WriteLine($"serving the cluster '{cluster.Cluster}'");
        try
        {
            await Task.Delay(Timeout.Infinite, signals.Token);
        }
        catch (OperationCanceledException)
        {
            // The only way to end a silo that serves. It is not an error.
        }

        await host.StopAsync(CancellationToken.None);
    }
}
