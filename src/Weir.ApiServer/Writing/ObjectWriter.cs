using System.Globalization;
using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Writing;

/// <summary>
/// Creates, changes and deletes objects by the rules that all kinds share: identity, preconditions, no-op detection, finalizers,
/// termination. What differs by kind is in <see cref="KindRules"/>.
/// </summary>
internal sealed class ObjectWriter(ObjectStore store, Ownership ownership, ServiceAddresses addresses, Admission.Admission admission, TimeProvider time)
{
    private const int MaxGenerateAttempts = 8;
    private const int MaxRetries = 32;

    /// <summary>The admission policies of users; <see langword="null"/> admits all.</summary>
    public Admission.AdmissionChain? Policies { get; init; }

    /// <summary>The quotas of namespaces; <see langword="null"/> counts nothing.</summary>
    public Admission.ResourceQuotas? Quotas { get; init; }

    private readonly ResourceTable _namespaces = store.Table("namespaces");

    /// <summary>Stores a new object; the caller has decoded it in the version of the resource.</summary>
    public async Task<WriteResult> CreateAsync(ServedResource resource, string ns, MapValue value, WriteRequest request)
    {
        var metadata = value.GetOrAddMap("metadata");
        if (metadata.GetString("resourceVersion") is { Length: > 0 } and not "0")
        {
            throw ApiStatus.Internal("resourceVersion should not be set on objects to be created").ToException();
        }

        ObjectMetadata.Wipe(metadata);
        CheckNamespace(resource, ns, metadata);
        CheckPlace(resource, ns, metadata);
        var generated = metadata.GetString("generateName") is { Length: > 0 } prefix && metadata.GetString("name") is not { Length: > 0 } ? prefix : null;
        for (var attempt = 0; ; attempt++)
        {
            if (generated is not null)
            {
                metadata["name"] = ObjectMetadata.GenerateName(generated);
            }

            var now = time.GetUtcNow();
            var prepared = request.IsApply
                ? KindRules.Default(resource, Normal(resource, ownership.Apply(resource, null, value, request, now)))
                : ownership.Track(resource, null, KindRules.Default(resource, Normal(resource, value.DeepClone())), request, now);
            admission.Mutate(resource, prepared);
            if (Policies is not null)
            {
                prepared = await Policies.MutateAsync(resource, ns, prepared, null, request, v => admission.Mutate(resource, v)).ConfigureAwait(false);
            }

            prepared = KindRules.PrepareCreate(resource, prepared, request, now);
            admission.Validate(resource, prepared, null, request);
            KindRules.Validate(resource, prepared, null, request);
            Admission.Admission.Warn(resource, prepared, request);
            if (Policies is not null)
            {
                await Policies.ValidateAsync(resource, ns, prepared, null, request).ConfigureAwait(false);
            }

            using var turn = await addresses.EnterAsync(resource).ConfigureAwait(false);
            if (turn is not null)
            {
                addresses.Allocate(prepared, null);
            }

            prepared.GetMap("metadata")!.Remove("resourceVersion");
            var name = prepared.GetMap("metadata")!.GetString("name") ?? "";
            var exists = resource.Table.Objects.Find(resource.Type.IsNamespaced ? ns : "", name) is not null;
            using var quota = exists || Quotas is null ? null : await Quotas.EnterAsync(resource, ns, prepared, null, request).ConfigureAwait(false);
            if (!exists && request.IsDryRun)
            {
                return new(null, DryRunValue(prepared, null), true);
            }

            var stored = exists ? null : await store.PutAsync(resource.Table, null, Draft(resource, prepared)).ConfigureAwait(false);
            if (stored is not null)
            {
                if (quota is not null)
                {
                    await quota.ChargeAsync(this).ConfigureAwait(false);
                }

                return new(stored, null, true);
            }

            if (generated is null || attempt == MaxGenerateAttempts)
            {
                throw ApiStatus.AlreadyExists(resource.Group, resource.Plural, name).ToException();
            }
        }
    }

