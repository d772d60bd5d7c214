using Weir.ApiServer.Authorization;
using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.ApiServer.Writing;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Admission;

/// <summary>Lets admission policies and webhooks change and refuse writes. Their own configurations, and reviews, are beyond them.</summary>
internal sealed class AdmissionChain(ObjectStore store, ResourceCatalog catalog, RbacAuthorizer authorizer, bool webhooksFail) : IDisposable
{
    private const string Group = "admissionregistration.k8s.io";

    private readonly PolicySet _mutating = Policies(store, "mutatingadmissionpolicies", "mutatingadmissionpolicybindings");
    private readonly PolicySet _validating = Policies(store, "validatingadmissionpolicies", "validatingadmissionpolicybindings");
    private readonly ClusterWorld _world = new(store, catalog, authorizer);
    private readonly AdmissionWebhooks _webhooks = new(store, new ClusterWorld(store, catalog, authorizer), webhooksFail);

    public void Dispose() => _webhooks.Dispose();

    /// <summary>
    /// The object as mutating policies and webhooks leave it; <paramref name="old"/> is absent when it is created. What the server
    /// itself adds comes again, by <paramref name="complete"/>, after a webhook changed something.
    /// </summary>
    public async ValueTask<MapValue> MutateAsync(
        ServedResource resource, string ns, MapValue value, MapValue? old, WriteRequest request, Action<MapValue> complete)
    {
        if (IsExempt(resource))
        {
            return value;
        }

        value = MutateByPolicies(resource, ns, value, old, request);
        if (!_webhooks.Mutates || request.SkipsWebhooks)
        {
            return value;
        }

        var rounds = new MutatingRounds();
        value = await MutateByWebhooksAsync(resource, ns, value, old, request, rounds).ConfigureAwait(false);
        if (!rounds.IsSecondNeeded)
        {
            return value;
        }

        rounds.BeginSecond();
        var before = value.DeepClone();
        complete(value);
        value = MutateByPolicies(resource, ns, value, old, request);
        if (!Value.DeepEquals(before, value))
        {
            rounds.Changed();
        }

        return await MutateByWebhooksAsync(resource, ns, value, old, request, rounds).ConfigureAwait(false);
    }

    /// <summary>Refuses what policies and webhooks do not admit; <paramref name="value"/> is absent when the object is deleted.</summary>
    public async ValueTask ValidateAsync(ServedResource resource, string ns, MapValue? value, MapValue? old, WriteRequest request)
    {
        if (IsExempt(resource))
        {
            return;
        }

        var operation = value is null ? "DELETE" : old is null ? "CREATE" : "UPDATE";
        if (_validating.Current is { Count: > 0 } policies
            && ValidatingAdmission.Check(Request(resource, ns, operation, value, old, request), policies, _world, request.Warn, request.Cancellation) is { } refusal)
        {
            throw Refuse(resource, value ?? old!, refusal);
        }

        if (!request.SkipsWebhooks && (_webhooks.Validates || (value is null && _webhooks.Mutates)))
        {
            var asked = Request(resource, ns, operation, value, old, request);
            if (value is null)
            {
                await _webhooks.MutateAsync(asked, new MutatingRounds(), static (v, _) => v, request.Warn, request.Cancellation).ConfigureAwait(false);
            }

            await _webhooks.ValidateAsync(asked, request.Warn, request.Cancellation).ConfigureAwait(false);
        }
    }

    private MapValue MutateByPolicies(ServedResource resource, string ns, MapValue value, MapValue? old, WriteRequest request)
    {
        if (_mutating.Current is not { Count: > 0 } policies)
        {
            return value;
        }

        var (changed, refusal) = MutatingAdmission.Apply(
            Request(resource, ns, old is null ? "CREATE" : "UPDATE", value, old, request), policies, resource.Schema,
            v => Complete(resource, v), _world, request.Cancellation);
        return refusal is null ? changed : throw Refuse(resource, changed, refusal);
    }

