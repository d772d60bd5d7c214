using System.Collections.Concurrent;
using Weir.ApiServer.Encoding;
using Weir.ApiServer.Requests;
using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.Values;

namespace Weir.ApiServer.Discovery;

/// <summary>Answers /api and /apis.</summary>
internal sealed class DiscoveryHandler(ResourceCatalog catalog)
{
    private const string AggregatedType = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

    private readonly ConcurrentDictionary<(long Generation, bool Core), byte[]> _aggregated = [];

    /// <summary>Host and port, as told to clients.</summary>
    public string Address { get; set; } = "127.0.0.1";

    public Task HandleAsync(RequestContext context, string[] parts)
    {
        var registry = catalog.Current;
        switch (parts)
        {
            case ["api"] or ["apis"]:
                var core = parts[0] == "api";
                return WantsAggregated(context)
                    ? ResponseWriter.WriteTaggedAsync(context, Aggregated(registry, core), AggregatedType)
                    : WriteAsync(context, core ? DiscoveryDocuments.CoreVersions(Address) : DiscoveryDocuments.GroupList(registry));
            case ["api", "v1"]:
                return WriteAsync(context, DiscoveryDocuments.Resources(registry, "", "v1"));
            case ["apis", var name] when registry.Group(name) is { } group:
                return WriteAsync(context, DiscoveryDocuments.Group(group));
            case ["apis", var name, var version] when registry.Group(name) is { } group:
                return group.Versions.Contains(version)
                    ? WriteAsync(context, DiscoveryDocuments.Resources(registry, name, version))
                    : throw ApiStatus.NoResource().ToException();
            case ["api", _]:
                throw ApiStatus.NoResource().ToException();
            default:
                return ResponseWriter.WriteTextAsync(context.Http, 404, "404 page not found\n");
        }
    }

    private static Task WriteAsync(RequestContext context, MapValue document)
    {
        context.Format = Negotiation.Choose(context.Http.Request.Headers.Accept, mayTransform: false).Format;
        return ResponseWriter.WriteAsync(context, 200, document);
    }

    private byte[] Aggregated(ResourceRegistry registry, bool core)
    {
        if (_aggregated.TryGetValue((registry.Generation, core), out var known))
        {
            return known;
        }

        foreach (var key in _aggregated.Keys)
        {
            if (key.Generation < registry.Generation)
            {
                _aggregated.TryRemove(key, out _);
            }
        }

        return _aggregated[(registry.Generation, core)] = JsonEncoder.Encode(DiscoveryDocuments.Aggregated(registry, core));
    }

    /// <summary>True when the first clause that can be answered asks for aggregated discovery v2.</summary>
    private static bool WantsAggregated(RequestContext context)
    {
        foreach (var clause in AcceptedType.Parse(context.Http.Request.Headers.Accept))
        {
            if (clause.As.Length == 0)
            {
                return false;
            }

            if (clause is { As: "APIGroupDiscoveryList", Group: "apidiscovery.k8s.io", Version: "v2" } && clause.Covers(Negotiation.JsonType))
            {
                return true;
            }
        }

        return false;
    }
}
