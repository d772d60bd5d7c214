using System.Globalization;
using System.Text;
using Weir.ApiServer.Encoding;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Writing;

/// <summary>
/// A patched object as upstream shows it in errors: what the patch went through has sorted keys, everything else the order of its type.
/// </summary>
internal static class PatchedText
{
    public static string Write(MapValue patched, Schema? schema, Value patch)
    {
        var text = new StringBuilder();
        Write(text, patched, schema, patch as MapValue ?? Pointers((ListValue)patch));
        return text.ToString();
    }

    /// <summary>The containers that a JSON patch goes through, as nested maps.</summary>
    private static MapValue Pointers(ListValue operations)
    {
        var root = new MapValue();
        foreach (var operation in operations.OfType<MapValue>())
        {
            foreach (var key in (ReadOnlySpan<string>)["path", "from"])
            {
                var steps = (operation.GetString(key) ?? "").Split('/');
                var map = root;
                for (var i = 1; i < steps.Length - 1; i++)
                {
                    map = map.GetOrAddMap(steps[i].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
                }
            }
        }

        return root;
    }

    private static void Write(StringBuilder text, Value value, Schema? schema, MapValue? touched)
    {
        switch (value)
        {
            case MapValue map:
                Map(text, map, schema, touched);
                break;
            case ListValue list:
                text.Append('[');
                for (var i = 0; i < list.Count; i++)
                {
                    text.Append(i > 0 ? "," : "");
                    Write(text, list[i], schema?.Items, touched?[i.ToString(CultureInfo.InvariantCulture)] as MapValue);
                }

                text.Append(']');
                break;
            default:
                text.Append(System.Text.Encoding.UTF8.GetString(JsonEncoder.Encode(value)));
                break;
        }
    }

    private static void Map(StringBuilder text, MapValue map, Schema? schema, MapValue? touched)
    {
        IEnumerable<string> keys = map.Keys;
        if (touched is not null || schema is null || schema.AdditionalProperties is not null)
        {
            keys = map.Keys.Order(StringComparer.Ordinal);
        }
        else if (schema.Properties.Count > 0)
        {
            keys = map.Keys.OrderBy(k => schema.Property(k)?.Order ?? int.MaxValue);
        }

        text.Append('{');
        var isFirst = true;
        foreach (var key in keys)
        {
            text.Append(isFirst ? "" : ",").Append(System.Text.Encoding.UTF8.GetString(JsonEncoder.Encode(new StringValue(key)))).Append(':');
            isFirst = false;
            Write(text, map[key]!, schema is null ? null : schema.Field(key) ?? Schema.Any, touched?[key] as MapValue);
        }

        text.Append('}');
    }
}
