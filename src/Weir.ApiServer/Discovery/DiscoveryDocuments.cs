using Weir.ApiServer.Resources;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Discovery;

/// <summary>The documents under /api and /apis: plain ones, and aggregated discovery v2.</summary>
internal static class DiscoveryDocuments
{
    private static readonly (ResourceVerbs Verb, string Name)[] VerbNames =
    [
        (ResourceVerbs.Create, "create"), (ResourceVerbs.Delete, "delete"), (ResourceVerbs.DeleteCollection, "deletecollection"),
        (ResourceVerbs.Get, "get"), (ResourceVerbs.List, "list"), (ResourceVerbs.Patch, "patch"), (ResourceVerbs.Update, "update"),
        (ResourceVerbs.Watch, "watch"),
    ];

    public static MapValue CoreVersions(string address) => new()
    {
        ["kind"] = "APIVersions",
        ["versions"] = new ListValue { "v1" },
        ["serverAddressByClientCIDRs"] = new ListValue { new MapValue { ["clientCIDR"] = "0.0.0.0/0", ["serverAddress"] = address } },
    };

    public static MapValue GroupList(ResourceRegistry registry)
    {
        var groups = new ListValue();
        foreach (var group in registry.Groups)
        {
            if (group.Name.Length > 0)
            {
                groups.Add(GroupEntry(group));
            }
        }

        return new MapValue { ["kind"] = "APIGroupList", ["apiVersion"] = "v1", ["groups"] = groups };
    }

    public static MapValue Group(ResourceGroup group)
    {
        var document = new MapValue { ["kind"] = "APIGroup", ["apiVersion"] = "v1" };
        foreach (var (key, value) in GroupEntry(group))
        {
            document[key] = value;
        }

        return document;
    }

    public static MapValue Resources(ResourceRegistry registry, string group, string version)
    {
        var list = new ListValue();
        foreach (var resource in registry.In(group, version))
        {
            var type = resource.Type;
            if (type.Verbs != ResourceVerbs.None)
            {
                var entry = new MapValue
                {
                    ["name"] = type.Plural,
                    ["singularName"] = type.Singular,
                    ["namespaced"] = type.IsNamespaced,
                    ["kind"] = type.Kind,
                    ["verbs"] = Verbs(type.Verbs),
                };
                Put(entry, "shortNames", type.ShortNames);
                Put(entry, "categories", type.Categories);
                if (type.Can(ResourceVerbs.Get))
                {
                    entry["storageVersionHash"] = StorageVersionHash.Of(resource.StorageKind);
                }

                list.Add(entry);
            }

            foreach (var subresource in type.Subresources)
            {
                var entry = new MapValue
                {
                    ["name"] = $"{type.Plural}/{subresource.Name}",
                    ["singularName"] = "",
                    ["namespaced"] = type.IsNamespaced,
                };
                if (subresource.Kind.Group != group || subresource.Kind.Version != version)
                {
                    if (subresource.Kind.Group.Length > 0)
                    {
                        entry["group"] = subresource.Kind.Group;
                    }

                    entry["version"] = subresource.Kind.Version;
                }

                entry["kind"] = subresource.Kind.Kind;
                entry["verbs"] = Verbs(subresource.Verbs);
                list.Add(entry);
            }
        }

        var document = new MapValue
        {
            ["kind"] = "APIResourceList",
            ["groupVersion"] = group.Length == 0 ? version : $"{group}/{version}",
            ["resources"] = list,
        };
        if (group.Length > 0)
        {
            // The first version of the API never said what it is.
            document["apiVersion"] = "v1";
        }

        return document;
    }

    /// <summary>Aggregated discovery of the core group or of all others.</summary>
    public static MapValue Aggregated(ResourceRegistry registry, bool core)
    {
        var items = new ListValue();
        foreach (var group in registry.Groups)
        {
            if (group.Name.Length == 0 != core)
            {
                continue;
            }

            var versions = new ListValue();
            foreach (var version in group.Versions)
            {
                var resources = new ListValue();
                foreach (var resource in registry.In(group.Name, version))
                {
                    resources.Add(AggregatedResource(resource));
                }

                versions.Add(new MapValue { ["version"] = version, ["resources"] = resources, ["freshness"] = "Current" });
            }

            items.Add(new MapValue
            {
                ["metadata"] = core ? new MapValue() : new MapValue { ["name"] = group.Name },
                ["versions"] = versions,
            });
        }

        return new MapValue
        {
            ["kind"] = "APIGroupDiscoveryList",
            ["apiVersion"] = "apidiscovery.k8s.io/v2",
            ["metadata"] = new MapValue(),
            ["items"] = items,
        };
    }

    public static ListValue Verbs(ResourceVerbs verbs)
    {
        var names = new ListValue();
        foreach (var (verb, name) in VerbNames)
        {
            if ((verbs & verb) != 0)
            {
                names.Add(name);
            }
        }

        return names;
    }

    private static MapValue AggregatedResource(ServedResource resource)
    {
        var type = resource.Type;
        var entry = new MapValue
        {
            ["resource"] = type.Plural,
            ["responseKind"] = ResponseKind(resource, resource.IsCustom ? type.GroupVersionKind : new GroupVersionKind("", "", type.Kind)),
            ["scope"] = type.IsNamespaced ? "Namespaced" : "Cluster",
            ["singularResource"] = type.Singular,
            ["verbs"] = Verbs(type.Verbs),
        };
        Put(entry, "shortNames", type.ShortNames);
        Put(entry, "categories", type.Categories);
        if (type.Subresources.Count > 0)
        {
            var list = new ListValue();
            foreach (var subresource in type.Subresources)
            {
                var kind = subresource.Kind;
                list.Add(new MapValue
                {
                    ["subresource"] = subresource.Name,
                    ["responseKind"] = ResponseKind(resource, kind),
                    ["verbs"] = Verbs(subresource.Verbs),
                });
            }

            entry["subresources"] = list;
        }

        return entry;
    }

    /// <summary>Built-in resources leave the group and version of their own group version empty.</summary>
    private static MapValue ResponseKind(ServedResource resource, GroupVersionKind kind)
    {
        var isOwn = !resource.IsCustom && kind.Group == resource.Group && kind.Version == resource.Version;
        return new MapValue
        {
            ["group"] = isOwn ? "" : kind.Group,
            ["version"] = isOwn ? "" : kind.Version,
            ["kind"] = kind.Kind,
        };
    }

    private static MapValue GroupEntry(ResourceGroup group)
    {
        var versions = new ListValue();
        foreach (var version in group.Versions)
        {
            versions.Add(Version(group.Name, version));
        }

        return new MapValue { ["name"] = group.Name, ["versions"] = versions, ["preferredVersion"] = Version(group.Name, group.Versions[0]) };
    }

    private static MapValue Version(string group, string version) => new() { ["groupVersion"] = $"{group}/{version}", ["version"] = version };

    private static void Put(MapValue entry, string key, IReadOnlyList<string> texts)
    {
        if (texts.Count > 0)
        {
            entry[key] = new ListValue(texts.Select(t => (Value)t));
        }
    }
}
