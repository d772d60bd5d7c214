using Weir.ApiServer.Authorization;
using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.ApiServer.Writing;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Admission;

/// <summary>Lets admission policies change and refuse writes. Policies themselves, and reviews, are beyond them.</summary>
internal sealed class AdmissionChain(ObjectStore store, ResourceCatalog catalog, RbacAuthorizer authorizer, bool webhooksFail)
{
    private const string Group = "admissionregistration.k8s.io";

    private readonly PolicySet _mutating = Policies(store, "mutatingadmissionpolicies", "mutatingadmissionpolicybindings");
    private readonly PolicySet _validating = Policies(store, "validatingadmissionpolicies", "validatingadmissionpolicybindings");
    private readonly ClusterWorld _world = new(store, catalog, authorizer);
    private readonly WebhookGate _webhooks = new(store, new ClusterWorld(store, catalog, authorizer), webhooksFail);

    /// <summary>The object as mutating policies leave it; <paramref name="old"/> is absent when it is created.</summary>
    public MapValue Mutate(ServedResource resource, string ns, MapValue value, MapValue? old, WriteRequest request)
    {
        if (_mutating.Current is not { Count: > 0 } policies || IsExempt(resource))
        {
            return value;
        }

        var (changed, refusal) = MutatingAdmission.Apply(
            Request(resource, ns, old is null ? "CREATE" : "UPDATE", value, old, request), policies, resource.Schema,
            v => KindRules.Default(resource, resource.IsCustom ? v : BuiltInObject.Normalize(v, resource.Schema)), _world, CancellationToken.None);
        return refusal is null ? changed : throw Refuse(resource, changed, refusal);
    }

    /// <summary>Refuses what validating policies do not admit; <paramref name="value"/> is absent when the object is deleted.</summary>
    public void Validate(ServedResource resource, string ns, MapValue? value, MapValue? old, WriteRequest request)
    {
        var operation = value is null ? "DELETE" : old is null ? "CREATE" : "UPDATE";
        if (!_webhooks.IsIdle && resource.Group is not ("authentication.k8s.io" or "authorization.k8s.io" or Group))
        {
            _webhooks.Check(Request(resource, ns, operation, value, old, request), request.Warn);
        }

        if (_validating.Current is not { Count: > 0 } policies || IsExempt(resource))
        {
            return;
        }

        var refusal = ValidatingAdmission.Check(Request(resource, ns, operation, value, old, request), policies, _world, request.Warn, CancellationToken.None);
        if (refusal is not null)
        {
            throw Refuse(resource, value ?? old!, refusal);
        }
    }

    private static PolicySet Policies(ObjectStore store, string policies, string bindings) => new(store.Table($"{policies}.{Group}"), store.Table($"{bindings}.{Group}"));

    private static bool IsExempt(ServedResource resource) => resource.Group is "authentication.k8s.io" or "authorization.k8s.io"
        || (resource.Group == Group && resource.Kind.Contains("AdmissionPolicy", StringComparison.Ordinal));

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
