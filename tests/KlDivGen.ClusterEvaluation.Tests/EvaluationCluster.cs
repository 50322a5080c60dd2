using ClusterEvaluation;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Storage;
using Orleans.TestingHost;

namespace KlDivGen.ClusterEvaluation.Tests;

/// <summary>Some silos in this process.</summary>
internal sealed class EvaluationCluster : IAsyncDisposable
{
    private const string Run = "test";

    private readonly InProcessTestCluster cluster;

    private EvaluationCluster(InProcessTestCluster cluster) => this.cluster = cluster;

    /// <summary>The silos that have not been killed.</summary>
    public int SiloCount => this.cluster.Silos.Count;

    /// <summary>Starts the silos.</summary>
    public static async Task<EvaluationCluster> StartAsync(int silos, TestStorage storage, RecordingEvaluator evaluator)
    {
        InProcessTestClusterBuilder builder = new((short)silos);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddEvaluation();
            silo.Services.AddSingleton<IPieceEvaluator>(evaluator);
            silo.Services.AddKeyedSingleton<IGrainStorage>(EvaluationGrain.StorageName, storage);
            silo.Configure<ClusterMembershipOptions>(options =>
            {
                options.ProbeTimeout = TimeSpan.FromMilliseconds(500);
                options.NumMissedProbesLimit = 2;
            });
        });
        EvaluationCluster cluster = new(builder.Build());
        await cluster.cluster.DeployAsync();
        return cluster;
    }

    /// <summary>Evaluates to the end.</summary>
    public Task<EvaluationProgress> EvaluateAsync(
        EvaluationRequest request, bool restart = false, Action<EvaluationProgress>? onProgress = null)
    {
        IEvaluationGrain evaluation = this.cluster.Client.GetGrain<IEvaluationGrain>(Run);
        return new EvaluationClient(evaluation, request)
            .RunAsync(restart, onProgress ?? (_ => { }), TestContext.Current.CancellationToken)
            .WaitAsync(RecordingEvaluator.Limit);
    }

    /// <summary>Kills the silo of the coordinator.</summary>
    public async Task KillCoordinatorAsync()
    {
        SiloAddress address = await this.FindCoordinatorAsync();
        await this.cluster.KillSiloAsync(this.cluster.Silos.Single(silo => silo.SiloAddress.Equals(address)));
    }

    /// <summary>Kills a silo that is not that of the coordinator.</summary>
    public async Task KillOtherAsync()
    {
        SiloAddress address = await this.FindCoordinatorAsync();
        await this.cluster.KillSiloAsync(this.cluster.Silos.First(silo => !silo.SiloAddress.Equals(address)));
    }

    /// <summary>Kills all silos, as a loss of power does.</summary>
    public async Task KillAllAsync()
    {
        foreach (InProcessSiloHandle silo in this.cluster.Silos)
        {
            await this.cluster.KillSiloAsync(silo);
        }
    }

    public ValueTask DisposeAsync() => this.cluster.DisposeAsync();

    private async Task<SiloAddress> FindCoordinatorAsync()
    {
        IGrain evaluation = this.cluster.Client.GetGrain<IEvaluationGrain>(Run);
        IManagementGrain management = this.cluster.Client.GetGrain<IManagementGrain>(0);
        return await management.GetActivationAddress(evaluation) ?? throw new InvalidOperationException("there is no coordinator");
    }
}
