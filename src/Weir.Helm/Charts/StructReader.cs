using Weir.Values;

namespace Weir.Helm;

/// <summary>
/// Reads maps into fields the way <c>sigs.k8s.io/yaml</c> decodes into Go structs: keys match without case, unknown keys
/// are passed over, numbers and booleans become text where text is wanted, and a wrong kind is an error in Go's words.
/// The first error stays; reading goes on.
/// </summary>
internal sealed class StructReader(string structName)
{
    public string? Error { get; private set; }

    public static Value? Find(MapValue map, string field)
    {
        if (map.TryGetValue(field, out var exact))
        {
            return exact;
        }

        foreach (var (key, value) in map)
        {
            if (string.Equals(key, field, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>The text under a key, or the text given when the key is absent or null.</summary>
    public string Text(MapValue map, string field, string current = "", string path = "") =>
        Text(Find(map, field), Join(path, field)) ?? current;

    public bool Flag(MapValue map, string field, bool current, string path = "")
    {
        switch (Find(map, field))
        {
            case null or NullValue:
                return current;
            case BoolValue flag:
                return flag.Value;
            case var other:
                Fail(other, Join(path, field), "bool");
                return current;
        }
    }

    public IReadOnlyList<string>? Texts(MapValue map, string field, IReadOnlyList<string>? current, string path = "")
    {
        var items = Items(map, field, "[]string", path);
        return items is null ? current : [.. items.Select(i => Text(i, Join(path, field)) ?? "")];
    }

    /// <summary>The list under a key; <see langword="null"/> when it is absent, null or no list.</summary>
    public ListValue? Items(MapValue map, string field, string goType, string path = "")
    {
        switch (Find(map, field))
        {
            case null or NullValue:
                return null;
            case ListValue list:
                return list;
            case var other:
                Fail(other, Join(path, field), goType);
                return null;
        }
    }

    public IReadOnlyDictionary<string, string>? TextMap(MapValue map, string field, IReadOnlyDictionary<string, string>? current, string path = "")
    {
        switch (Find(map, field))
        {
            case null or NullValue:
                return current;
            case MapValue entries:
                var texts = new Dictionary<string, string>(StringComparer.Ordinal);
                foreach (var (key, value) in entries)
                {
                    texts[key] = Text(value, Join(path, field)) ?? "";
                }

                return texts;
            case var other:
                Fail(other, Join(path, field), "map[string]string");
                return current;
        }
    }

    public void Fail(Value got, string path, string goType) =>
        Error ??= $"json: cannot unmarshal {JsonKind(got)} into Go {(path.Length == 0 ? "value" : $"struct field {structName}.{path}")} of type {goType}";

    /// <summary>What <c>encoding/json</c> calls a kind of value.</summary>
    public static string JsonKind(Value value) => value.Kind switch
    {
        ValueKind.Null => "null",
        ValueKind.Bool => "bool",
        ValueKind.Int or ValueKind.Float => "number",
        ValueKind.String => "string",
        ValueKind.List => "array",
        _ => "object",
    };

    private string? Text(Value? value, string path)
    {
        switch (value)
        {
            case null or NullValue:
                return null;
            case StringValue text:
                return text.Value;
            case IntValue or FloatValue or BoolValue:
                return value.ToString();
            default:
                Fail(value, path, "string");
                return null;
        }
    }

    private static string Join(string path, string field) => path.Length == 0 ? field : $"{path}.{field}";
}
