using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Computes strategic merge patches. The first error is kept, and the result means nothing then.</summary>
internal sealed class StrategicDiff(StrategicDiff.Options options)
{
    public PatchError? Error { get; private set; }

    public MapValue Maps(MapValue original, MapValue modified, Schema? schema, bool buildsRetainKeys = false)
    {
        var patch = new MapValue();
        foreach (var (key, value) in modified)
        {
            var old = original[key];
            if (old is null)
            {
                Set(patch, key, value);
            }
            else if (key == StrategicMergePatch.Directive)
            {
                if (!old.Equals(value))
                {
                    patch[key] = value;
                }
            }
            else if (old.Kind != value.Kind)
            {
                Set(patch, key, value);
            }
            else
            {
                Field(patch, key, old, value, schema);
            }
        }

        if (!options.IgnoresDeletions)
        {
            foreach (var (key, _) in original)
            {
                if (!modified.ContainsKey(key))
                {
                    patch[key] = NullValue.Instance;
                }
            }
        }

        if (buildsRetainKeys && (patch.Count > 0 || HasDropped(original, modified)))
        {
            var keys = modified.Where(e => !e.Value.IsNull).Select(e => e.Key).Order(GoString.Comparer).Select(k => (Value)k).ToList();
            if (keys.Count > 0)
            {
                patch[StrategicMergePatch.RetainKeys] = new ListValue(keys);
            }
        }

        return patch;
    }

    private void Field(MapValue patch, string key, Value old, Value value, Schema? schema)
    {
        var property = schema?.Property(key);
        var strategy = property?.PatchStrategy ?? PatchStrategy.None;
        var field = property?.Schema ?? schema?.AdditionalProperties;
        switch (value)
        {
            case MapValue when strategy.HasFlag(PatchStrategy.Replace):
                Set(patch, key, value);
                break;
            case MapValue map:
                var changes = Maps((MapValue)old, map, field, strategy.HasFlag(PatchStrategy.RetainKeys));
                if (changes.Count > 0)
                {
                    patch[key] = changes;
                }

                break;
            case ListValue list when strategy.HasFlag(PatchStrategy.Merge):
                Lists(patch, key, (ListValue)old, list, field?.Items, property!.PatchMergeKey ?? "", strategy.HasFlag(PatchStrategy.RetainKeys));
                break;
            default:
                if (!old.Equals(value))
                {
                    Set(patch, key, value);
                }

                break;
        }
    }

    private void Set(MapValue patch, string key, Value value)
    {
        if (!options.IgnoresChangesAndAdditions)
        {
            patch[key] = value;
        }
    }

    private void Lists(MapValue patch, string key, ListValue original, ListValue modified, Schema? items, string mergeKey, bool buildsRetainKeys)
    {
        if (original.Count == 0)
        {
            if (modified.Count > 0)
            {
                Set(patch, key, modified);
            }

            return;
        }

        if (original.Concat(modified).Any(i => i.Kind == ValueKind.List))
        {
            Error ??= new(PatchErrorReason.NotApplicable, "lists of lists are not supported");
            return;
        }

        if (original[0] is MapValue)
        {
            Objects(patch, key, original, modified, items, mergeKey, buildsRetainKeys);
        }
        else
        {
            Scalars(patch, key, original, modified);
        }
    }

    private void Objects(MapValue patch, string key, ListValue original, ListValue modified, Schema? items, string mergeKey, bool buildsRetainKeys)
    {
        if (mergeKey.Length == 0)
        {
            Error ??= new(PatchErrorReason.Failed, "cannot merge lists without merge key for struct");
            return;
        }

        Error ??= ElementOrder.MissingKey(original, mergeKey) ?? ElementOrder.MissingKey(modified, mergeKey);
        if (Error is not null)
        {
            return;
        }

        var originalItems = Index(original, mergeKey);
        var changes = new List<Value>();
        foreach (var item in modified)
        {
            var map = (MapValue)item;
            if (!originalItems.TryGetValue(map[mergeKey]!, out var old))
            {
                if (!options.IgnoresChangesAndAdditions)
                {
                    changes.Add(item);
                }

                continue;
            }

            var change = Maps(old, map, items, buildsRetainKeys);
            if (change.Count > 0)
            {
                change[mergeKey] = map[mergeKey]!;
                changes.Add(change);
            }
        }

        if (!options.IgnoresDeletions)
        {
            // Deletions come last, sorted by key, after changes in the order of the modified list.
            var modifiedItems = Index(modified, mergeKey);
            changes.AddRange(originalItems.Keys
                .Where(k => !modifiedItems.ContainsKey(k))
                .OrderBy(GoText.Of, GoString.Comparer)
                .Select(k => new MapValue { [mergeKey] = k, [StrategicMergePatch.Directive] = "delete" }));
        }

        if (changes.Count > 0)
        {
            patch[key] = new ListValue(changes);
        }

        var hasNewOrder = !options.IgnoresChangesAndAdditions && (changes.Count > 0 || !SameOrder(original, modified, mergeKey));
        if (options.SetsElementOrder && (hasNewOrder || (!options.IgnoresDeletions && changes.Count > 0)) && modified.Count > 0)
        {
            patch[$"{StrategicMergePatch.SetElementOrder}/{key}"] =
                new ListValue(modified.Select(i => new MapValue { [mergeKey] = ((MapValue)i)[mergeKey]! }));
        }
    }

    private void Scalars(MapValue patch, string key, ListValue original, ListValue modified)
    {
        var (before, after) = (new HashSet<Value>(original), new HashSet<Value>(modified));
        var additions = options.IgnoresChangesAndAdditions ? [] : modified.Where(i => !before.Contains(i)).Distinct().ToList();
        var deletions = options.IgnoresDeletions ? [] : original.Where(i => !after.Contains(i)).Distinct().OrderBy(GoText.Of, GoString.Comparer).ToList();
        if (additions.Count > 0)
        {
            patch[key] = new ListValue(additions);
        }

        if (deletions.Count > 0)
        {
            patch[$"{StrategicMergePatch.DeleteFromPrimitiveList}/{key}"] = new ListValue(deletions);
        }

        if (options.SetsElementOrder && modified.Count > 0
            && (deletions.Count > 0 || (!options.IgnoresChangesAndAdditions && !original.Equals(modified))))
        {
            patch[$"{StrategicMergePatch.SetElementOrder}/{key}"] = new ListValue(modified);
        }
    }

    private static Dictionary<Value, MapValue> Index(ListValue list, string mergeKey)
    {
        var index = new Dictionary<Value, MapValue>(list.Count);
        foreach (var item in list)
        {
            index.TryAdd(((MapValue)item)[mergeKey]!, (MapValue)item);
        }

        return index;
    }

    private static bool SameOrder(ListValue original, ListValue modified, string mergeKey)
    {
        if (original.Count != modified.Count)
        {
            return false;
        }

        for (var i = 0; i < original.Count; i++)
        {
            if (!Value.DeepEquals(ElementOrder.KeyOf(original[i], mergeKey), ElementOrder.KeyOf(modified[i], mergeKey)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasDropped(MapValue original, MapValue modified)
    {
        foreach (var (key, value) in original)
        {
            if (!value.IsNull && !modified.ContainsKey(key))
            {
                return true;
            }
        }

        return false;
    }

    internal sealed record Options
    {
        public bool SetsElementOrder { get; init; }

        public bool IgnoresDeletions { get; init; }

        public bool IgnoresChangesAndAdditions { get; init; }
    }
}
