using Weir.Values;
using Weir.Yaml;

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

        foreach (var key in (ReadOnlySpan<string>)[".dockercfg", ".dockerconfigjson"])
        {
            if (required.Contains(key) && (data[key] as StringValue)?.Value is { } encoded && JsonReader.Read(Decoded(encoded)) is { HasErrors: true } parsed)
            {
                errors.Add(FieldError.Invalid($"data[{key}]", "<secret contents redacted>", Go(Decoded(encoded), parsed.Diagnostics[0].Message)));
            }
        }

        if (value.GetString("type") == "kubernetes.io/service-account-token"
            && value.Annotation("kubernetes.io/service-account.name") is not { Length: > 0 })
        {
            errors.Add(FieldError.Required("metadata.annotations[kubernetes.io/service-account.name]"));
        }
    }

    private static string Decoded(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? System.Text.Encoding.UTF8.GetString(bytes, 0, length) : "";
    }

    /// <summary>Go's words for what is no JSON.</summary>
    private static string Go(string text, string otherwise)
    {
        var start = text.AsSpan().TrimStart();
        if (start.IsEmpty)
        {
            return "unexpected end of JSON input";
        }

        return char.IsAsciiDigit(start[0]) || "{[\"-tfn".Contains(start[0], StringComparison.Ordinal)
            ? otherwise
            : $"invalid character {Quoted(start[0])} looking for beginning of value";
    }

    private static string Quoted(char c) => c switch
    {
        '\'' => "'\\''",
        _ => $"'{c}'",
    };

    public override void ValidateUpdate(MapValue value, MapValue old, ICollection<FieldError> errors)
    {
        Immutable(value, old, "type", errors);
        ConfigMapKind.Frozen(value, old, ["data"], errors);
    }
}
