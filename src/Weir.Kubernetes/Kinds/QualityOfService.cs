using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>The class of a pod by its requests and limits: Guaranteed, Burstable, BestEffort.</summary>
public static class QualityOfService
{
    public static string Of(MapValue podSpec)
    {
        var (isAny, isAll) = (false, true);
        foreach (var item in podSpec.GetList("containers") ?? [])
        {
            var resources = (item as MapValue)?.GetMap("resources");
            foreach (var name in (ReadOnlySpan<string>)["cpu", "memory"])
            {
                var (request, limit) = (resources?.GetMap("requests")?[name], resources?.GetMap("limits")?[name]);
                isAny |= request is not null || limit is not null;
                isAll &= limit is not null && (request is null || Value.DeepEquals(request, limit));
            }
        }

        return !isAny ? "BestEffort" : isAll ? "Guaranteed" : "Burstable";
    }
}
