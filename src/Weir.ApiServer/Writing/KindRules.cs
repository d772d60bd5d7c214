using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Writing;

/// <summary>What creating, changing and deleting means for each kind: defaults, fields that are reset, generation, validation.</summary>
internal static class KindRules
{
    /// <summary>Fills in what the client left out. Custom resources lose nulls that their schema does not want.</summary>
    public static MapValue Default(ServedResource resource, MapValue value)
    {
        if (resource.IsCustom)
        {
            CustomObject.ApplyDefaults(value, resource.Schema);
            return value;
        }

        BuiltInKinds.Find(resource.Group, resource.Kind).Default(value);
        return value;
    }

    /// <summary>Refuses an object that is not valid; <paramref name="old"/> is absent when it is created.</summary>
    public static void Validate(ServedResource resource, MapValue value, MapValue? old, WriteRequest request)
    {
        var errors = new List<FieldError>();
        if (old is null)
        {
            MetadataValidation.Create(resource, value, errors);
        }
        else
        {
            MetadataValidation.Update(value, old, errors);
        }

        if (resource.IsCustom)
        {
            var found = CustomValidation.Validate(value, old, resource.Schema, request.Warn, CancellationToken.None, request.Subresource == "status");
            errors.AddRange(request.Subresource == "status" ? found.Where(IsOfStatus).Select(WithinStatus) : found);
        }
        else
        {
            var kind = BuiltInKinds.Find(resource.Group, resource.Kind);
            kind.Validate(value, errors);
            if (old is null)
            {
                kind.ValidateCreate(value, errors);
            }

            if (old is not null)
            {
                kind.ValidateUpdate(value, old, errors);
            }
        }

        if (errors.Count > 0)
        {
            throw ApiStatus.Invalid(resource.Kind == "Event" && !resource.IsCustom ? "" : resource.Group, resource.Kind, value.GetMap("metadata")?.GetString("name") ?? "",
                [.. errors.Select(e => new StatusCause(e.Reason, e.Message, e.Field))]).ToException();
        }
    }

    private static bool IsOfStatus(FieldError error) =>
        error.Field == FieldError.NoField || error.Field == "status" || error.Field.StartsWith("status.", StringComparison.Ordinal);

    /// <summary>A status is checked by itself: the sentences name fields from there.</summary>
    private static FieldError WithinStatus(FieldError error) => error.Field.StartsWith("status.", StringComparison.Ordinal)
        ? error with { Message = error.Message.Replace($": {error.Field} in body", $": {error.Field["status.".Length..]} in body", StringComparison.Ordinal) }
        : error;

    public static MapValue PrepareCreate(ServedResource resource, MapValue value, WriteRequest request, DateTimeOffset now)
    {
        _ = request;
        var metadata = value.GetOrAddMap("metadata");
        ObjectMetadata.Fill(metadata, now);
        ObjectMetadata.Tidy(metadata);
        if (HasStatus(resource))
        {
            value.Remove("status");
            if (resource.EmptyStatus is { } empty)
            {
                value["status"] = empty.DeepClone();
            }
        }

        if (HasGeneration(resource))
        {
            metadata["generation"] = 1;
        }

        if (resource.IsCustom)
        {
            // The status went away with its defaults.
            CustomObject.ApplyDefaults(value, resource.Schema);
        }
        else
        {
            BuiltInKinds.Find(resource.Group, resource.Kind).PrepareCreate(value);
        }

        return value;
    }

