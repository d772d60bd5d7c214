using System.Runtime.CompilerServices;
using Weir.Helm;
using Weir.Kubernetes.Client;

namespace Weir.Controllers;

/// <summary>What templates see of the cluster: its version and the API versions it serves.</summary>
internal static class ClusterCapabilities
{
    private static readonly ConditionalWeakTable<IReadOnlyList<ApiResource>, IReadOnlyList<string>> Versions = [];
    private static readonly ConditionalWeakTable<ResourceMapper, KubeVersion> Clusters = [];

    public static async Task<Capabilities> ReadAsync(KubernetesClient client, CancellationToken cancellationToken)
    {
        if (!Clusters.TryGetValue(client.Mapper, out var version))
        {
            var answer = await client.GetPathAsync("/version", cancellationToken).ConfigureAwait(false);
            version = KubeVersion.Parse(answer.GetString("gitVersion") ?? "").Version ?? Capabilities.Default.KubeVersion;
            Clusters.AddOrUpdate(client.Mapper, version);
        }

        var resources = await client.Mapper.AllAsync(cancellationToken).ConfigureAwait(false);
        return Capabilities.Default with { KubeVersion = version, ApiVersions = Versions.GetValue(resources, Describe) };
    }

    private static List<string> Describe(IReadOnlyList<ApiResource> resources)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var resource in resources)
        {
            names.Add(resource.Kind.ApiVersion);
            names.Add($"{resource.Kind.ApiVersion}/{resource.Kind.Kind}");
        }

        return [.. names.Order(StringComparer.Ordinal)];
    }
}
