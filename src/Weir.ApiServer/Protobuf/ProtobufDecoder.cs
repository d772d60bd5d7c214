using Weir.ApiServer.Statuses;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Protobuf;

/// <summary>Reads built-in kinds from Kubernetes' protobuf form.</summary>
internal static class ProtobufDecoder
{
    public static MapValue Decode(byte[] body, GroupVersionKind expected)
    {
        _ = (body, expected);
        throw ApiStatus.UnsupportedMediaType("the body of the request was in an unknown format - accepted media types include: application/json, application/yaml").ToException();
    }
}
