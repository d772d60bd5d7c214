using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Secrets.</summary>
internal sealed class SecretKind : BuiltInKind
{
    public override bool HasStatus => false;

    public override void Default(MapValue value)
    {
        if (value.GetMap("stringData") is { } texts)
        {
            var data = value.GetOrAddMap("data");
            foreach (var (key, text) in texts)
            {
                data[key] = Convert.ToBase64String(GoString.ToBytes((text as StringValue)?.Value ?? ""));
            }

            value.Remove("stringData");
        }

        SetDefault(value, "type", "Opaque");
    }

    public override void Validate(MapValue value, ICollection<FieldError> errors)
    {
        var data = value.GetMap("data") ?? [];
        ConfigMapKind.Keys(data, "data", errors);
        var required = value.GetString("type") switch
        {
            "kubernetes.io/tls" => ["tls.crt", "tls.key"],
            "kubernetes.io/basic-auth" when !data.ContainsKey("username") && !data.ContainsKey("password") => ["username", "password"],
            "kubernetes.io/ssh-auth" => ["ssh-privatekey"],
            "kubernetes.io/dockercfg" => [".dockercfg"],
            "kubernetes.io/dockerconfigjson" => [".dockerconfigjson"],
            _ => (string[])[],
        };
        foreach (var key in required)
        {
            if (!data.ContainsKey(key))
            {
                errors.Add(FieldError.Required($"data[{key}]"));
            }
        }

        if (value.GetString("type") == "kubernetes.io/service-account-token"
            && value.Annotation("kubernetes.io/service-account.name") is not { Length: > 0 })
        {
            errors.Add(FieldError.Required("metadata.annotations[kubernetes.io/service-account.name]"));
        }
    }

    public override void ValidateUpdate(MapValue value, MapValue old, ICollection<FieldError> errors)
    {
        Immutable(value, old, "type", errors);
        ConfigMapKind.Frozen(value, old, ["data"], errors);
    }
}