    public static MapValue PrepareUpdate(ServedResource resource, MapValue value, MapValue old, WriteRequest request, DateTimeOffset now)
    {
        _ = now;
        KeepOtherParts(resource, value, old, request.Subresource);
        var metadata = value.GetOrAddMap("metadata");
        var oldMetadata = old.GetMap("metadata")!;
        foreach (var key in (ReadOnlySpan<string>)["uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "selfLink"])
        {
            // What a client leaves out stays; what it changes is refused later, except what it can never write.
            var isKept = key is "generation" or "selfLink" || (key == "deletionTimestamp" && oldMetadata.ContainsKey(key))
                || metadata[key] is null or NullValue or StringValue { Value: "" };
            if (!isKept)
            {
                continue;
            }

            metadata.Remove(key);
            if (oldMetadata.TryGetValue(key, out var kept))
            {
                metadata[key] = kept;
            }
        }

        ObjectMetadata.Tidy(metadata);
        if (!resource.IsCustom && request.Subresource.Length == 0)
        {
            BuiltInKinds.Find(resource.Group, resource.Kind).PrepareUpdate(value, old);
        }

        if (HasGeneration(resource) && IsNewGeneration(resource, value, old))
        {
            metadata["generation"] = (oldMetadata.GetInt("generation") ?? 0) + 1;
        }

        return value;
    }

    public static void CheckDelete(ServedResource resource, MapValue value, WriteRequest request)
    {
        _ = request;
        var name = value.GetMap("metadata")?.GetString("name");
        if (resource is { Group: "", Plural: "namespaces" } && name is "default" or "kube-system" or "kube-public")
        {
            throw ApiStatus.Forbidden("", "namespaces", name, "this namespace may not be deleted").ToException();
        }
    }

    /// <summary>Seconds that an object gets to end its work.</summary>
    public static long GracePeriod(ServedResource resource, MapValue value, DeleteOptions options)
    {
        if (resource is not { Group: "", Plural: "pods" })
        {
            return 0;
        }

        // Nothing runs a pod without a node, so there is nothing to wait for.
        var spec = value.GetMap("spec");
        return spec?.GetString("nodeName") is not { Length: > 0 } || value.GetMap("status")?.GetString("phase") is "Failed" or "Succeeded"
            ? 0
            : options.GracePeriodSeconds ?? spec.GetInt("terminationGracePeriodSeconds") ?? 30;
    }

    public static bool HasGracePeriod(ServedResource resource) => resource is not { Group: "", Plural: "namespaces" } && !IsDefinition(resource);

    /// <summary>Kinds whose deletion answers with the object, where others answer with a Status.</summary>
    public static bool ReturnsDeleted(ServedResource resource) => resource.Group.Length == 0
        && resource.Plural is "persistentvolumes" or "persistentvolumeclaims" or "pods" or "podtemplates" or "resourcequotas" or "services" or "serviceaccounts";

    /// <summary>What happens to dependents when the client does not say; <see langword="null"/> lets the finalizers decide.</summary>
    public static string? DefaultPropagation(ServedResource resource) => (resource.Group, resource.Plural) switch
    {
        ("batch", "jobs") or ("", "replicationcontrollers") => "Orphan",
        _ => null,
    };

    /// <summary>A kind's own reason to stay: a namespace until its content is gone.</summary>
    public static bool HoldsDeletion(ServedResource resource, MapValue value) => IsDefinition(resource) || HoldsEnd(resource, value);

    /// <summary>A terminating object stays although nothing in its metadata holds it.</summary>
    public static bool HoldsEnd(ServedResource resource, MapValue value) =>
        resource is { Group: "", Plural: "namespaces" } && value.GetMap("spec")?.GetList("finalizers") is { Count: > 0 };

    public static void MarkTerminating(ServedResource resource, MapValue value, DateTimeOffset now)
    {
        if (resource is { Group: "", Plural: "namespaces" })
        {
            value.GetOrAddMap("status")["phase"] = "Terminating";
        }
        else if (IsDefinition(resource))
        {
            BeginDefinitionEnd(value, now);
        }
    }

    /// <summary>A write to the object leaves its status alone, a write to the status everything else.</summary>
    public static void KeepOtherParts(ServedResource resource, MapValue value, MapValue old, string subresource)
    {
        if (subresource == "status")
        {
            var status = value["status"];
            var metadata = value.GetOrAddMap("metadata");
            var managed = metadata["managedFields"];
            var kept = resource.IsCustom ? old.GetMap("metadata")!.ShallowClone() : metadata;
            if (managed is not null)
            {
                kept["managedFields"] = managed;
            }

            foreach (var key in value.Keys.ToList())
            {
                if (key is not ("kind" or "apiVersion"))
                {
                    value.Remove(key);
                }
            }

            foreach (var (key, item) in old)
            {
                if (key is not ("kind" or "apiVersion" or "status"))
                {
                    value[key] = item;
                }
            }

            value["metadata"] = kept;
            if (status is not null)
            {
                value["status"] = status;
            }
        }
        else if (HasStatus(resource) && subresource.Length == 0)
        {
            value.Remove("status");
            if (old.TryGetValue("status", out var status))
            {
                value["status"] = status;
            }
        }
    }

    private static bool IsNewGeneration(ServedResource resource, MapValue value, MapValue old)
    {
        if (!resource.IsCustom)
        {
            return BuiltInKinds.Find(resource.Group, resource.Kind).IsNewGeneration(value, old);
        }

        // Without a status subresource everything but metadata counts.
        var hasStatus = resource.Custom!.HasStatus;
        foreach (var (key, item) in value)
        {
            if (key is not ("metadata" or "kind" or "apiVersion") && !(hasStatus && key == "status") && !Value.DeepEquals(item, old[key]))
            {
                return true;
            }
        }

        foreach (var (key, _) in old)
        {
            if (key is not ("metadata" or "kind" or "apiVersion") && !(hasStatus && key == "status") && !value.ContainsKey(key))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasStatus(ServedResource resource) => resource.IsCustom
        ? resource.Custom!.HasStatus
        : resource.Type.Subresource("status") is not null && BuiltInKinds.Find(resource.Group, resource.Kind).HasStatus;

    private static bool HasGeneration(ServedResource resource) => resource.IsCustom || BuiltInKinds.Find(resource.Group, resource.Kind).HasGeneration;

    private static bool IsDefinition(ServedResource resource) => resource is { Group: "apiextensions.k8s.io", Plural: "customresourcedefinitions" };

    /// <summary>A definition waits for its objects to be deleted.</summary>
    private static void BeginDefinitionEnd(MapValue value, DateTimeOffset now)
    {
        var metadata = value.GetOrAddMap("metadata");
        var finalizers = metadata.GetList("finalizers") ?? new ListValue();
        var isFirst = !finalizers.Contains(new StringValue(Lifecycle.CustomDefinitionController.Finalizer));
        if (!isFirst)
        {
            return;
        }

        finalizers.Add(Lifecycle.CustomDefinitionController.Finalizer);
        metadata["finalizers"] = finalizers;
        var status = value.GetOrAddMap("status");
        var conditions = status.GetList("conditions") ?? new ListValue();
        conditions.RemoveAll(static c => c is MapValue condition && condition.GetString("type") == "Terminating");
        conditions.Add(new MapValue
        {
            ["type"] = "Terminating",
            ["status"] = "True",
            ["lastTransitionTime"] = ObjectMetadata.Timestamp(now),
            ["reason"] = "InstanceDeletionPending",
            ["message"] = "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon",
        });
        status["conditions"] = conditions;
    }
}
