using Weir.ApiServer.Statuses;
using Weir.ApiServer.Writing;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Protobuf;

/// <summary>Reads built-in kinds from Kubernetes' protobuf form: the four bytes <c>k8s\0</c> and a <c>runtime.Unknown</c>.</summary>
internal static class ProtobufDecoder
{
    private static ReadOnlySpan<byte> Magic => "k8s\0"u8;

    /// <summary>The object; its kind may be another than what its place expects.</summary>
    public static MapValue Decode(byte[] body, GroupVersionKind expected)
    {
        if (!body.AsSpan().StartsWith(Magic))
        {
            throw ObjectBody.Unrecognized(expected, "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]", body).ToException();
        }

        var envelope = new WireReader(body.AsSpan(Magic.Length));
        var raw = ReadOnlySpan<byte>.Empty;
        var (apiVersion, kind, contentType) = ("", "", "");
        string? error = null;
        while (envelope.Read())
        {
            switch (envelope.Field)
            {
                case 1:
                    error ??= TypeMeta(envelope.Bytes, out apiVersion, out kind);
                    break;
                case 2:
                    raw = envelope.Bytes;
                    break;
                case 4:
                    contentType = GoString.FromBytes(envelope.Bytes);
                    break;
            }
        }

        error ??= envelope.Error;
        if (error is null && contentType.Length > 0)
        {
            error = $"unsupported content type {contentType}";
        }

        var gvk = GroupVersionKind.Of(apiVersion.Length == 0 ? expected.ApiVersion : apiVersion, kind.Length == 0 ? expected.Kind : kind);
        if (error is null && BuiltInSchemas.Find(gvk) is { ProtobufFields.Count: > 0 } schema)
        {
            var value = MessageDecoder.Decode(raw, schema, out error);
            value["kind"] = gvk.Kind;
            value["apiVersion"] = gvk.ApiVersion;
            if (error is null)
            {
                return value;
            }
        }

        // A kind that is not known is refused by its name.
        return error is null
            ? new MapValue { ["kind"] = gvk.Kind, ["apiVersion"] = gvk.ApiVersion }
            : throw ObjectBody.Unrecognized(expected, error, body).ToException();
    }

    private static string? TypeMeta(ReadOnlySpan<byte> bytes, out string apiVersion, out string kind)
    {
        (apiVersion, kind) = ("", "");
        var reader = new WireReader(bytes);
        while (reader.Read())
        {
            if (reader.Field == 1)
            {
                apiVersion = GoString.FromBytes(reader.Bytes);
            }
            else if (reader.Field == 2)
            {
                kind = GoString.FromBytes(reader.Bytes);
            }
        }

        return reader.Error;
    }
}