    /// <summary>
    /// Changes an object. <paramref name="change"/> gets the present object in the version of the resource (it may change that copy) and
    /// answers the new one; it runs again when another write comes first and the new object carries no resource version.
    /// </summary>
    public async Task<WriteResult> UpdateAsync(
        ServedResource resource, string ns, string name, WriteRequest request, Func<MapValue, StoredObject, MapValue> change)
    {
        for (var attempt = 0; ; attempt++)
        {
            var current = resource.Table.Objects.Find(resource.Type.IsNamespaced ? ns : "", name)
                ?? throw ApiStatus.NotFound(resource.Group, resource.Plural, name).ToException();
            var old = resource.View.Value(current);
            var changed = change(old.DeepClone(), current);
            var metadata = changed.GetOrAddMap("metadata");
            CheckNamespace(resource, ns, metadata);
            CheckVersion(resource, name, metadata, current);
            var now = time.GetUtcNow();
            var forgetsManagers = metadata["managedFields"] is ListValue { Count: 0 };
            var prepared = KindRules.Default(resource, Normal(resource, changed));
            if (forgetsManagers)
            {
                prepared.GetOrAddMap("metadata")["managedFields"] = new ListValue();
            }

            if (!request.IsApply)
            {
                KindRules.KeepOtherParts(resource, prepared, old, request.Subresource);
                prepared = ownership.Track(resource, old, prepared, request, now);
            }

            if (Policies is not null)
            {
                prepared = await Policies.MutateAsync(resource, ns, prepared, old, request, static _ => { }).ConfigureAwait(false);
            }

            prepared = KindRules.PrepareUpdate(resource, prepared, old, request, now);
            prepared = FieldOwnership.KeepTimesOfUnchanged(old, prepared);
            admission.Validate(resource, prepared, old, request);
            KindRules.Validate(resource, prepared, old, request);
            Admission.Admission.Warn(resource, prepared, request);
            if (Policies is not null)
            {
                await Policies.ValidateAsync(resource, ns, prepared, old, request).ConfigureAwait(false);
            }

            using var turn = await addresses.EnterAsync(resource).ConfigureAwait(false);
            if (turn is not null)
            {
                addresses.Allocate(prepared, old);
            }

            if (ObjectMetadata.MayVanish(prepared) && !KindRules.HoldsEnd(resource, prepared))
            {
                if (request.IsDryRun)
                {
                    return new(null, DryRunValue(prepared, current));
                }

                var last = await store.RemoveAsync(resource.Table, current).ConfigureAwait(false);
                if (last is not null)
                {
                    return new(Draft(resource, prepared).At(current.ResourceVersion), null);
                }
            }
            else
            {
                var draft = Draft(resource, prepared);
                if (IsSame(draft.Value, current))
                {
                    return request.IsDryRun ? new(null, DryRunValue(prepared, current)) : new(current, null);
                }

                if (request.IsDryRun)
                {
                    return new(null, DryRunValue(prepared, current));
                }

                using var quota = Quotas is null ? null : await Quotas.EnterAsync(resource, ns, prepared, old, request).ConfigureAwait(false);
                var stored = await store.PutAsync(resource.Table, current, draft).ConfigureAwait(false);
                if (stored is not null)
                {
                    if (quota is not null)
                    {
                        await quota.ChargeAsync(this).ConfigureAwait(false);
                    }

                    return new(stored, null);
                }
            }

            // A change that itself pins a version fails the check on its next round; a patch without one is applied anew.
            if (attempt == MaxRetries)
            {
                throw ApiStatus.Modified(resource.Group, resource.Plural, name).ToException();
            }
        }
    }

    /// <summary>
    /// Deletes an object, or begins to when finalizers hold it. Answers the object that remains, or its last state.
    /// </summary>
    public async Task<(StoredObject Last, bool IsGone)> DeleteAsync(ServedResource resource, string ns, string name, DeleteOptions options, WriteRequest request)
    {
        for (var attempt = 0; ; attempt++)
        {
            var current = resource.Table.Objects.Find(resource.Type.IsNamespaced ? ns : "", name)
                ?? throw ApiStatus.NotFound(resource.Group, resource.Plural, name).ToException();
            CheckPreconditions(resource, current, options);
            var value = resource.View.Value(current);
            KindRules.CheckDelete(resource, value, request);
            if (Policies is not null)
            {
                await Policies.ValidateAsync(resource, ns, null, value, request).ConfigureAwait(false);
            }

            var remaining = Deletion.Begin(resource, value, options, time.GetUtcNow());
            if (request.IsDryRun)
            {
                return (current, remaining is null);
            }

            if (remaining is null)
            {
                var removed = await store.RemoveAsync(resource.Table, current).ConfigureAwait(false);
                if (removed is not null)
                {
                    return (removed, true);
                }
            }
            else
            {
                var draft = Draft(resource, remaining);
                if (IsSame(draft.Value, current))
                {
                    return (current, false);
                }

                var stored = await store.PutAsync(resource.Table, current, draft).ConfigureAwait(false);
                if (stored is not null)
                {
                    return (stored, false);
                }
            }

            if (attempt == MaxRetries)
            {
                throw ApiStatus.Modified(resource.Group, resource.Plural, name).ToException();
            }
        }
    }

    /// <summary>Built-in objects as their Go types hold them; nothing is dropped from custom ones.</summary>
    private static MapValue Normal(ServedResource resource, MapValue value) =>
        resource.IsCustom ? value : BuiltInObject.Normalize(value, resource.Schema);

    private static DraftObject Draft(ServedResource resource, MapValue value) =>
        new(VersionConversion.ToStorage(resource, value)) { DefinitionGeneration = resource.Custom?.Generation ?? 0 };

