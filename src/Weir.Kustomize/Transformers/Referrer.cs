using Weir.Kubernetes;
using Weir.Kustomize.Nodes;
using Weir.Kustomize.Resources;
using Weir.Values;

namespace Weir.Kustomize.Transformers;

/// <summary>An object whose fields name others, with what decides which ones it can mean.</summary>
internal sealed class Referrer
{
    private readonly HashSet<string>? _namespaces;

    public Referrer(Resource resource)
    {
        Resource = resource;
        Id = resource.CurrentId;
        if (Id.Gvk.Kind is "RoleBinding" or "ClusterRoleBinding")
        {
            RoleRef = ReadRoleRef(resource.Object);
            _namespaces = Id.Gvk.Kind == "RoleBinding" ? ReadNamespaces(resource) : null;
        }
    }

    public Resource Resource { get; }

    public ResourceId Id { get; }

    /// <summary>The kind that <c>roleRef</c> asks for, when it says group and kind.</summary>
    public GroupVersionKind? RoleRef { get; }

    /// <summary>Whether this object can name the other at all: same namespace, no namespace, or a role binding's subject.</summary>
    public bool CanReach(Resource other) =>
        Id.IsClusterScoped
        || other.IsClusterScoped
        || other.CurrentId.HasNamespaceOf(Id)
        || (_namespaces is not null && _namespaces.Contains(other.Namespace));

    private static GroupVersionKind? ReadRoleRef(MapValue value)
    {
        if (value["roleRef"] is not MapValue roleRef || roleRef["apiGroup"] is not { } group || roleRef["kind"] is not { } kind)
        {
            return null;
        }

        return new GroupVersionKind(Scalar.Text(group), "", Scalar.Text(kind));
    }

    private static HashSet<string> ReadNamespaces(Resource resource)
    {
        var result = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in resource.Object["subjects"] as ListValue ?? [])
        {
            if (item is not MapValue subject || Scalar.Text(subject["kind"]) != "ServiceAccount" || subject["namespace"] is not { } space)
            {
                continue;
            }

            if (!Scalar.IsString(space))
            {
                throw new BuildFailure($"Invalid Input: namespace is blank for resource \"{resource.CurrentId}\"\n", subject.Span)
                {
                    Code = "kustomize-name-reference",
                };
            }

            result.Add(Scalar.Text(space));
        }

        return result;
    }
}
