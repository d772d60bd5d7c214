using Weir.ApiServer.Storage;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Resources;

/// <summary>Reads the resources that a CustomResourceDefinition serves.</summary>
internal static class CustomDefinitions
{
    /// <summary>The names with what upstream fills in: singular and list kind.</summary>
    public static MapValue DefaultedNames(MapValue definition)
    {
        var names = definition.GetMap("spec")?.GetMap("names") ?? new MapValue();
        if (names.GetString("singular") is not { Length: > 0 })
        {
            names["singular"] = (names.GetString("kind") ?? "").ToLowerInvariant();
        }

        if (names.GetString("listKind") is not { Length: > 0 })
        {
            names["listKind"] = (names.GetString("kind") ?? "") + "List";
        }

        return names;
    }

    /// <summary>One resource a served version, when the definition is established. What has not changed is taken over from the registry.</summary>
    public static IEnumerable<ServedResource> Read(StoredObject stored, ObjectStore store, ResourceRegistry registry)
    {
        var definition = stored.Decode();
        if (!IsEstablished(definition) || definition.GetMap("spec") is not { } spec)
        {
            yield break;
        }

        var names = definition.GetMap("status")?.GetMap("acceptedNames") ?? DefaultedNames(definition);
        var group = spec.GetString("group") ?? "";
        var kind = names.GetString("kind") ?? "";
        var versions = spec.GetList("versions") ?? [];
        var storageVersion = versions.OfType<MapValue>().FirstOrDefault(v => v.GetBool("storage") == true)?.GetString("name") ?? "";
        foreach (var item in versions)
        {
            if (item is not MapValue version || version.GetBool("served") != true)
            {
                continue;
            }

            yield return Read(definition, version, group, kind, names, storageVersion, store);
        }
    }

    private static ServedResource Read(
        MapValue definition, MapValue version, string group, string kind, MapValue names, string storageVersion, ObjectStore store)
    {
        var metadata = definition.GetMap("metadata")!;
        var versionName = version.GetString("name") ?? "";
        var gvk = new GroupVersionKind(group, versionName, kind);
        var name = metadata.GetString("name")!;
        var isTerminating = metadata.ContainsKey("deletionTimestamp");
        return new ServedResource
        {
            Type = new ResourceType
            {
                Group = group,
                Version = versionName,
                Kind = kind,
                ListKind = names.GetString("listKind") ?? kind + "List",
                Plural = names.GetString("plural") ?? "",
                Singular = names.GetString("singular") ?? "",
                ShortNames = Strings(names.GetList("shortNames")),
                Categories = Strings(names.GetList("categories")),
                IsNamespaced = definition.GetMap("spec")!.GetString("scope") != "Cluster",
                Verbs = isTerminating ? ResourceVerbs.All & ~(ResourceVerbs.Create | ResourceVerbs.Update | ResourceVerbs.Patch) : ResourceVerbs.All,
                Subresources = Subresources(version, gvk),
            },
            Schema = CustomSchema.ReadObject(version.GetMap("schema")?.GetMap("openAPIV3Schema")),
            StorageSchema = versionName == storageVersion ? null : StorageSchema(definition, storageVersion),
            Table = store.Table(name),
            StorageKind = gvk with { Version = storageVersion },
            Custom = new CustomDefinition
            {
                Name = name,
                Uid = metadata.GetString("uid") ?? "",
                Version = version,
                Generation = metadata.GetInt("generation") ?? 1,
                IsTerminating = isTerminating,
                DeprecationWarning = version.GetBool("deprecated") == true
                    ? version.GetString("deprecationWarning") ?? $"{group}/{versionName} {kind} is deprecated"
                    : null,
            },
        };
    }

    private static Schema? StorageSchema(MapValue definition, string version)
    {
        foreach (var item in definition.GetMap("spec")?.GetList("versions") ?? [])
        {
            if (item is MapValue stored && stored.GetString("name") == version)
            {
                return CustomSchema.ReadObject(stored.GetMap("schema")?.GetMap("openAPIV3Schema"));
            }
        }

        return null;
    }

    private static IReadOnlyList<SubresourceType> Subresources(MapValue version, GroupVersionKind kind)
    {
        const ResourceVerbs verbs = ResourceVerbs.Get | ResourceVerbs.Patch | ResourceVerbs.Update;
        var list = new List<SubresourceType>();
        if (version.GetMap("subresources")?.GetMap("scale") is not null)
        {
            list.Add(new("scale", new("autoscaling", "v1", "Scale"), verbs));
        }

        if (version.GetMap("subresources")?.ContainsKey("status") == true)
        {
            list.Add(new("status", kind, verbs));
        }

        return list;
    }

    private static bool IsEstablished(MapValue definition)
    {
        foreach (var item in definition.GetMap("status")?.GetList("conditions") ?? [])
        {
            if (item is MapValue condition && condition.GetString("type") == "Established")
            {
                return condition.GetString("status") == "True";
            }
        }

        return false;
    }

    private static IReadOnlyList<string> Strings(ListValue? list) => list is null ? [] : [.. list.OfType<StringValue>().Select(s => s.Value)];
}
