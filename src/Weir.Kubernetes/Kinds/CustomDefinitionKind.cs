using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Definitions of custom resources.</summary>
internal sealed class CustomDefinitionKind : BuiltInKind
{
    public override bool HasGeneration => true;

    public override void Default(MapValue value)
    {
        var spec = value.GetOrAddMap("spec");
        var names = spec.GetOrAddMap("names");
        var kind = names.GetString("kind") ?? "";
        if (kind.Length > 0)
        {
            if (names.GetString("singular") is not { Length: > 0 })
            {
                names["singular"] = kind.ToLowerInvariant();
            }

            if (names.GetString("listKind") is not { Length: > 0 })
            {
                names["listKind"] = kind + "List";
            }
        }

        SetDefault(spec, "conversion", new MapValue { ["strategy"] = "None" });
        if (spec.At("conversion", "webhook", "clientConfig", "service") is MapValue service)
        {
            SetDefault(service, "port", 443);
        }
    }

    public override void PrepareCreate(MapValue value)
    {
        value["status"] = new MapValue
        {
            ["conditions"] = NullValue.Instance,
            ["acceptedNames"] = new MapValue { ["plural"] = "", ["kind"] = "" },
            ["storedVersions"] = new ListValue(),
        };
        KeepStoredVersion(value);
    }

    public override void PrepareUpdate(MapValue value, MapValue old) => KeepStoredVersion(value);

    public override void ValidateCreate(MapValue value, ICollection<FieldError> errors) => CustomDefinitionValidation.Name(value, errors);

    public override void Validate(MapValue value, ICollection<FieldError> errors) => CustomDefinitionValidation.Create(value, errors);

    public override void ValidateUpdate(MapValue value, MapValue old, ICollection<FieldError> errors) => CustomDefinitionValidation.Update(value, old, errors);

    /// <summary>The version that objects are stored in now is remembered until somebody has migrated them.</summary>
    private static void KeepStoredVersion(MapValue value)
    {
        var status = value.GetOrAddMap("status");
        var stored = status.GetList("storedVersions") ?? new ListValue();
        foreach (var item in value.GetMap("spec")?.GetList("versions") ?? [])
        {
            if (item is MapValue version && version.GetBool("storage") == true && version["name"] is StringValue name && !stored.Contains(name))
            {
                stored.Add(name);
            }
        }

        status["storedVersions"] = stored;
    }
}
