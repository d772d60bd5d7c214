using Weir.ApiServer.Authorization;
using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.ApiServer.Writing;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Admission;

/// <summary>What stands between a request and the rules of its kind.</summary>
internal sealed class Admission(ObjectStore store, RbacAuthorizer authorizer)
{
    private readonly ResourceTable _namespaces = store.Table("namespaces");
    private readonly ResourceTable _podTable = store.Table("pods");
    private readonly PodCompletion _pods = new(store);
    private readonly LimitRanges _limits = new(store);
    private readonly StorageAdmission _storage = new(store);
    private readonly EscalationCheck _escalation = new(authorizer);

    /// <summary>Completes an object that is to be created; nobody owns what is added.</summary>
    public void Mutate(ServedResource resource, MapValue value)
    {
        switch ((resource.Group, resource.Plural))
        {
            case ("", "pods"):
                _limits.Default(value);
                _pods.Complete(value);
                break;
            case ("", "persistentvolumeclaims"):
                _storage.Claim(value);
                break;
            case ("", "persistentvolumes"):
                StorageAdmission.Volume(value);
                break;
            case ("networking.k8s.io", "ingresses"):
                _storage.Ingress(value);
                break;
        }
    }

    /// <summary>Refuses an object or warns of it; <paramref name="old"/> is absent when it is created.</summary>
    public void Validate(ServedResource resource, MapValue value, MapValue? old, WriteRequest request)
    {
        if (request.Subresource.Length > 0 || resource.IsCustom)
        {
            return;
        }

        if (resource.Group == RbacAuthorizer.Group)
        {
            _escalation.Check(resource.Plural, value.Namespace(), value, request.User);
        }

        if (old is null && resource is { Group: "", Plural: "pods" or "persistentvolumeclaims" })
        {
            _limits.Check(resource.Plural, value);
        }

        if (resource is { Group: "", Plural: "namespaces" })
        {
            Namespace(value, old, request);
        }

        if (old is not null && resource is { Group: "", Plural: "persistentvolumeclaims" })
        {
            _storage.CheckGrowth(value, old);
        }

        if (PodSpec(resource, value) is { } spec && (old is null || !Value.DeepEquals(spec, PodSpec(resource, old))))
        {
            Security(resource, value, spec, request);
        }
    }

    /// <summary>Tells of what is allowed but hardly meant.</summary>
    public static void Warn(ServedResource resource, MapValue value, WriteRequest request)
    {
        if (resource is { Group: "", Plural: "secrets" } && value.GetString("type") == "kubernetes.io/tls")
        {
            WarnOfCertificate(value.GetMap("data"), request);
        }
    }

    private void Namespace(MapValue value, MapValue? old, WriteRequest request)
    {
        if (PodSecurity.CheckLabels(value) is { Count: > 0 } causes)
        {
            throw ApiStatus.Invalid("", "Namespace", value.Name(), causes).ToException();
        }

        if (old is not null)
        {
            foreach (var warning in PodSecurity.Warnings(value, old, _podTable.Objects.List(value.Name())))
            {
                request.Warn(warning);
            }
        }
    }

    private void Security(ServedResource resource, MapValue value, MapValue spec, WriteRequest request)
    {
        if (_namespaces.Objects.Find("", value.Namespace()) is not { } ns)
        {
            return;
        }

        if (resource.Plural == "pods" && PodSecurity.Violation(ns, "enforce", spec) is { } violation)
        {
            throw ApiStatus.Forbidden("", "pods", value.Name(), $"violates {violation}").ToException();
        }

        if (PodSecurity.Violation(ns, "warn", spec) is { } warning)
        {
            request.Warn($"would violate {warning}");
        }
    }

    private static MapValue? PodSpec(ServedResource resource, MapValue value) => (resource.Group, resource.Plural) switch
    {
        ("", "pods") => value.GetMap("spec"),
        ("", "podtemplates") => value.At("template", "spec") as MapValue,
        ("", "replicationcontrollers") or ("apps", "deployments" or "replicasets" or "statefulsets" or "daemonsets") or ("batch", "jobs") => value.At("spec", "template", "spec") as MapValue,
        ("batch", "cronjobs") => value.At("spec", "jobTemplate", "spec", "template", "spec") as MapValue,
        _ => null,
    };

    private static void WarnOfCertificate(MapValue? data, WriteRequest request)
    {
        foreach (var (key, what) in ((string, string)[])[("tls.crt", "certificate"), ("tls.key", "key")])
        {
            var bytes = new byte[(data?.GetString(key) ?? "").Length];
            var text = Convert.TryFromBase64String(data?.GetString(key) ?? "", bytes, out var length) ? System.Text.Encoding.Latin1.GetString(bytes, 0, length) : "";
            if (!text.Contains("-----BEGIN", StringComparison.Ordinal))
            {
                request.Warn($"tls: failed to find any PEM data in {what} input");
                return;
            }
        }
    }
}
