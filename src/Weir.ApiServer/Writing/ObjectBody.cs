using Weir.ApiServer.Encoding;
using Weir.ApiServer.Requests;
using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.Kubernetes;
using Weir.Values;
using Weir.Yaml;

namespace Weir.ApiServer.Writing;

/// <summary>Decodes the object in a request body and checks that it is of the kind that its place expects.</summary>
internal static class ObjectBody
{
    private const string Accepted = "application/json, application/yaml";

    /// <summary>The object, with apiVersion and kind filled in when they were left out, and the keys that stood twice.</summary>
    public static MapValue Decode(RequestContext context, byte[] body, GroupVersionKind expected, bool isCustom, List<string> duplicates)
    {
        var value = Parse(context, body, expected, isCustom, duplicates, out var text);
        if (value is not MapValue map)
        {
            throw Unrecognized(expected, $"couldn't get version/kind; json parse error: json: cannot unmarshal {JsonTypeName(value)} into Go value of type "
                + "struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }", text).ToException();
        }

        var kind = map.GetString("kind") ?? "";
        var apiVersion = map.GetString("apiVersion") ?? "";
        if (kind.Length == 0)
        {
            map["kind"] = kind = expected.Kind;
        }

        if (apiVersion.Length == 0)
        {
            map["apiVersion"] = apiVersion = expected.ApiVersion;
        }

        CheckKind(expected, isCustom, GroupVersionKind.Of(apiVersion, kind), map.Name());
        return map;
    }

    /// <summary>A DeleteOptions body and its like.</summary>
    public static MapValue DecodeOptions(RequestContext context, byte[] body, string kind)
    {
        var value = Parse(context, body, new GroupVersionKind("meta.k8s.io", "v1", kind), isCustom: false, [], out var text);
        return value as MapValue
            ?? throw Unrecognized(new("", "v1", kind), "couldn't get version/kind; json parse error", text).ToException();
    }

    private static Value Parse(RequestContext context, byte[] body, GroupVersionKind expected, bool isCustom, List<string> duplicates, out byte[] text)
    {
        text = body;
        var header = context.Http.Request.ContentType ?? "";
        var type = header.Split(';')[0].Trim();
        switch (type)
        {
            case "" or Negotiation.JsonType:
                return JsonDecoder.Decode(body, out var error, duplicates)
                    ?? throw Unrecognized(expected, $"couldn't get version/kind; json parse error: {error}", body).ToException();
            case Negotiation.YamlType:
                var parsed = YamlReader.Read(System.Text.Encoding.UTF8.GetString(body));
                if (parsed.HasErrors || parsed.Result is null)
                {
                    throw ApiStatus.BadRequest($"error converting YAML to JSON: {(parsed.Diagnostics.Count > 0 ? parsed.Diagnostics[0].Message : "")}").ToException();
                }

                return parsed.Result;
            case Negotiation.ProtobufType when !isCustom:
                return Protobuf.ProtobufDecoder.Decode(body, expected);
            default:
                throw ApiStatus.UnsupportedMediaType("the body of the request was in an unknown format - accepted media types include: "
                    + Accepted + (isCustom ? "" : ", application/vnd.kubernetes.protobuf")).ToException();
        }
    }

    private static void CheckKind(GroupVersionKind expected, bool isCustom, GroupVersionKind found, string name)
    {
        if (found == expected)
        {
            return;
        }

        if (isCustom)
        {
            throw (found.ApiVersion != expected.ApiVersion
                ? ApiStatus.BadRequest($"the API version in the data ({found.ApiVersion}) does not match the expected API version ({expected.ApiVersion})")
                : ApiStatus.Invalid(expected.Group, found.Kind, name, [new("FieldValueInvalid", $"Invalid value: {GoQuote.Quote(found.Kind)}: must be {expected.Kind}", "kind")])).ToException();
        }

        if (ResourceTypes.Find(found) is not null || BuiltInSchemas.Find(found) is not null)
        {
            throw ApiStatus.BadRequest($"{found.Kind} in version \"{found.Version}\" cannot be handled as a {expected.Kind}: "
                + $"converting ({GoPackage(found)}.{found.Kind}) to ({InternalPackage(expected)}.{expected.Kind}): unknown conversion").ToException();
        }

        throw ApiStatus.BadRequest($"{found.Kind} in version \"{found.Version}\" cannot be handled as a {expected.Kind}: "
            + $"no kind \"{found.Kind}\" is registered for version \"{found.ApiVersion}\" in scheme \"pkg/api/legacyscheme/scheme.go:30\"").ToException();
    }

    private static string GoPackage(GroupVersionKind kind) => kind.Version;

    private static string InternalPackage(GroupVersionKind kind) => kind.Group.Length == 0 ? "core" : kind.Group.Split('.')[0];

    public static ApiStatus Unrecognized(GroupVersionKind expected, string why, ReadOnlySpan<byte> body) =>
        ApiStatus.BadRequest($"the object provided is unrecognized (must be of type {expected.Kind}): {why} ({Excerpt(body)})");

    /// <summary>The beginning of a body as upstream shows it: text, or hexadecimal when it is none.</summary>
    private static string Excerpt(ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty)
        {
            return "<empty>";
        }

        const int shown = 30;
        var head = body[..Math.Min(shown, body.Length)];
        var isText = body[0] == '{' && System.Text.Unicode.Utf8.IsValid(head);
        var text = isText ? System.Text.Encoding.UTF8.GetString(head) : Convert.ToHexStringLower(head);
        return body.Length > shown ? $"{text} ..." : text;
    }

    private static string JsonTypeName(Value value) => value switch
    {
        ListValue => "array",
        StringValue => "string",
        BoolValue => "bool",
        NullValue => "null",
        _ => "number",
    };
}
