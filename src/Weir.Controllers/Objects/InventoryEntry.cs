using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>An object in an inventory, written as cli-utils writes it: <c>namespace_name_group_kind</c> and the version.</summary>
internal readonly record struct InventoryEntry(ObjectKey Key, string Version)
{
    private const string RbacGroup = "rbac.authorization.k8s.io";

    /// <summary>The entry's id. Colons in RBAC names are doubled underscores.</summary>
    public string Id => $"{Key.Namespace}_{(Key.Group == RbacGroup ? Key.Name.Replace(":", "__", StringComparison.Ordinal) : Key.Name)}_{Key.Group}_{Key.Kind}";

    public static InventoryEntry? Parse(string id, string version)
    {
        var first = id.IndexOf('_', StringComparison.Ordinal);
        var last = id.LastIndexOf('_');
        var middle = last <= 0 ? -1 : id.LastIndexOf('_', last - 1);
        if (first < 0 || middle <= first)
        {
            return null;
        }

        var group = id[(middle + 1)..last];
        var name = id[(first + 1)..middle];
        if (group == RbacGroup)
        {
            name = name.Replace("__", ":", StringComparison.Ordinal);
        }

        return new(new(group, id[(last + 1)..], id[..first], name), version);
    }
}
