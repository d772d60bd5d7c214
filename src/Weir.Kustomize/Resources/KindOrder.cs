using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Kustomize.Resources;

/// <summary>
/// The order of kinds that kustomize calls legacy: what others need comes first, webhooks come last, all else by text.
/// </summary>
internal sealed class KindOrder : IComparer<GroupVersionKind>
{
    private static readonly string[] DefaultFirst =
    [
        "Namespace",
        "ResourceQuota",
        "StorageClass",
        "CustomResourceDefinition",
        "ServiceAccount",
        "PodSecurityPolicy",
        "Role",
        "ClusterRole",
        "RoleBinding",
        "ClusterRoleBinding",
        "ConfigMap",
        "Secret",
        "Endpoints",
        "Service",
        "LimitRange",
        "PriorityClass",
        "PersistentVolume",
        "PersistentVolumeClaim",
        "Deployment",
        "StatefulSet",
        "CronJob",
        "PodDisruptionBudget",
    ];

    private static readonly string[] DefaultLast = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];

    private readonly Dictionary<string, int> _ranks = new(StringComparer.Ordinal);

    public KindOrder(IReadOnlyList<string> first, IReadOnlyList<string> last)
    {
        for (var i = 0; i < first.Count; i++)
        {
            _ranks[first[i]] = i - first.Count;
        }

        for (var i = 0; i < last.Count; i++)
        {
            _ranks[last[i]] = i + 1;
        }
    }

    public static KindOrder Default { get; } = new(DefaultFirst, DefaultLast);

    public int Compare(GroupVersionKind x, GroupVersionKind y)
    {
        var byRank = _ranks.GetValueOrDefault(x.Kind).CompareTo(_ranks.GetValueOrDefault(y.Kind));
        return byRank != 0 ? byRank : GoString.Compare(x.ToSortText(), y.ToSortText());
    }

    /// <summary>The order of two resources: by kind, then by id.</summary>
    public int Compare(in ResourceId x, in ResourceId y)
    {
        if (x.Gvk != y.Gvk)
        {
            var byRank = _ranks.GetValueOrDefault(x.Gvk.Kind).CompareTo(_ranks.GetValueOrDefault(y.Gvk.Kind));
            if (byRank != 0)
            {
                return byRank;
            }

            var byText = GoString.Compare(x.Gvk.ToSortText(), y.Gvk.ToSortText());
            var isCoreNamespace = x.Gvk.Kind == "Namespace" && y.Gvk.Kind == "Namespace" && (x.Gvk.Group.Length == 0 || y.Gvk.Group.Length == 0);
            return isCoreNamespace ? -byText : byText;
        }

        return GoString.Compare(SortText(x), SortText(y));
    }

    private static string SortText(in ResourceId id) =>
        $"{(id.Namespace.Length == 0 ? "~X" : id.Namespace)}|{(id.Name.Length == 0 ? "~N" : id.Name)}";
}
