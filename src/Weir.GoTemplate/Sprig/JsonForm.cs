using Weir.Values;

namespace Weir.GoTemplate.Sprig;

/// <summary>
/// What Go's <c>encoding/json</c> sees of a value: Go objects by their fields, bytes as base64. A value without any of these
/// is answered itself, not copied.
/// </summary>
internal static class JsonForm
{
    private const int MaxDepth = 2_000;
    private const int MaxNodes = 20_000_000;

    /// <summary>The plain value; <see langword="null"/> with an error in Go's words when it has no JSON.</summary>
    public static Value? Of(Value value, out string? error)
    {
        var nodes = 0;
        return Convert(value, 0, ref nodes, out error);
    }

    private static Value? Convert(Value value, int depth, ref int nodes, out string? error)
    {
        error = null;
        if (++nodes > MaxNodes)
        {
            error = "json: the value has too many parts";
            return null;
        }

        switch (value)
        {
            case FloatValue f when !double.IsFinite(f.Value):
                error = $"json: unsupported value: {f}";
                return null;
            case ListValue { ElementType: ElementType.Byte } bytes:
                return System.Convert.ToBase64String(GoValue.Bytes(bytes));
            case ListValue or MapValue when depth > MaxDepth:
                error = $"json: unsupported value: encountered a cycle via {Formatting.GoFormat.TypeName(value)}";
                return null;
            case ListValue list:
                return ConvertList(list, depth, ref nodes, out error);
            case MapValue map:
                return ConvertMap(map, depth, ref nodes, out error);
            case OpaqueValue opaque:
                if (opaque.ToPlain() is { } plain and not OpaqueValue)
                {
                    return Convert(plain, depth, ref nodes, out error);
                }

                error = $"json: unsupported type: {opaque.GoType}";
                return null;
            default:
                return value;
        }
    }

    private static ListValue? ConvertList(ListValue list, int depth, ref int nodes, out string? error)
    {
        ListValue? copy = null;
        for (var i = 0; i < list.Count; i++)
        {
            if (Convert(list[i], depth + 1, ref nodes, out error) is not { } item)
            {
                return null;
            }

            if (copy is null && !ReferenceEquals(item, list[i]))
            {
                copy = new ListValue(list);
            }

            if (copy is not null)
            {
                copy[i] = item;
            }
        }

        error = null;
        return copy ?? list;
    }

    private static MapValue? ConvertMap(MapValue map, int depth, ref int nodes, out string? error)
    {
        MapValue? copy = null;
        for (var i = 0; i < map.Count; i++)
        {
            var (key, value) = map.EntryAt(i);
            if (Convert(value, depth + 1, ref nodes, out error) is not { } item)
            {
                return null;
            }

            if (copy is null && !ReferenceEquals(item, value))
            {
                copy = map.ShallowClone();
            }

            if (copy is not null)
            {
                copy[key] = item;
            }
        }

        error = null;
        return copy ?? map;
    }
}
