using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>One write, as the updater of structured-merge-diff carries it out on an object and its managers.</summary>
internal sealed class StructuredWrite(OwnershipContext context)
{
    // Fields of which nobody is the owner.
    private static readonly FieldSet Unowned = FieldSet.Of(
        ["apiVersion"],
        ["kind"],
        ["metadata"],
        ["metadata", "name"],
        ["metadata", "namespace"],
        ["metadata", "creationTimestamp"],
        ["metadata", "selfLink"],
        ["metadata", "uid"],
        ["metadata", "clusterName"],
        ["metadata", "generation"],
        ["metadata", "managedFields"],
        ["metadata", "resourceVersion"]);

    /// <summary>Gives what changed between two objects to a manager, and takes it from the others.</summary>
    public void Update(MapValue live, MapValue updated, ManagedFields managed, string manager)
    {
        Reconcile(managed);
        var comparison = ObjectComparison.Of(live, updated, context.Schema).ExceptBelow(context.ResetFields);
        TakeFromOthers(live, updated, comparison, managed, null, out _);
        var own = comparison.Modified.Union(comparison.Added).ExceptBelow(context.ResetFields).Except(Unowned);
        if (own.IsEmpty)
        {
            return;
        }

        var key = ManagerKey.Of(manager, false, context.ApiVersion, context.Subresource);
        managed.Set(key, new(managed[key] is { } previous ? own.Union(previous.Fields) : own, context.ApiVersion, context.Now));
    }

    /// <summary>Merges a configuration into the live object, or tells what conflicts. The managers are changed.</summary>
    public (Written? Result, IReadOnlyList<FieldConflict> Conflicts) Apply(
        MapValue live, MapValue configuration, ManagedFields managed, ManagerKey key, bool force)
    {
        Reconcile(managed);
        var merged = ObjectMerge.Merge(live, configuration, context.Schema);
        var last = managed[key];
        var fields = FieldSetOf.Object(configuration, context.Schema).ExceptBelow(context.ResetFields);
        managed.Set(key, new(fields, context.ApiVersion, last?.Time));
        if (last is not null && !last.Fields.IsEmpty)
        {
            merged = Prune(merged, managed, last, fields);
        }

        var comparison = ObjectComparison.Of(live, merged, context.Schema).ExceptBelow(context.ResetFields);
        TakeFromOthers(live, merged, comparison, managed, key, out var conflicts, force);
        if (conflicts.Count > 0)
        {
            return (null, conflicts);
        }

        // The write itself changes nothing: its time stays as it was, and a manager who only agreed has none.
        var isUnchanged = MergeValue.AreEqual(live, merged);
        managed.Set(key, new(fields.Except(Unowned), context.ApiVersion, isUnchanged ? last?.Time : context.Now));
        return (new(merged, managed, isUnchanged), []);
    }

    /// <summary>Takes changed fields from all managers but one, or collects them as conflicts unless forced.</summary>
    private void TakeFromOthers(
        MapValue live, MapValue updated, ObjectComparison comparison, ManagedFields managed, ManagerKey? writer, out List<FieldConflict> conflicts, bool force = true)
    {
        conflicts = [];
        Dictionary<string, ObjectComparison?>? versions = null;
        List<(ManagerKey Key, ManagedSet Set)>? changes = null;
        foreach (var (key, set) in managed.Entries)
        {
            if (key == writer)
            {
                continue;
            }

            var compared = comparison;
            if (set.ApiVersion != context.ApiVersion)
            {
                versions ??= new(StringComparer.Ordinal);
                if (!versions.TryGetValue(set.ApiVersion, out var converted))
                {
                    versions[set.ApiVersion] = converted = CompareIn(set.ApiVersion, live, updated);
                }

                if (converted is null)
                {
                    (changes ??= []).Add((key, set with { Fields = FieldSet.Empty }));
                    continue;
                }

                compared = converted;
            }

            var taken = set.Fields.Intersect(compared.Modified.Union(compared.Added));
            if (!taken.IsEmpty && !force)
            {
                Collect(key, taken, conflicts);
            }

            if (!taken.IsEmpty || !compared.Removed.IsEmpty)
            {
                (changes ??= []).Add((key, set with { Fields = set.Fields.Except(taken).Except(compared.Removed) }));
            }
        }

        conflicts.Sort(static (a, b) => a.Manager.CompareTo(b.Manager));
        foreach (var (key, set) in changes ?? [])
        {
            managed.Set(key, set);
        }
    }

