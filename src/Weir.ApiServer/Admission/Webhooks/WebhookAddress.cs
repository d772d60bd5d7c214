using System.Globalization;
using System.Net;
using Weir.ApiServer.Storage;
using Weir.Values;

namespace Weir.ApiServer.Admission;

/// <summary>Where a webhook listens, as far as this machine can reach it.</summary>
/// <param name="Text">What is asked, as written; a Service by its name in the cluster.</param>
/// <param name="Host">Where to connect; empty when that is not on this machine.</param>
/// <param name="Port">The port to connect to.</param>
internal sealed record WebhookAddress(string Text, string Host, int Port)
{
    private const int DefaultPort = 443;

    public bool IsReachable => Host.Length > 0;

    /// <summary>The address of a <c>clientConfig</c>. Only what is on loopback is reachable: URLs, and Services that lead there.</summary>
    public static WebhookAddress Of(MapValue client, ObjectStore store)
    {
        if (client.GetMap("service") is { } service)
        {
            return OfService(service, store);
        }

        var text = client.GetString("url") ?? "";
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && IsLoopback(url.IdnHost) ? new(text, url.IdnHost, url.Port) : new(text, "", 0);
    }

    private static WebhookAddress OfService(MapValue reference, ObjectStore store)
    {
        var (ns, name) = (reference.GetString("namespace") ?? "", reference.GetString("name") ?? "");
        var port = (int)(reference.GetInt("port") ?? DefaultPort);
        var path = reference.GetString("path") ?? "";
        var url = string.Create(CultureInfo.InvariantCulture, $"https://{name}.{ns}.svc:{port}/{path.TrimStart('/')}");
        if (store.Table("services").Objects.Find(ns, name)?.Decode().GetMap("spec") is not { } spec)
        {
            return new(url, "", 0);
        }

        if (spec.GetString("type") == "ExternalName" && spec.GetString("externalName") is { } external)
        {
            return new(url, IsLoopback(external) ? external : "", port);
        }

        var served = (spec.GetList("ports") ?? []).OfType<MapValue>().FirstOrDefault(p => p.GetInt("port") == port);
        return served is null ? new(url, "", 0)
            : EndpointOf(store, ns, name, served) is var (host, target) ? new(url, host, target)
            : new(url, "", 0);
    }

    private static (string Host, int Port)? EndpointOf(ObjectStore store, string ns, string name, MapValue served)
    {
        foreach (var slice in store.Table("endpointslices.discovery.k8s.io").Objects.List(ns))
        {
            if (slice.Label("kubernetes.io/service-name") == name && slice.Decode() is var value
                && PortOf(value.GetList("ports"), served) is { } port
                && FirstLoopback((value.GetList("endpoints") ?? []).OfType<MapValue>().SelectMany(static e => e.GetList("addresses") ?? [])) is { } host)
            {
                return (host, port);
            }
        }

        foreach (var subset in (store.Table("endpoints").Objects.Find(ns, name)?.Decode().GetList("subsets") ?? []).OfType<MapValue>())
        {
            if (PortOf(subset.GetList("ports"), served) is { } port
                && FirstLoopback((subset.GetList("addresses") ?? []).OfType<MapValue>().Select(static a => a["ip"] ?? NullValue.Instance)) is { } host)
            {
                return (host, port);
            }
        }

        return null;
    }

    private static int? PortOf(ListValue? ports, MapValue served) =>
        (int?)(ports ?? []).OfType<MapValue>().FirstOrDefault(p => (p.GetString("name") ?? "") == (served.GetString("name") ?? ""))?.GetInt("port");

    private static string? FirstLoopback(IEnumerable<Value> addresses) =>
        addresses.OfType<StringValue>().Select(static a => a.Value).FirstOrDefault(IsLoopback);

    private static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