    private Task<MapValue> MutateByWebhooksAsync(ServedResource resource, string ns, MapValue value, MapValue? old, WriteRequest request, MutatingRounds rounds) =>
        _webhooks.MutateAsync(
            Request(resource, ns, old is null ? "CREATE" : "UPDATE", value, old, request), rounds,
            (v, version) => Complete(version == resource.Version ? resource : catalog.Current.Find(resource.Group, version, resource.Plural) ?? resource, v),
            request.Warn, request.Cancellation);

    private static MapValue Complete(ServedResource resource, MapValue value)
    {
        if (resource.IsCustom)
        {
            CustomObject.Prune(value, resource.Schema);
            return KindRules.Default(resource, value);
        }

        return KindRules.Default(resource, BuiltInObject.Normalize(value, resource.Schema));
    }

    /// <summary>An object in another version of its kind; the given one is not changed.</summary>
    private MapValue Convert(ServedResource resource, MapValue value, string version)
    {
        var registry = catalog.Current;
        var source = registry.Find(resource.Group, GroupVersionKind.Of(value.GetString("apiVersion"), "").Version, resource.Plural) ?? resource;
        return registry.Find(resource.Group, version, resource.Plural) is { } target
            ? VersionConversion.FromStorage(target, VersionConversion.ToStorage(source, value.DeepClone()))
            : value;
    }

    private static PolicySet Policies(ObjectStore store, string policies, string bindings) => new(store.Table($"{policies}.{Group}"), store.Table($"{bindings}.{Group}"));

    private static bool IsExempt(ServedResource resource) => resource.Group is "authentication.k8s.io" or "authorization.k8s.io"
        || resource.Group == Group;

    private AdmissionRequest Request(ServedResource resource, string ns, string operation, MapValue? value, MapValue? old, WriteRequest request) => new()
    {
        Operation = operation,
        Kind = resource.Type.GroupVersionKind,
        Resource = resource.Plural,
        Subresource = request.Subresource,
        OtherVersions = [.. catalog.Current.All.Where(r => r.Table == resource.Table && r.Group == resource.Group && r.Version != resource.Version).Select(r => r.Version)],
        Name = (value ?? old)?.GetMap("metadata")?.GetString("name") ?? "",

        // A namespace counts as its own namespace.
        Namespace = resource.Type.IsNamespaced ? ns
            : resource is { Group: "", Plural: "namespaces" } ? (value ?? old)?.GetMap("metadata")?.GetString("name") ?? ""
            : "",
        User = new(request.User.Name, request.User.Uid, request.User.Groups, request.User.Extra.ToDictionary(e => e.Key, e => e.Value)),
        IsDryRun = request.IsDryRun,
        Options = Options(operation, request),
        Object = value,
        OldObject = old,
        Convert = (v, version) => Convert(resource, v, version),
    };

    private static MapValue Options(string operation, WriteRequest request)
    {
        var options = new MapValue
        {
            ["kind"] = operation switch { "CREATE" => "CreateOptions", "DELETE" => "DeleteOptions", _ => request.IsApply ? "PatchOptions" : "UpdateOptions" },
            ["apiVersion"] = "meta.k8s.io/v1",
        };
        if (request.IsDryRun)
        {
            options["dryRun"] = new ListValue { "All" };
        }

        if (request.Manager.Length > 0 && operation != "DELETE")
        {
            options["fieldManager"] = request.Manager;
        }

        return options;
    }

    private static ApiException Refuse(ServedResource resource, MapValue value, AdmissionRefusal refusal) => new ApiStatus(refusal.Code, refusal.Reason, refusal.Message)
    {
        Details = new StatusDetails
        {
            Group = resource.Group,
            Kind = resource.Plural,
            Name = value.GetMap("metadata")?.GetString("name") ?? "",
            Causes = [.. refusal.Causes.Select(c => new StatusCause("", c, ""))],
        },
    }.ToException();
}
