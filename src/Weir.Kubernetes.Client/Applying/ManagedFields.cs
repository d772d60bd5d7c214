using Weir.Values;

namespace Weir.Kubernetes.Client;

/// <summary>Reads and rewrites <c>metadata.managedFields</c>.</summary>
internal static class ManagedFields
{
    /// <summary>
    /// The JSON patch that makes one manager the owner of what the named managers own, and drops annotations and labels.
    /// Empty when there is nothing to do.
    /// </summary>
    public static ListValue Takeover(MapValue live, ApplySetOptions options)
    {
        var patch = new ListValue();
        AddRemovals(patch, live, "annotations", options.RemovedAnnotations);
        AddRemovals(patch, live, "labels", options.RemovedLabels);
        if (options.Replaced.Count > 0 && Replace(live, options) is { } entries)
        {
            patch.Add(new MapValue { ["op"] = "replace", ["path"] = "/metadata/managedFields", ["value"] = entries });
        }

        return patch;
    }

    /// <summary>True when a manager other than this one owns the place by server-side apply.</summary>
    public static bool IsOwnedByAnother(MapValue live, string pointer, string manager)
    {
        var path = JsonPointer.Split(pointer);
        foreach (var entry in Entries(live))
        {
            if (entry.GetString("operation") == "Apply"
                && string.IsNullOrEmpty(entry.GetString("subresource"))
                && entry.GetString("manager") != manager
                && entry.GetMap("fieldsV1") is { } fields
                && Contains(fields, live, path, 0))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Contains(MapValue fields, Value? value, IReadOnlyList<string> path, int index)
    {
        if (index == path.Count)
        {
            return true;
        }

        var segment = path[index];
        if (value is ListValue list && int.TryParse(segment, out var position))
        {
            if (position >= list.Count || list[position] is not MapValue item)
            {
                return false;
            }

            foreach (var (key, child) in fields)
            {
                if (key.StartsWith("k:", StringComparison.Ordinal)
                    && Yaml.JsonReader.Read(System.Text.Encoding.UTF8.GetBytes(key[2..])).Result is MapValue keys
                    && HasKeys(item, keys)
                    && child is MapValue nested)
                {
                    return Contains(nested, item, path, index + 1);
                }
            }

            return false;
        }

        return fields["f:" + segment] is MapValue next && Contains(next, (value as MapValue)?[segment], path, index + 1);
    }

    private static bool HasKeys(MapValue item, MapValue keys)
    {
        foreach (var (key, value) in keys)
        {
            if (!Value.DeepEquals(item[key], value))
            {
                return false;
            }
        }

        return true;
    }

    private static void AddRemovals(ListValue patch, MapValue live, string part, IReadOnlyList<string> keys)
    {
        var map = live.GetMap("metadata")?.GetMap(part);
        foreach (var key in keys)
        {
            if (map?.ContainsKey(key) == true)
            {
                patch.Add(new MapValue { ["op"] = "remove", ["path"] = $"/metadata/{part}/{JsonPointer.Escape(key)}" });
            }
        }
    }

    private static ListValue? Replace(MapValue live, ApplySetOptions options)
    {
        MapValue? own = null;
        foreach (var entry in Entries(live))
        {
            if (entry.GetString("manager") == options.FieldManager && entry.GetString("operation") == "Apply")
            {
                own = entry;
            }
        }

        var before = own;
        var kept = new ListValue();
        var hasChanged = false;
        foreach (var entry in Entries(live))
        {
            if (ReferenceEquals(entry, before))
            {
                continue;
            }

            if (!IsReplaced(entry, options.Replaced))
            {
                kept.Add(entry);
                continue;
            }

            hasChanged = true;
            if (own is null)
            {
                own = entry.ShallowClone();
                own["manager"] = options.FieldManager;
                own["operation"] = "Apply";
            }
            else
            {
                own = own.ShallowClone();
                own["fieldsV1"] = Union(own.GetMap("fieldsV1") ?? [], entry.GetMap("fieldsV1") ?? []);
            }
        }

        if (!hasChanged)
        {
            return null;
        }

        kept.Add(own!);
        return kept;
    }

    private static bool IsReplaced(MapValue entry, IReadOnlyList<FieldManagerRule> rules)
    {
        if (!string.IsNullOrEmpty(entry.GetString("subresource")))
        {
            return false;
        }

        foreach (var rule in rules)
        {
            if (entry.GetString("operation") == rule.Operation
                && (entry.GetString("manager") ?? "").StartsWith(rule.Prefix, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static MapValue Union(MapValue left, MapValue right)
    {
        var union = left.ShallowClone();
        foreach (var (key, value) in right)
        {
            union[key] = union[key] is MapValue mine && value is MapValue theirs ? Union(mine, theirs) : value;
        }

        return union;
    }

    private static IEnumerable<MapValue> Entries(MapValue live)
    {
        foreach (var item in live.GetMap("metadata")?.GetList("managedFields") ?? [])
        {
            if (item is MapValue entry)
            {
                yield return entry;
            }
        }
    }
}
