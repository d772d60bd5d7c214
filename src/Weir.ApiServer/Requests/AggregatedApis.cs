using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.Values;

namespace Weir.ApiServer.Requests;

/// <summary>Group versions that an APIService gives to another API server: nothing is forwarded, and who asks is told so.</summary>
internal sealed class AggregatedApis(ObjectStore store)
{
    private readonly ResourceTable _services = store.Table("apiservices.apiregistration.k8s.io");

    /// <summary>Refuses a request for a group version that only another server would serve.</summary>
    public void Check(string path)
    {
        if (_services.Objects.Count == 0 || path.Split('/', StringSplitOptions.RemoveEmptyEntries) is not ["apis", var group, var version, ..])
        {
            return;
        }

        if (_services.Objects.Find("", $"{version}.{group}")?.Decode().At("spec", "service") is MapValue service)
        {
            throw new ApiStatus(503, "ServiceUnavailable",
                $"service unavailable: APIService {ApiStatus.Quote($"{version}.{group}")} hands {group}/{version} to the service "
                + $"{service.GetString("namespace")}/{service.GetString("name")}, and an embedded API forwards nothing").ToException();
        }
    }
}
