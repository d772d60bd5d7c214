using Weir.ApiServer.Authentication;
using Weir.ApiServer.Authorization;
using Weir.ApiServer.Resources;
using Weir.ApiServer.Storage;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Admission;

/// <summary>What admission policies ask of this server.</summary>
internal sealed class ClusterWorld(ObjectStore store, ResourceCatalog catalog, RbacAuthorizer authorizer) : AdmissionWorld
{
    private readonly ResourceTable _namespaces = store.Table("namespaces");

    public override MapValue? FindNamespace(string name) => _namespaces.Objects.Find("", name)?.Decode();

    public override AdmissionParameters? FindParameters(string apiVersion, string kind)
    {
        var wanted = GroupVersionKind.Of(apiVersion, kind);
        var resource = catalog.Current.All.FirstOrDefault(r => r.Type.GroupVersionKind == wanted);
        return resource is null
            ? null
            : new AdmissionParameters(
                resource.Type.IsNamespaced,
                (space, name) => resource.Table.Objects.Find(space, name) is { } stored ? resource.View.Value(stored) : null,
                space => resource.Table.Objects.List(resource.Type.IsNamespaced ? space : null).Select(resource.View.Value));
    }

    public override AccessAnswer Decide(AccessQuestion question)
    {
        var decision = authorizer.Authorize(new AccessAttributes
        {
            User = new UserInfo
            {
                Name = question.User.Name,
                Uid = question.User.Uid,
                Groups = question.User.Groups,
                Extra = [.. question.User.Extra],
            },
            Verb = question.Verb,
            IsResource = question.Path is null,
            Path = question.Path ?? "",
            Group = question.Group,
            Version = "*",
            Resource = question.Resource,
            Subresource = question.Subresource,
            Namespace = question.Namespace,
            Name = question.Name,
        });
        return new(decision.IsAllowed, decision.Reason);
    }
}
