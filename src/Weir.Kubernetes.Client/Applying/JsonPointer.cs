using Weir.Values;

namespace Weir.Kubernetes.Client;

/// <summary>RFC 6901 pointers into plain values.</summary>
internal static class JsonPointer
{
    public static string[] Split(string pointer)
    {
        if (pointer.Length == 0)
        {
            return [];
        }

        var parts = pointer.TrimStart('/').Split('/');
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = parts[i].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
        }

        return parts;
    }

    public static string Escape(string key) =>
        key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    public static Value? Get(Value root, string pointer)
    {
        Value? current = root;
        foreach (var part in Split(pointer))
        {
            current = Step(current, part);
        }

        return current;
    }

    /// <summary>Takes the value away; nothing happens when it is not there.</summary>
    public static void Remove(Value root, string pointer)
    {
        var path = Split(pointer);
        if (path.Length == 0)
        {
            return;
        }

        switch (Parent(root, path))
        {
            case MapValue map:
                map.Remove(path[^1]);
                break;
            case ListValue list when int.TryParse(path[^1], out var index) && index >= 0 && index < list.Count:
                list.RemoveAt(index);
                break;
            default:
                break;
        }
    }

    /// <summary>Replaces the value where it is; nothing happens when it is not there.</summary>
    public static void Replace(Value root, string pointer, Value value)
    {
        var path = Split(pointer);
        if (path.Length == 0)
        {
            return;
        }

        switch (Parent(root, path))
        {
            case MapValue map when map.ContainsKey(path[^1]):
                map[path[^1]] = value;
                break;
            case ListValue list when int.TryParse(path[^1], out var index) && index >= 0 && index < list.Count:
                list[index] = value;
                break;
            default:
                break;
        }
    }

    private static Value? Parent(Value root, string[] path)
    {
        Value? current = root;
        for (var i = 0; i < path.Length - 1; i++)
        {
            current = Step(current, path[i]);
        }

        return current;
    }

    private static Value? Step(Value? current, string part) => current switch
    {
        MapValue map => map[part],
        ListValue list when int.TryParse(part, out var index) && index >= 0 && index < list.Count => list[index],
        _ => null,
    };
}
