using System.Collections.Concurrent;
using System.Diagnostics;
using Weir.ApiServer.Authentication;
using Weir.ApiServer.Resources;
using Weir.ApiServer.Storage;
using Weir.ApiServer.Writing;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Simulation;

/// <summary>What simulated controllers see of the server, and how they write: as the accounts of the real ones, through the server's own rules.</summary>
internal sealed class SimulatedCluster(ResourceCatalog catalog, ObjectWriter writer, TimeProvider time, SimulationOptions options)
{
    public const string Manager = "kube-controller-manager";

    private readonly ConcurrentDictionary<string, UserInfo> _accounts = new(StringComparer.Ordinal);

    public TimeProvider Time => time;

    public SimulationOptions Options => options;

    public OwnerIndex Owners { get; } = new();

    public DateTimeOffset Now => time.GetUtcNow();

    public string Timestamp => ObjectMetadata.Timestamp(Now);

    public ServedResource Resource(string group, string version, string plural) =>
        catalog.Current.Find(group, version, plural) ?? throw new UnreachableException($"{group}/{version} {plural} is not served.");

    /// <summary>A resource in whatever version it is served.</summary>
    public ServedResource? Find(string group, string plural) => catalog.Current.All.FirstOrDefault(r => r.Group == group && r.Plural == plural);

    public ServedResource? Find(string group, string version, string plural) => catalog.Current.Find(group, version, plural);

    public ServedResource? Find(GroupVersionKind kind) => catalog.Current.All.FirstOrDefault(r => r.Type.GroupVersionKind == kind);

    public async Task<StoredObject> CreateAsync(ServedResource resource, string ns, MapValue value, string account, string manager = Manager)
    {
        value["kind"] = resource.Kind;
        value["apiVersion"] = resource.ApiVersion;
        var result = await writer.CreateAsync(resource, ns, value, Request(account, manager, "")).ConfigureAwait(false);
        return result.Stored ?? throw new UnreachableException("A write for real left nothing stored.");
    }

    /// <summary>Writes an object back; refused as modified when it is no longer the one that was read.</summary>
    public Task<WriteResult> UpdateAsync(ServedResource resource, MapValue value, string account, string subresource = "", string manager = Manager)
    {
        var metadata = value.GetMap("metadata")!;
        return writer.UpdateAsync(
            resource, metadata.GetString("namespace") ?? "", metadata.GetString("name")!, Request(account, manager, subresource), (_, _) => value);
    }

    /// <summary>Deletes an object unless another has taken its name.</summary>
    public Task DeleteAsync(ServedResource resource, StoredObject item, string account, DeleteOptions? how = null) => writer.DeleteAsync(
        resource, item.Namespace, item.Name, (how ?? new DeleteOptions { PropagationPolicy = "Background" }) with { Uid = item.Uid }, Request(account, Manager, ""));

    private WriteRequest Request(string account, string manager, string subresource) => new()
    {
        User = _accounts.GetOrAdd(account, Account),
        Manager = manager,
        Subresource = subresource,
    };

    private static UserInfo Account(string name) => name.StartsWith("system:", StringComparison.Ordinal)
        ? new UserInfo { Name = name, Groups = [name.StartsWith("system:node:", StringComparison.Ordinal) ? "system:nodes" : name, UserInfo.AuthenticatedGroup] }
        : new UserInfo
        {
            Name = $"system:serviceaccount:kube-system:{name}",
            Groups = ["system:serviceaccounts", "system:serviceaccounts:kube-system", UserInfo.AuthenticatedGroup],
        };
}