    /// <summary>
    /// Removes what the manager applied before and does not any more, unless somebody else owns it. Nothing else is removed.
    /// </summary>
    private MapValue Prune(MapValue merged, ManagedFields managed, ManagedSet last, FieldSet fields)
    {
        if (last.ApiVersion == context.ApiVersion && last.Fields.Except(fields).IsEmpty)
        {
            return merged;
        }

        if (SchemaOf(last.ApiVersion) is not { } schema || Convert(merged, last.ApiVersion) is not { } converted)
        {
            return merged;
        }

        var root = MergeNode.Root(schema);
        var lastFields = last.Fields.WithNamedFields(root);
        var pruned = ItemRemoval.Remove(converted, lastFields, schema);
        pruned = AddBackOwned(converted, pruned, last.ApiVersion, managed);
        if (Convert(pruned, last.ApiVersion) is not { } prunedAgain)
        {
            return merged;
        }

        var prunedFields = FieldSetOf.Object(prunedAgain, schema).WithNamedFields(root);
        var mergedFields = FieldSetOf.Object(converted, schema).WithNamedFields(root);
        var dropped = mergedFields.Except(prunedFields).Intersect(lastFields);
        return Convert(ItemRemoval.Remove(converted, dropped, schema), context.ApiVersion) ?? merged;
    }

    private MapValue AddBackOwned(MapValue merged, MapValue pruned, string version, ManagedFields managed)
    {
        var owned = new Dictionary<string, FieldSet>(StringComparer.Ordinal);
        foreach (var (_, set) in managed.Entries)
        {
            owned[set.ApiVersion] = owned.TryGetValue(set.ApiVersion, out var known) ? known.Union(set.Fields) : set.Fields;
        }

        foreach (var (ownedVersion, fields) in owned.OrderBy(o => o.Key != version))
        {
            if (SchemaOf(ownedVersion) is not { } schema
                || Convert(merged, ownedVersion) is not { } mergedThere
                || Convert(pruned, ownedVersion) is not { } prunedThere)
            {
                continue;
            }

            var root = MergeNode.Root(schema);
            var mergedFields = FieldSetOf.Object(mergedThere, schema).WithNamedFields(root);
            var kept = FieldSetOf.Object(prunedThere, schema).WithNamedFields(root).Union(fields.WithNamedFields(root));
            (merged, pruned) = (mergedThere, ItemRemoval.Remove(mergedThere, mergedFields.Except(kept), schema));
        }

        return pruned;
    }

    private ObjectComparison? CompareIn(string version, MapValue live, MapValue updated) =>
        SchemaOf(version) is { } schema && Convert(live, version) is { } liveThere && Convert(updated, version) is { } updatedThere
            ? ObjectComparison.Of(liveThere, updatedThere, schema).ExceptBelow(context.ResetFields)
            : null;

    private void Reconcile(ManagedFields managed)
    {
        List<(ManagerKey Key, ManagedSet Set)>? changes = null;
        foreach (var (key, set) in managed.Entries)
        {
            if (SchemaOf(set.ApiVersion) is not { } schema)
            {
                (changes ??= []).Add((key, set with { Fields = FieldSet.Empty }));
            }
            else if (SchemaReconciliation.Reconcile(set.Fields, schema) is var fields && !ReferenceEquals(fields, set.Fields))
            {
                (changes ??= []).Add((key, set with { Fields = fields }));
            }
        }

        foreach (var (key, set) in changes ?? [])
        {
            managed.Set(key, set);
        }
    }

    private Schema? SchemaOf(string version) => version == context.ApiVersion ? context.Schema : context.SchemaOf?.Invoke(version);

    private MapValue? Convert(MapValue value, string version)
    {
        if (value.GetString("apiVersion") == version)
        {
            return value;
        }

        if (context.Convert is not null)
        {
            return context.Convert(value, version);
        }

        var copy = value.ShallowClone();
        copy["apiVersion"] = version;
        return copy;
    }

    private static void Collect(ManagerKey manager, FieldSet fields, List<FieldConflict> conflicts)
    {
        var path = new Stack<PathElement>();
        Walk(fields);

        void Walk(FieldSet set)
        {
            foreach (var member in set.Members)
            {
                path.Push(member);
                conflicts.Add(new(manager, [.. path.Reverse()]));
                path.Pop();
            }

            foreach (var child in set.Children)
            {
                path.Push(child.Element);
                Walk(child.Set);
                path.Pop();
            }
        }
    }

    /// <summary>The object after an apply, its managers, and whether it says the same as before.</summary>
    internal sealed record Written(MapValue Object, ManagedFields Managed, bool IsUnchanged);
}
