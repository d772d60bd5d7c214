using Weir.Kubernetes;
using Weir.Kustomize.FieldSpecs;
using Weir.Kustomize.Nodes;
using Weir.Kustomize.Resources;

namespace Weir.Kustomize.Transformers;

/// <summary>What prefixes and suffixes have in common.</summary>
internal static class NameTransforming
{
    /// <summary>Names that mean something outside of the cluster stay.</summary>
    public static bool IsExempt(GroupVersionKind kind) =>
        kind.Kind is "CustomResourceDefinition" or "Namespace" || kind is { Kind: "APIService", Group: "apiregistration.k8s.io" };

    public static void Rename(Resource resource, FieldSpec field, Func<string, string> rename)
    {
        if (!field.AppliesTo(resource.Gvk))
        {
            return;
        }

        new FieldSpecWalk(
            field,
            NodeKind.Scalar,
            slot => Node.SetScalar(slot, rename(Scalar.Text(slot.Value)), ScalarTag.Undecided)).Visit(resource);
    }
}
