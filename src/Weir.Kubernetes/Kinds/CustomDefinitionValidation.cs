using System.Globalization;
using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>What must be right in a CustomResourceDefinition.</summary>
internal static class CustomDefinitionValidation
{
    private static readonly string[] ColumnTypes = ["integer", "number", "string", "boolean", "date"];

    private static readonly string[] ColumnFormats = ["int32", "int64", "float", "double", "byte", "date", "date-time", "password"];

    /// <summary>Definitions are named after what they define.</summary>
    public static void Name(MapValue value, ICollection<FieldError> errors)
    {
        if (value.Name() != $"{value.At("spec", "names", "plural")}.{value.At("spec", "group")}")
        {
            errors.Add(FieldError.Invalid("metadata.name", value.Name(), "must be spec.names.plural+\".\"+spec.group"));
        }
    }

    public static void Create(MapValue value, ICollection<FieldError> errors)
    {
        var spec = value.GetMap("spec") ?? [];
        var names = spec.GetMap("names") ?? [];

        Group(spec.GetString("group") ?? "", errors);
        if (spec.GetString("scope") is { Length: > 0 } scope)
        {
            if (scope is not ("Cluster" or "Namespaced"))
            {
                errors.Add(FieldError.NotSupported("spec.scope", scope, ["Cluster", "Namespaced"]));
            }
        }
        else
        {
            errors.Add(FieldError.Required("spec.scope"));
        }

        if (spec.GetBool("preserveUnknownFields") == true)
        {
            errors.Add(FieldError.Invalid("spec.preserveUnknownFields", true, "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead"));
        }

        Versions(spec.GetList("versions") ?? [], errors);
        foreach (var required in (ReadOnlySpan<string>)["plural", "singular", "kind", "listKind"])
        {
            if (names.GetString(required) is not { Length: > 0 })
            {
                errors.Add(FieldError.Required($"spec.names.{required}"));
            }
        }

        Names(names, "spec.names", errors);
        Conversion(spec.GetMap("conversion") ?? [], errors);
    }

    public static void Update(MapValue value, MapValue old, ICollection<FieldError> errors)
    {
        var (spec, before) = (value.GetMap("spec") ?? [], old.GetMap("spec") ?? []);
        Same(spec["group"], before["group"], "spec.group", errors);
        if (IsEstablished(old))
        {
            Same(spec["scope"], before["scope"], "spec.scope", errors);
            Same(spec.At("names", "kind"), before.At("names", "kind"), "spec.names.kind", errors);
        }

        var index = 0;
        foreach (var item in value.At("status", "storedVersions") as ListValue ?? [])
        {
            var name = (item as StringValue)?.Value ?? "";
            if (!(spec.GetList("versions") ?? []).Any(v => (v as MapValue)?.GetString("name") == name))
            {
                errors.Add(FieldError.Invalid(Place("status.storedVersions", index), name,
                    $"missing from spec.versions; {name} was previously a storage version, and must remain in spec.versions until a storage migration "
                    + $"ensures no data remains persisted in {name} and removes {name} from status.storedVersions"));
            }

            index++;
        }
    }

    private static bool IsEstablished(MapValue definition)
    {
        foreach (var item in definition.At("status", "conditions") as ListValue ?? [])
        {
            if (item is MapValue condition && condition.GetString("type") == "Established")
            {
                return condition.GetString("status") == "True";
            }
        }

        return false;
    }

    private static void Same(Value? value, Value? old, string path, ICollection<FieldError> errors)
    {
        if (!Value.DeepEquals(value, old))
        {
            errors.Add(FieldError.Invalid(path, value, "field is immutable"));
        }
    }

    private static void Group(string group, ICollection<FieldError> errors)
    {
        if (group.Length == 0)
        {
            errors.Add(FieldError.Required("spec.group"));
        }
        else if (KubernetesNames.CheckSubdomain(group) is { Count: > 0 } problems)
        {
            errors.Add(FieldError.Invalid("spec.group", group, string.Join(",", problems)));
        }
        else if (!group.Contains('.', StringComparison.Ordinal))
        {
            errors.Add(FieldError.Invalid("spec.group", group, "should be a domain with at least one dot"));
        }
    }

    private static void Versions(ListValue versions, ICollection<FieldError> errors)
    {
        // Upstream keeps one schema for all versions when they agree, and reports about it there.
        var schemas = versions.OfType<MapValue>().Select(v => v.GetMap("schema")).ToList();
        var isShared = schemas.Count > 0 && schemas.TrueForAll(s => Value.DeepEquals(s, schemas[0]));
        if (isShared && schemas[0]?.GetMap("openAPIV3Schema") is { } shared)
        {
            DefinitionSchema.Check(shared, "spec.validation.openAPIV3Schema", errors);
        }

        var (storage, isUnique) = (0, true);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < versions.Count; i++)
        {
            var version = (MapValue)versions[i];
            var path = Place("spec.versions", i);
            var name = version.GetString("name") ?? "";
            storage += version.GetBool("storage") == true ? 1 : 0;
            isUnique &= seen.Add(name);
            if (KubernetesNames.CheckDns1035Label(name) is { Count: > 0 } problems)
            {
                errors.Add(FieldError.Invalid($"{path}.name", name, string.Join(",", problems)));
            }

            if (version.GetMap("schema")?.GetMap("openAPIV3Schema") is not { } schema)
            {
                errors.Add(FieldError.Required($"{path}.schema.openAPIV3Schema", "schemas are required"));
            }
            else if (!isShared)
            {
                DefinitionSchema.Check(schema, $"{path}.schema.openAPIV3Schema", errors);
            }

            Subresources(version, path, errors);
            Columns(version.GetList("additionalPrinterColumns") ?? [], $"{path}.additionalPrinterColumns", errors);
            if (version.GetString("deprecationWarning") is { } warning && version.GetBool("deprecated") != true && warning.Length > 0)
            {
                errors.Add(FieldError.Invalid($"{path}.deprecationWarning", warning, "can only be set for deprecated versions"));
            }
        }

