using Weir.Values;
using Weir.Yaml;

namespace Weir.Kubernetes;

/// <summary>
/// Who owns which field of an object: server-side apply, and the tracking of all other writes, as kube-apiserver does it
/// with structured-merge-diff v6. Objects that are passed in are not changed.
/// </summary>
public static class FieldOwnership
{
    private const string LastAppliedAnnotation = "kubectl.kubernetes.io/last-applied-configuration";
    private const string Kubectl = "kubectl";
    private const int MaxAnnotationBytes = 256 * 1024;

    /// <summary>
    /// Applies a configuration to a live object (<see langword="null"/> to create one). The result has no defaults yet.
    /// </summary>
    public static OwnershipResult Apply(MapValue? live, MapValue configuration, string manager, bool force, OwnershipContext context)
    {
        if (configuration.GroupVersionKind() is var kind && (kind.ApiVersion != context.ApiVersion || kind.Kind != context.Kind))
        {
            return BadRequest($"invalid object type: {kind.Group}/{kind.Version}, Kind={kind.Kind}");
        }

        if (configuration.GetMap("metadata")?["managedFields"] is { } entries and not NullValue)
        {
            return BadRequest("metadata.managedFields must be nil");
        }

        live ??= Empty(context);
        if (ManagedFields.Read(live.GetMap("metadata")?.GetList("managedFields")) is not { } managed)
        {
            return new() { Error = "failed to decode managed fields: malformed entry" };
        }

        var bare = WithoutManagedFields(live);
        if (TypeCheck.Check(configuration, context.Schema) is { } error)
        {
            return new()
            {
                Error = $"failed to create typed patch object ({configuration.Namespace()}/{configuration.Name()}; {GroupVersionKind.Of(context.ApiVersion, context.Kind).Group}/{GroupVersionKind.Of(context.ApiVersion, context.Kind).Version}, Kind={context.Kind}): {error}",
            };
        }

        var structured = new StructuredWrite(context);
        if (managed.Count == 0)
        {
            structured.Update(Empty(context), bare, managed, "before-first-apply");
        }

        var key = ManagerKey.Of(manager, true, context.ApiVersion, context.Subresource);
        var (result, conflicts) = structured.Apply(bare, configuration, managed.Clone(), key, force);
        if (conflicts.Count > 0 && manager == Kubectl && MayOverrideLastApplied(bare, ref conflicts, context))
        {
            (result, conflicts) = structured.Apply(bare, configuration, managed.Clone(), key, force: true);
        }

        if (conflicts.Count > 0)
        {
            return new() { Conflicts = [.. conflicts.Select(c => new ApplyConflict(c.Manager.ToString(), c.Field))] };
        }

        if (manager == Kubectl && result!.Object.Annotation(LastAppliedAnnotation) is { Length: > 0 })
        {
            SetLastApplied(result.Object, configuration);
        }

        SetManagedFields(result!.Object, result.Managed.Write());
        return new() { Object = result.Object, IsUnchanged = result.IsUnchanged };
    }

    /// <summary>
    /// Tracks a create (<paramref name="live"/> is null), update or patch that is no apply: the same object with its <c>managedFields</c>.
    /// </summary>
    public static MapValue Update(MapValue? live, MapValue updated, string manager, OwnershipContext context)
    {
        var isCreated = live is null;
        live ??= Empty(context);
        var managed = ManagersOf(live, updated, context);
        var result = WithoutManagedFields(updated);

        // Objects without managers are not tracked until somebody applies to them; new objects are.
        if (managed.Count > 0 || isCreated || string.IsNullOrEmpty(live.GetMap("metadata")?.GetString("uid")))
        {
            new StructuredWrite(context).Update(WithoutManagedFields(live), result, managed, manager);
            managed.CapUpdateManagers();
        }

        SetManagedFields(result, managed.Write());
        return result;
    }

    /// <summary>
    /// The object that is to be stored when only the times of its managers changed: the old times, so that the write changes nothing.
    /// </summary>
    public static MapValue KeepTimesOfUnchanged(MapValue live, MapValue updated)
    {
        var (before, after) = (live.GetMap("metadata")?.GetList("managedFields"), updated.GetMap("metadata")?.GetList("managedFields"));
        if (before is null || after is null || before.Count != after.Count || before.Equals(after) || !WithoutTimes(before).Equals(WithoutTimes(after)))
        {
            return updated;
        }

        var kept = WithoutManagedFields(updated);
        if (!WithoutVersion(WithoutManagedFields(live)).Equals(WithoutVersion(kept)))
        {
            return updated;
        }

        SetManagedFields(kept, before);
        return kept;
    }

