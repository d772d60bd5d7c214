using Weir.Cel;
using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Requests and namespaces as the expressions of policies see them.</summary>
internal static class PolicyRequest
{
    public static MapValue Of(AdmissionRequest request)
    {
        var (kind, resource) = (Kind(request.Kind), Resource(request.Kind, request.Resource));
        var asked = request.RequestKind ?? request.Kind;
        var user = new MapValue();
        Set(user, "username", request.User.Name);
        Set(user, "uid", request.User.Uid);
        if (request.User.Groups.Count > 0)
        {
            user["groups"] = Texts(request.User.Groups);
        }

        if (request.User.Extra.Count > 0)
        {
            user["extra"] = new MapValue(request.User.Extra.Select(e => new KeyValuePair<string, Value>(e.Key, Texts(e.Value))));
        }

        var value = new MapValue { ["kind"] = kind, ["resource"] = resource, ["requestKind"] = Kind(asked), ["requestResource"] = Resource(asked, request.Resource) };
        Set(value, "subResource", request.Subresource);
        Set(value, "requestSubResource", request.Subresource);
        Set(value, "name", request.Name);
        Set(value, "namespace", request.Namespace);
        value["operation"] = request.Operation;
        value["userInfo"] = user;
        value["dryRun"] = request.IsDryRun;
        value["options"] = request.Options ?? (Value)NullValue.Instance;
        return value;
    }

    /// <summary>A namespace with its moments as such; null when there is none.</summary>
    public static Value Namespace(MapValue? ns)
    {
        if (ns is null)
        {
            return NullValue.Instance;
        }

        var metadata = new MapValue();
        foreach (var (key, value) in ns.GetMap("metadata") ?? [])
        {
            if (key is "creationTimestamp" or "deletionTimestamp")
            {
                metadata[key] = CelValues.Typed(value, new() { Kind = CelSchemaKind.DateTime });
            }
            else if (key is not ("managedFields" or "ownerReferences" or "selfLink"))
            {
                metadata[key] = value;
            }
        }

        return new MapValue { ["metadata"] = metadata, ["spec"] = ns["spec"] ?? new MapValue(), ["status"] = ns["status"] ?? new MapValue() };
    }

    private static MapValue Kind(GroupVersionKind kind) => new() { ["group"] = kind.Group, ["version"] = kind.Version, ["kind"] = kind.Kind };

    private static MapValue Resource(GroupVersionKind kind, string plural) => new() { ["group"] = kind.Group, ["version"] = kind.Version, ["resource"] = plural };

    private static void Set(MapValue map, string key, string text)
    {
        if (text.Length > 0)
        {
            map[key] = text;
        }
    }

    private static ListValue Texts(IEnumerable<string> texts) => new(texts.Select(t => new StringValue(t)));
}
