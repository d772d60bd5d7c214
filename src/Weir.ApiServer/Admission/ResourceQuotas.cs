using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.ApiServer.Writing;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Admission;

/// <summary>
/// The quotas of namespaces: what would exceed one is refused, what is stored is charged. Writes that count take turns, so that two of
/// them never share what is left. Only what <c>status.hard</c> says counts, which the quota controller copies from the spec.
/// </summary>
internal sealed class ResourceQuotas(ObjectStore store, ResourceCatalog catalog) : IDisposable
{
    private readonly ResourceTable _quotas = store.Table("resourcequotas");
    private readonly SemaphoreSlim _turn = new(1, 1);

    public void Dispose() => _turn.Dispose();

    /// <summary>The turn to store an object that quotas allow; <see langword="null"/> when none counts it. The caller disposes it.</summary>
    public async ValueTask<QuotaTurn?> EnterAsync(ServedResource resource, string ns, MapValue value, MapValue? old, WriteRequest request)
    {
        if (!resource.Type.IsNamespaced || _quotas.Objects.CountIn(ns) == 0 || !Counts(resource, old, request.Subresource))
        {
            return null;
        }

        await _turn.WaitAsync(request.Cancellation).ConfigureAwait(false);
        try
        {
            var (changes, refusal) = QuotaCheck.Check(resource.Group, resource.Plural, value, old, _quotas.Objects.List(ns).Select(static q => q.Decode()));
            if (refusal is not null)
            {
                throw ApiStatus.Forbidden(resource.Group, resource.Plural, value.Name(), refusal).ToException();
            }

            return new QuotaTurn(_turn, catalog, ns, request.IsDryRun ? [] : changes);
        }
        catch
        {
            _turn.Release();
            throw;
        }
    }

    /// <summary>The turn of who counts anew what is used.</summary>
    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        return new QuotaTurn(_turn, catalog, "", []);
    }

    // Most objects count when they are made; services and claims may grow.
    private static bool Counts(ServedResource resource, MapValue? old, string subresource) => (resource.Group, resource.Plural) switch
    {
        ("" or "events.k8s.io", "events") => false,
        ("", "pods") => old is null ? subresource.Length == 0 : subresource == "resize",
        ("", "services" or "persistentvolumeclaims") => subresource.Length == 0,
        _ => old is null && subresource.Length == 0,
    };
}
