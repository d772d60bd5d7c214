using Weir.ApiServer.Resources;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Writing;

/// <summary>What must be right in the metadata of every object.</summary>
internal static class MetadataValidation
{
    private const int MaxAnnotationBytes = 256 * 1024;

    public static void Create(ServedResource resource, MapValue value, List<FieldError> errors)
    {
        var metadata = value.GetMap("metadata") ?? new MapValue();
        if (metadata.GetString("generateName") is { Length: > 0 } prefix && metadata.GetString("name") is not { Length: > 0 })
        {
            Add(errors, "metadata.generateName", prefix, CheckName(resource, prefix + "x"));
        }

        if (metadata.GetString("name") is not { Length: > 0 } name)
        {
            errors.Add(FieldError.Required("metadata.name", "name or generateName is required"));
        }
        else
        {
            Add(errors, "metadata.name", name, CheckName(resource, name));
        }

        Common(metadata, errors);
    }

    public static void Update(MapValue value, MapValue old, List<FieldError> errors)
    {
        // Upstream looks twice: for all kinds, and each kind again.
        var found = new List<FieldError>();
        Changes(value, old, found);
        errors.AddRange(found);
        errors.AddRange(found);
    }

    private static void Changes(MapValue value, MapValue old, List<FieldError> errors)
    {
        var metadata = value.GetMap("metadata") ?? new MapValue();
        var before = old.GetMap("metadata") ?? new MapValue();
        if (before.ContainsKey("deletionTimestamp"))
        {
            var held = before.GetList("finalizers") ?? [];
            var added = new ListValue((metadata.GetList("finalizers") ?? []).Where(f => !held.Contains(f)));
            if (added.Count > 0)
            {
                var texts = added.Select(f => (f as StringValue)?.Value ?? "").Order(StringComparer.Ordinal);
                errors.Add(FieldError.Forbidden("metadata.finalizers",
                    $"no new finalizers can be added if the object is being deleted, found new finalizers []string{{{string.Join(", ", texts.Select(GoQuote.Quote))}}}"));
            }
        }

        foreach (var key in (ReadOnlySpan<string>)["name", "namespace", "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds"])
        {
            if (!Value.DeepEquals(metadata[key] ?? NullValue.Instance, before[key] ?? NullValue.Instance))
            {
                errors.Add(FieldError.Invalid($"metadata.{key}", metadata[key] ?? NullValue.Instance, "field is immutable"));
            }
        }

        Common(metadata, errors);
    }

    private static IReadOnlyList<string> CheckName(ServedResource resource, string name) => (resource.Group, resource.Plural) switch
    {
        ("", "namespaces") => KubernetesNames.CheckLabelName(name),
        ("", "services") => KubernetesNames.CheckDns1035Label(name),
        ("rbac.authorization.k8s.io", _) => KubernetesNames.CheckPathSegment(name),
        _ => KubernetesNames.CheckSubdomain(name),
    };

    private static void Common(MapValue metadata, List<FieldError> errors)
    {
        foreach (var (key, value) in metadata.GetMap("labels") ?? new MapValue())
        {
            Add(errors, "metadata.labels", key, KubernetesNames.CheckLabelKey(key));
            if (value is StringValue { Value: var text })
            {
                Add(errors, "metadata.labels", text, KubernetesNames.CheckLabelValue(text));
            }
        }

        var size = 0L;
        foreach (var (key, value) in metadata.GetMap("annotations") ?? new MapValue())
        {
            Add(errors, "metadata.annotations", key, KubernetesNames.CheckLabelKey(key.ToLowerInvariant()));
            size += GoString.ByteLength(key) + GoString.ByteLength((value as StringValue)?.Value ?? "");
        }

        if (size > MaxAnnotationBytes)
        {
            errors.Add(FieldError.TooLong("metadata.annotations", MaxAnnotationBytes));
        }

        Owners(metadata.GetList("ownerReferences") ?? [], errors);
        var index = 0;
        foreach (var finalizer in metadata.GetList("finalizers") ?? [])
        {
            var name = (finalizer as StringValue)?.Value ?? "";
            Add(errors, $"metadata.finalizers[{index}]", name, KubernetesNames.CheckLabelKey(name));
            index++;
        }
    }

    private static void Owners(ListValue owners, List<FieldError> errors)
    {
        var controllers = 0;
        for (var i = 0; i < owners.Count; i++)
        {
            if (owners[i] is not MapValue owner)
            {
                continue;
            }

            var path = $"metadata.ownerReferences[{i}]";
            foreach (var field in (ReadOnlySpan<string>)["apiVersion", "kind", "name", "uid"])
            {
                if (owner.GetString(field) is not { Length: > 0 })
                {
                    errors.Add(field == "apiVersion"
                        ? FieldError.Invalid($"{path}.apiVersion", "", "version must not be empty")
                        : FieldError.Invalid($"{path}.{field}", "", $"{(field == "uid" ? "uid" : field)} must not be empty"));
                }
            }

            controllers += owner.GetBool("controller") == true ? 1 : 0;
        }

        if (controllers > 1)
        {
            errors.Add(FieldError.Invalid("metadata.ownerReferences", owners,
                "Only one reference can have Controller set to true. Found \"true\" in references"));
        }
    }

    private static void Add(List<FieldError> errors, string field, string value, IReadOnlyList<string> problems)
    {
        foreach (var problem in problems)
        {
            errors.Add(FieldError.Invalid(field, value, problem));
        }
    }
}