    private static ManagedFields ManagersOf(MapValue live, MapValue updated, OwnershipContext context)
    {
        var ofLive = live.GetMap("metadata")?.GetList("managedFields");
        if (context.Subresource.Length == 0)
        {
            var ofUpdated = updated.GetMap("metadata")?.GetList("managedFields");
            if (ofUpdated is { Count: 0 } or [MapValue { Count: 0 }])
            {
                return new();
            }

            if (ManagedFields.Read(ofUpdated) is { Count: > 0 } managed)
            {
                return managed;
            }
        }

        return ManagedFields.Read(ofLive) ?? new();
    }

    /// <summary>
    /// kubectl moves from client-side to server-side apply: what its last applied configuration says and the live object still
    /// has may be taken over from whoever tracked it. False, with the conflicts that remain, when there are others.
    /// </summary>
    private static bool MayOverrideLastApplied(MapValue live, ref IReadOnlyList<FieldConflict> conflicts, OwnershipContext context)
    {
        if (live.Annotation(LastAppliedAnnotation) is not { Length: > 0 } text
            || !JsonReader.Read(text).TryGet(out var parsed)
            || parsed is not MapValue lastApplied
            || lastApplied.GetString("apiVersion") != context.ApiVersion
            || Nesting.Depth(lastApplied) > Nesting.Max
            || TypeCheck.Check(lastApplied, context.Schema) is not null)
        {
            return false;
        }

        var comparison = ObjectComparison.Of(lastApplied, live, context.Schema);
        var allowed = FieldSetOf.Object(lastApplied, context.Schema)
            .Except(comparison.Modified).Except(comparison.Added).Except(comparison.Removed);
        var others = conflicts.Where(c => !allowed.Contains(c.Path)).ToList();
        if (others.Count > 0)
        {
            conflicts = others;
            return false;
        }

        return true;
    }

    private static void SetLastApplied(MapValue result, MapValue configuration)
    {
        var copy = configuration.DeepClone();
        var annotations = copy.GetMap("metadata")?.GetMap("annotations");
        if (annotations?.Remove(LastAppliedAnnotation) == true && annotations.Count == 0)
        {
            copy.GetMap("metadata")!.Remove("annotations");
        }

        var text = JsonWriter.Write(copy) + "\n";
        var target = result.GetMap("metadata")!.GetMap("annotations")!;
        target[LastAppliedAnnotation] = text;
        if (target.Sum(a => GoString.ByteLength(a.Key) + GoString.ByteLength((a.Value as StringValue)?.Value ?? "")) > MaxAnnotationBytes)
        {
            target.Remove(LastAppliedAnnotation);
        }
    }

    private static MapValue Empty(OwnershipContext context) =>
        context.EmptyObject ?? new MapValue(2) { ["apiVersion"] = context.ApiVersion, ["kind"] = context.Kind };

    private static MapValue WithoutManagedFields(MapValue value)
    {
        if (value.GetMap("metadata") is not { } metadata || !metadata.ContainsKey("managedFields"))
        {
            return value;
        }

        var copy = value.ShallowClone();
        var bare = metadata.ShallowClone();
        bare.Remove("managedFields");
        copy["metadata"] = bare;
        return copy;
    }

    /// <summary>Writers leave the version out when they do not insist on it.</summary>
    private static MapValue WithoutVersion(MapValue value)
    {
        if (value.GetMap("metadata") is not { } metadata || !metadata.ContainsKey("resourceVersion"))
        {
            return value;
        }

        var copy = value.ShallowClone();
        var bare = metadata.ShallowClone();
        bare.Remove("resourceVersion");
        copy["metadata"] = bare;
        return copy;
    }

    private static void SetManagedFields(MapValue value, ListValue? managedFields)
    {
        var metadata = value.GetMap("metadata");
        if (managedFields is not null)
        {
            (metadata ?? value.GetOrAddMap("metadata"))["managedFields"] = managedFields;
        }
        else
        {
            metadata?.Remove("managedFields");
        }
    }

    private static ListValue WithoutTimes(ListValue entries) => new(entries.Select(e =>
    {
        var copy = (e as MapValue)?.ShallowClone() ?? [];
        copy.Remove("time");
        return copy;
    }));

    private static OwnershipResult BadRequest(string message) => new() { Error = message, IsBadRequest = true };
}
