namespace Weir.Kustomize.Kustomizations;

/// <summary>The shape that Go gives to a JSON value.</summary>
internal abstract class GoType(string name)
{
    /// <summary>The type as Go's messages write it.</summary>
    public string Name { get; } = name;

    public static GoType String { get; } = new GoScalar("string");

    public static GoType Bool { get; } = new GoScalar("bool");

    public static GoType Int { get; } = new GoScalar("int");

    public static GoType Int64 { get; } = new GoScalar("int64");

    public static GoType Any { get; } = new GoScalar("interface {}");

    public static GoType StringList { get; } = ListOf(String);

    public static GoType StringMap { get; } = MapOf(String);

    public static GoType ListOf(GoType item) => new GoList(item);

    public static GoType MapOf(GoType value) => new GoMap(value);
}

/// <summary>A value that is no list and no map.</summary>
internal sealed class GoScalar(string name) : GoType(name);

/// <summary>A list of values of one type.</summary>
internal sealed class GoList(GoType item) : GoType($"[]{item.Name}")
{
    public GoType Item { get; } = item;
}

/// <summary>A map from strings to values of one type.</summary>
internal sealed class GoMap(GoType value) : GoType($"map[string]{value.Name}")
{
    public GoType Value { get; } = value;
}

/// <summary>A struct with named fields, found without regard to case.</summary>
internal sealed class GoStruct(string shortName, params (string Name, GoType Type)[] fields) : GoType($"types.{shortName}")
{
    private Dictionary<string, string> _embedded = new(StringComparer.Ordinal);

    /// <summary>The name without its package.</summary>
    public string ShortName { get; } = shortName;

    public IReadOnlyList<(string Name, GoType Type)> Fields { get; } = fields;

    /// <summary>The field of a JSON key: the exact name first, then any case.</summary>
    public (string Name, GoType Type)? Find(string key)
    {
        foreach (var field in Fields)
        {
            if (string.Equals(field.Name, key, StringComparison.Ordinal))
            {
                return field;
            }
        }

        foreach (var field in Fields)
        {
            if (string.Equals(field.Name, key, StringComparison.OrdinalIgnoreCase))
            {
                return field;
            }
        }

        return null;
    }

    /// <summary>A struct with these fields and those of another in front.</summary>
    public GoStruct Extend(string name, params (string Name, GoType Type)[] more) => new(name, [.. Fields, .. more]) { _embedded = _embedded };

    /// <summary>The same struct, some of whose fields stand in structs embedded in it.</summary>
    public GoStruct Embedding(string path, params ReadOnlySpan<string> fields)
    {
        var embedded = new Dictionary<string, string>(_embedded, StringComparer.Ordinal);
        foreach (var field in fields)
        {
            embedded[field] = path;
        }

        return new GoStruct(ShortName, [.. Fields]) { _embedded = embedded };
    }

    /// <summary>A field as Go's messages write it: after the embedded structs that hold it.</summary>
    public string PathOf(string field) => _embedded.TryGetValue(field, out var path) ? $"{path}.{field}" : field;
}