        if (!isUnique)
        {
            errors.Add(FieldError.Invalid("spec.versions", versions, "must contain unique version names"));
        }

        if (storage != 1)
        {
            errors.Add(FieldError.Invalid("spec.versions", versions, "must have exactly one version marked as storage version"));
        }
    }

    private static void Subresources(MapValue version, string path, ICollection<FieldError> errors)
    {
        if (version.At("subresources", "scale") is not MapValue scale)
        {
            return;
        }

        foreach (var (key, root) in ((string, string)[])[("specReplicasPath", ".spec"), ("statusReplicasPath", ".status"), ("labelSelectorPath", ".status")])
        {
            var text = scale.GetString(key) ?? "";
            var field = $"{path}.subresources.scale.{key}";
            if (text.Length == 0)
            {
                if (key != "labelSelectorPath")
                {
                    errors.Add(FieldError.Required(field));
                }
            }
            else if (!text.StartsWith(root + ".", StringComparison.Ordinal)
                && !(key == "labelSelectorPath" && text.StartsWith(".spec.", StringComparison.Ordinal)))
            {
                errors.Add(FieldError.Invalid(field, text, key == "labelSelectorPath"
                    ? "should be a json path under either .spec or .status"
                    : $"should be a json path under {root}"));
            }
        }
    }

    private static void Columns(ListValue columns, string path, ICollection<FieldError> errors)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            var column = (MapValue)columns[i];
            var place = Place(path, i);
            if (column.GetString("name") is not { Length: > 0 })
            {
                errors.Add(FieldError.Required($"{place}.name"));
            }

            var type = column.GetString("type") ?? "";
            if (type.Length == 0)
            {
                errors.Add(FieldError.Required($"{place}.type", $"must be one of {string.Join(",", ColumnTypes.Order(StringComparer.Ordinal))}"));
            }
            else if (!ColumnTypes.Contains(type))
            {
                errors.Add(FieldError.Invalid($"{place}.type", type, $"must be one of {string.Join(",", ColumnTypes.Order(StringComparer.Ordinal))}"));
            }

            if (column.GetString("format") is { Length: > 0 } format && !ColumnFormats.Contains(format))
            {
                errors.Add(FieldError.Invalid($"{place}.format", format, $"must be one of {string.Join(",", ColumnFormats.Order(StringComparer.Ordinal))}"));
            }

            var json = column.GetString("jsonPath") ?? "";
            if (json.Length == 0)
            {
                errors.Add(FieldError.Required($"{place}.JSONPath"));
            }
            else if (!json.StartsWith('.'))
            {
                errors.Add(FieldError.Invalid($"{place}.JSONPath", json, "must be a simple json path starting with ."));
            }
        }
    }

    private static void Names(MapValue names, string path, ICollection<FieldError> errors)
    {
        Label(names, "plural", path, errors);
        Label(names, "singular", path, errors);
        MixedCase(names, "kind", path, errors);
        MixedCase(names, "listKind", path, errors);
        foreach (var list in (ReadOnlySpan<string>)["shortNames", "categories"])
        {
            var index = 0;
            foreach (var item in names.GetList(list) ?? [])
            {
                var text = (item as StringValue)?.Value ?? "";
                if (KubernetesNames.CheckDns1035Label(text) is { Count: > 0 } problems)
                {
                    errors.Add(FieldError.Invalid(Place($"{path}.{list}", index), text, string.Join(",", problems)));
                }

                index++;
            }
        }

        if (names.GetString("kind") is { Length: > 0 } kind && kind == names.GetString("listKind"))
        {
            errors.Add(FieldError.Invalid($"{path}.listKind", kind, "kind and listKind may not be the same"));
        }
    }

    private static void Label(MapValue names, string key, string path, ICollection<FieldError> errors)
    {
        if (names.GetString(key) is { Length: > 0 } text && KubernetesNames.CheckDns1035Label(text) is { Count: > 0 } problems)
        {
            errors.Add(FieldError.Invalid($"{path}.{key}", text, string.Join(",", problems)));
        }
    }

    private static void MixedCase(MapValue names, string key, string path, ICollection<FieldError> errors)
    {
        if (names.GetString(key) is { Length: > 0 } text && KubernetesNames.CheckDns1035Label(text.ToLowerInvariant()) is { Count: > 0 } problems)
        {
            errors.Add(FieldError.Invalid($"{path}.{key}", text, "may have mixed case, but should otherwise match: " + string.Join(",", problems)));
        }
    }

    private static void Conversion(MapValue conversion, ICollection<FieldError> errors)
    {
        var strategy = conversion.GetString("strategy") ?? "";
        switch (strategy)
        {
            case "":
                errors.Add(FieldError.Required("spec.conversion.strategy"));
                break;
            case "None":
                if (conversion.ContainsKey("webhook"))
                {
                    errors.Add(FieldError.Forbidden("spec.conversion.webhookClientConfig", "should not be set when strategy is not set to Webhook"));
                }

                break;
            case "Webhook":
                if (conversion.At("webhook", "clientConfig") is not MapValue)
                {
                    errors.Add(FieldError.Required("spec.conversion.webhookClientConfig", "required when strategy is set to Webhook"));
                }

                break;
            default:
                errors.Add(FieldError.NotSupported("spec.conversion.strategy", strategy, ["None", "Webhook"]));
                break;
        }
    }

    private static string Place(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
}