    private static MapValue DryRunValue(MapValue value, StoredObject? current)
    {
        value["metadata"] = DraftObject.OrderedMetadata(
            value.GetMap("metadata") ?? new MapValue(), current?.ResourceVersion.ToString(CultureInfo.InvariantCulture));
        return value;
    }

    /// <summary>True when nothing but times of managed fields differs from what is stored.</summary>
    private static bool IsSame(MapValue draft, StoredObject current)
    {
        var stored = DraftObject.Ordered(current.Decode());
        return Value.DeepEquals(draft, stored);
    }

    /// <summary>Objects are made in namespaces that exist and are not being deleted, and of definitions that are not either.</summary>
    private void CheckPlace(ServedResource resource, string ns, MapValue metadata)
    {
        var name = metadata.GetString("name") ?? "";
        if (resource.Custom is { IsTerminating: true })
        {
            throw ApiStatus.Forbidden(resource.Group, resource.Plural, name, "create not allowed while custom resource definition is terminating").ToException();
        }

        if (!resource.Type.IsNamespaced)
        {
            return;
        }

        switch (_namespaces.Objects.Find("", ns))
        {
            case null:
                throw ApiStatus.NotFound("", "namespaces", ns).ToException();
            case { IsTerminating: true }:
                var status = ApiStatus.Forbidden(resource.Group, resource.Plural, name, $"unable to create new content in namespace {ns} because it is being terminated");
                throw (status with
                {
                    Details = status.Details! with { Causes = [new("NamespaceTerminating", $"namespace {ns} is being terminated", "metadata.namespace")] },
                }).ToException();
        }
    }

    private static void CheckNamespace(ServedResource resource, string ns, MapValue metadata)
    {
        if (!resource.Type.IsNamespaced)
        {
            metadata.Remove("namespace");
            return;
        }

        if (metadata.GetString("namespace") is { Length: > 0 } written && written != ns)
        {
            throw ApiStatus.BadRequest("the namespace of the provided object does not match the namespace sent on the request").ToException();
        }

        metadata["namespace"] = ns;
    }

    /// <summary>Refuses an object that carries a resource version other than the present one.</summary>
    private static void CheckVersion(ServedResource resource, string name, MapValue metadata, StoredObject current)
    {
        if (metadata.GetString("resourceVersion") is not { Length: > 0 } text || text == "0")
        {
            return;
        }

        if (!Reading.ResourceVersions.Parse(text, out var version))
        {
            throw ApiStatus.Internal($"strconv.ParseUint: parsing {GoQuote.Quote(text)}: invalid syntax").ToException();
        }

        if (version != current.ResourceVersion)
        {
            throw ApiStatus.Modified(resource.Group, resource.Plural, name).ToException();
        }
    }

    /// <summary>A whole object that names another one by its uid is refused.</summary>
    public static void CheckUid(ServedResource resource, string ns, string name, MapValue value, StoredObject current)
    {
        if (value.GetMap("metadata")?.GetString("uid") is { Length: > 0 } uid && uid != current.Uid)
        {
            throw ApiStatus.Conflict(resource.Group, resource.Plural, name, StorageRefusal(resource, ns, name, $"UID in precondition: {uid}, UID in object meta: {current.Uid}")).ToException();
        }
    }

    private static void CheckPreconditions(ServedResource resource, StoredObject current, DeleteOptions options)
    {
        if (options.Uid is { } uid && uid != current.Uid)
        {
            throw ApiStatus.Conflict(resource.Group, resource.Kind, current.Name,
                $"the UID in the precondition ({uid}) does not match the UID in record ({current.Uid}). The object might have been deleted and then recreated").ToException();
        }

        if (options.ResourceVersion is { } version && version != current.ResourceVersion.ToString(CultureInfo.InvariantCulture))
        {
            throw ApiStatus.Conflict(resource.Group, resource.Kind, current.Name,
                $"the ResourceVersion in the precondition ({version}) does not match the ResourceVersion in record ({current.ResourceVersion}). The object might have been modified").ToException();
        }
    }

    private static string StorageRefusal(ServedResource resource, string ns, string name, string why)
    {
        var folder = resource.IsCustom ? $"{resource.Group}/{resource.Plural}" : StorageFolder(resource);
        var key = resource.Type.IsNamespaced ? $"/registry/{folder}/{ns}/{name}" : $"/registry/{folder}/{name}";
        return $"StorageError: invalid object, Code: 4, Key: {key}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: {why}";
    }

    private static string StorageFolder(ServedResource resource) => (resource.Group, resource.Plural) switch
    {
        ("", "services") => "services/specs",
        ("", "endpoints") => "services/endpoints",
        ("", "nodes") => "minions",
        ("networking.k8s.io", "ingresses") => "ingress",
        ("networking.k8s.io", "ingressclasses") => "ingressclasses",
        ("apiextensions.k8s.io" or "apiregistration.k8s.io", _) => $"{resource.Group}/{resource.Plural}",
        _ => resource.Plural,
    };
}
