using Weir.ApiServer.Resources;
using Weir.ApiServer.Storage;
using Weir.ApiServer.Writing;

namespace Weir.ApiServer.Lifecycle;

/// <summary>The server's own controllers: what every cluster has, namespaces, garbage, service accounts, custom definitions.</summary>
internal sealed class ClusterControllers(
    ObjectStore store, ResourceCatalog catalog, ObjectWriter writer, Func<string>? rootCertificatePem, TimeProvider time, CancellationToken stopping) : IAsyncDisposable
{
    private readonly CustomDefinitionController _definitions = new(store, catalog, writer, time);
    private readonly NamespaceController _namespaces = new(store, catalog, writer, time);
    private readonly GarbageCollector _garbage = new(store, catalog, writer);
    private readonly ServiceAccountController _accounts = new(store, catalog, writer, rootCertificatePem);
    private readonly RoleAggregation _roles = new(store, catalog, writer);
    private readonly Bootstrap _bootstrap = new(catalog, writer);
    private Task _running = Task.CompletedTask;

    /// <summary>Makes what every cluster has and loads custom resources; requests may come afterwards.</summary>
    public async Task PrepareAsync()
    {
        _definitions.Load();
        await _bootstrap.RunAsync().ConfigureAwait(false);
        await _roles.ReconcileAsync().ConfigureAwait(false);
    }

    public void Start() => _running = Task.WhenAll(
        Task.Run(() => _definitions.RunAsync(stopping), CancellationToken.None),
        Task.Run(() => _namespaces.RunAsync(stopping), CancellationToken.None),
        Task.Run(() => _garbage.RunAsync(stopping), CancellationToken.None),
        Task.Run(() => _roles.RunAsync(stopping), CancellationToken.None),
        Task.Run(() => _accounts.RunAsync(stopping), CancellationToken.None));

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _running.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // That is how they end.
        }
    }
}
