using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Writing;
using Weir.Kubernetes;

namespace Weir.ApiServer.Admission;

/// <summary>The turn of one write that counts against quotas; others wait until it is disposed.</summary>
internal sealed class QuotaTurn(SemaphoreSlim turn, ResourceCatalog catalog, string ns, IReadOnlyList<(string Quota, ResourceAmounts Used)> changes) : IDisposable
{
    public void Dispose() => turn.Release();

    /// <summary>Notes in the quotas what the stored object takes.</summary>
    public async Task ChargeAsync(ObjectWriter writer)
    {
        foreach (var (quota, used) in changes)
        {
            try
            {
                await writer.UpdateAsync(
                    catalog.Current.Find("", "v1", "resourcequotas")!, ns, quota, WriteRequest.Controller("kube-apiserver", "status") with { SkipsWebhooks = true },
                    (value, _) =>
                    {
                        value.GetOrAddMap("status")["used"] = used.Write();
                        value.GetMap("metadata")?.Remove("resourceVersion");
                        return value;
                    }).ConfigureAwait(false);
            }
            catch (ApiException exception) when (exception.Status.Code == 404)
            {
                // The quota has gone meanwhile.
            }
        }
    }
}
