using System.Globalization;
using Weir.ApiServer.Encoding;
using Weir.ApiServer.Reading;
using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.ApiServer.Tables;
using Weir.Values;

namespace Weir.ApiServer.Watching;

/// <summary>Writes the lines of one watch in its representation.</summary>
internal sealed class WatchEncoder(ServedResource resource, Negotiation negotiation, string include, TimeProvider time)
{
    private bool _hasColumns;

    public ReadOnlyMemory<byte> Encode(string type, StoredObject stored)
    {
        switch (negotiation.Representation)
        {
            case Representation.Table:
                var table = TableWriter.One(resource, resource.View.Value(stored), include, negotiation.MetaVersion, time, withColumns: !_hasColumns);
                _hasColumns = true;
                return Line(type, JsonEncoder.Encode(table));
            case Representation.PartialMetadata:
                return Line(type, JsonEncoder.Encode(PartialMetadata.Of(resource.View.Value(stored), negotiation.MetaVersion)));
            default:
                return Line(type, resource.View.Json(stored).Span);
        }
    }

    /// <summary>Tells a version up to which everything was sent.</summary>
    public ReadOnlyMemory<byte> Bookmark(long version, bool endsInitialEvents)
    {
        var metadata = new MapValue { ["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture) };
        if (endsInitialEvents)
        {
            metadata["annotations"] = new MapValue { ["k8s.io/initial-events-end"] = "true" };
        }

        var value = new MapValue { ["kind"] = resource.Kind, ["apiVersion"] = resource.ApiVersion, ["metadata"] = metadata };
        return Line("BOOKMARK", JsonEncoder.Encode(value));
    }

    public static ReadOnlyMemory<byte> Error(ApiStatus status) => Line("ERROR", JsonEncoder.Encode(status.ToValue()));

    private static byte[] Line(string type, ReadOnlySpan<byte> json)
    {
        var head = "{\"type\":\""u8;
        var middle = "\",\"object\":"u8;
        var line = new byte[head.Length + type.Length + middle.Length + json.Length + 2];
        var rest = line.AsSpan();
        head.CopyTo(rest);
        rest = rest[head.Length..];
        System.Text.Encoding.ASCII.GetBytes(type, rest);
        rest = rest[type.Length..];
        middle.CopyTo(rest);
        rest = rest[middle.Length..];
        json.CopyTo(rest);
        rest[json.Length] = (byte)'}';
        rest[json.Length + 1] = (byte)'\n';
        return line;
    }
}
