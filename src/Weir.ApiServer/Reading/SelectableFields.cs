using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.Values;

namespace Weir.ApiServer.Reading;

/// <summary>The fields of a kind that field selectors may name.</summary>
internal sealed class SelectableFields
{
    private static readonly Dictionary<(string Group, string Plural), string[]> Known = new()
    {
        [("", "pods")] = ["spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName", "spec.hostNetwork", "status.phase", "status.podIP", "status.podIPs", "status.nominatedNodeName"],
        [("", "nodes")] = ["spec.unschedulable"],
        [("", "namespaces")] = ["status.phase"],
        [("", "secrets")] = ["type"],
        [("", "services")] = ["spec.clusterIP", "spec.type"],
        [("", "replicationcontrollers")] = ["status.replicas"],
        [("", "events")] = ["involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid", "involvedObject.apiVersion", "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason", "reportingComponent", "source", "type"],
        [("events.k8s.io", "events")] = ["regarding.kind", "regarding.namespace", "regarding.name", "regarding.uid", "regarding.apiVersion", "regarding.resourceVersion", "regarding.fieldPath", "reason", "reportingController", "type"],
        [("apps", "replicasets")] = ["status.replicas"],
        [("batch", "jobs")] = ["status.successful"],
        [("certificates.k8s.io", "certificatesigningrequests")] = ["spec.signerName"],
    };

    private readonly string[] _fields;
    private readonly bool _isBuiltInWithFields;
    private readonly ServedResource _resource;

    private SelectableFields(ServedResource resource, string[] fields, bool isBuiltInWithFields)
    {
        _resource = resource;
        _fields = fields;
        _isBuiltInWithFields = isBuiltInWithFields;
    }

    public static SelectableFields For(ServedResource resource)
    {
        if (resource.Custom is { } custom)
        {
            var fields = new List<string>();
            foreach (var item in custom.Version.GetList("selectableFields") ?? [])
            {
                if ((item as MapValue)?.GetString("jsonPath") is { } path)
                {
                    fields.Add(path.TrimStart('.'));
                }
            }

            return new(resource, [.. fields], false);
        }

        return Known.TryGetValue((resource.Group, resource.Plural), out var known) ? new(resource, known, true) : new(resource, [], false);
    }

    /// <summary>Refuses a field that the kind does not offer.</summary>
    public void Check(string field)
    {
        if (field is "metadata.name" or "metadata.namespace" || Array.IndexOf(_fields, field) >= 0)
        {
            return;
        }

        throw ApiStatus.BadRequest(_resource.IsCustom
            ? $"field label not supported: {field}"
            : _isBuiltInWithFields
                ? $"field label not supported: {field}"
                : $"{GoQuote.Quote(field)} is not a known field selector: only \"metadata.name\", \"metadata.namespace\"").ToException();
    }

    /// <summary>Looks fields of an object up; it is parsed only when more than its name is asked for.</summary>
    public Func<string, string> Reader(StoredObject stored)
    {
        MapValue? value = null;
        return field => field switch
        {
            "metadata.name" => stored.Name,
            "metadata.namespace" => stored.Namespace,
            _ => Text((value ??= _resource.View.Value(stored)), field),
        };
    }

    private static string Text(MapValue value, string field)
    {
        switch (field)
        {
            case "source":
                return (value.At("source", "component") as StringValue)?.Value ?? "";
            case "reportingComponent":
                return value.GetString("reportingComponent") is { Length: > 0 } component ? component : (value.At("source", "component") as StringValue)?.Value ?? "";
            case "status.successful":
                return value.At("status", "succeeded")?.ToString() ?? "0";
            case "status.podIPs":
                return (value.At("status", "podIP") as StringValue)?.Value ?? "";
            default:
                return value.At(field.Split('.')) switch
                {
                    null => field is "spec.unschedulable" or "spec.hostNetwork" ? "false" : field == "status.replicas" ? "0" : "",
                    var found => found.ToString() ?? "",
                };
        }
    }
}
