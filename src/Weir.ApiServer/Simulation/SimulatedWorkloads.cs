using Weir.ApiServer.Admission;
using Weir.ApiServer.Resources;
using Weir.ApiServer.Storage;
using Weir.ApiServer.Writing;

namespace Weir.ApiServer.Simulation;

/// <summary>All simulated controllers, one task each, driven by the store's changes.</summary>
internal sealed class SimulatedWorkloads : IAsyncDisposable
{
    private readonly ObjectStore _store;
    private readonly SimulatedCluster _cluster;
    private readonly SimulatedController[] _controllers;
    private readonly HashSet<ResourceTable> _indexed;
    private readonly SimulatedNode _node;
    private readonly CancellationToken _stopping;
    private Task _running = Task.CompletedTask;

    public SimulatedWorkloads(ObjectStore store, ResourceCatalog catalog, ObjectWriter writer, ResourceQuotas quotas, TimeProvider time, SimulationOptions options, CancellationToken stopping)
    {
        _store = store;
        _stopping = stopping;
        _cluster = new SimulatedCluster(catalog, writer, time, options);
        _node = new SimulatedNode(_cluster);
        _controllers =
        [
            new DeploymentController(_cluster),
            new ReplicaSetController(_cluster),
            new StatefulSetController(_cluster),
            new DaemonSetController(_cluster),
            new JobController(_cluster),
            new CronJobController(_cluster),
            new PodController(_cluster),
            new VolumeClaimController(_cluster),
            new ServiceController(_cluster),
            new EndpointController(_cluster),
            new DisruptionBudgetController(_cluster),
            new AutoscalerController(_cluster),
            new QuotaController(_cluster, quotas),
            new PolicyStatusController(_cluster),
            new VolumeProtectionController(_cluster, isOfClaims: true),
            new VolumeProtectionController(_cluster, isOfClaims: false),
        ];
        _indexed =
        [
            .. _controllers.Select(static c => c.Resource.Table),
            _cluster.Resource("apps", "v1", "controllerrevisions").Table,
            _cluster.Resource("discovery.k8s.io", "v1", "endpointslices").Table,
        ];
    }

    public void Start()
    {
        // Changes are watched first: what is stored meanwhile is then seen twice rather than never.
        _store.Changed += Observe;
        foreach (var table in _indexed)
        {
            foreach (var item in table.Objects.List(null))
            {
                _cluster.Owners.Apply(table, null, item);
            }
        }

        _running = Task.WhenAll([
            Task.Run(_node.EnsureAsync, CancellationToken.None),
            .. _controllers.Select(c => Task.Run(() => c.RunAsync(_stopping), CancellationToken.None)),
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        _store.Changed -= Observe;
        try
        {
            await _running.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // That is how they end.
        }

        foreach (var controller in _controllers)
        {
            controller.Dispose();
        }
    }

    private void Observe(ResourceTable table, ObjectEvent change)
    {
        if (_indexed.Contains(table))
        {
            _cluster.Owners.Apply(table, change.Previous, change.Current);
        }

        foreach (var controller in _controllers)
        {
            controller.Observe(table, change);
        }
    }
}
