using Weir.Values;

namespace Weir.Kustomize.Nodes;

/// <summary>The elementary operations of kyaml on maps, lists and scalars.</summary>
internal static class Node
{
    /// <summary>Absent, null, or a list or map without content.</summary>
    public static bool IsNilOrEmpty(Value? value) => value switch
    {
        null or NullValue or WrittenScalar { Tag: ScalarTag.Null } => true,
        MapValue map => map.Count == 0,
        ListValue list => list.Count == 0,
        _ => false,
    };

    /// <summary>Absent, null or an empty map.</summary>
    public static bool IsEmptyMap(Value? value) => Scalar.IsMissingOrNull(value) || value is MapValue { Count: 0 };

    /// <summary>kyaml's name of a kind of node.</summary>
    public static string KindName(Value value) => value switch
    {
        MapValue => "MappingNode",
        ListValue => "SequenceNode",
        _ => "ScalarNode",
    };

    /// <summary>
    /// The failure of a step that met another kind of node than it needs. Kustomize shows the node here too, which may be a
    /// secret; its place does for that.
    /// </summary>
    public static BuildFailure WrongKind(string expected, Value actual) =>
        new($"wrong node kind: expected {expected} but got {KindName(actual)}", actual.Span)
        {
            Code = "kustomize-wrong-kind",
        };

    /// <summary>Fails unless the value is a scalar, absent or null.</summary>
    public static void RequireScalar(Value? value)
    {
        if (value is MapValue or ListValue)
        {
            throw WrongKind("ScalarNode", value);
        }
    }

    /// <summary>A field of a map. Nothing for an absent or null node; anything but a map is a failure.</summary>
    public static Value? Get(Value? node, string name) => node switch
    {
        MapValue map => map[name],
        _ when Scalar.IsMissingOrNull(node) => null,
        _ => throw WrongKind("MappingNode", node!),
    };

    /// <summary>
    /// Sets a field. An absent value removes it, and so does a null unless it is to be kept. A scalar over a scalar keeps
    /// the style of the old one; a new field is put in quotes where YAML 1.1 would misread it.
    /// </summary>
    public static void SetField(MapValue map, string name, Value? value, bool keepNull = false)
    {
        if (value is null || (Scalar.IsNull(value) && !keepNull))
        {
            map.Remove(name);
            return;
        }

        var existing = map[name];
        if (existing is null)
        {
            map[name] = value is WrittenScalar { Tag: ScalarTag.Undecided, Quoted: false, Text.Length: > 0 } open ? new StringValue(open.Text) : value;
        }
        else if (Scalar.IsScalar(value) && Scalar.IsScalar(existing))
        {
            map[name] = ReferenceEquals(existing, value) ? value : Scalar.Overwrite(existing, Scalar.Text(value), TagToWrite(value));
        }
        else
        {
            map[name] = value;
        }
    }

    /// <summary>
    /// Fails for a key that YAML reads as a number, a boolean, a date or null: kustomize writes new keys without quotes and
    /// then cannot turn the map into JSON.
    /// </summary>
    public static void RequireStringKey(string key, SourceSpan span)
    {
        if (ScalarText.Resolve(key) != ScalarTag.String)
        {
            throw new BuildFailure("json: unsupported type: map[interface {}]interface {}", span, $"the key '{key}' reads as {ScalarText.Name(ScalarText.Resolve(key))}; use another")
            {
                Code = "yaml-non-string-key",
            };
        }
    }

    /// <summary>Sets a field to a text without a tag.</summary>
    public static void SetText(MapValue map, string name, string text)
    {
        var existing = map[name];
        map[name] = existing is null || !Scalar.IsScalar(existing)
            ? text.Length == 0 ? new WrittenScalar("", ScalarTag.Undecided) : new StringValue(text)
            : Scalar.Overwrite(existing, text, ScalarTag.Undecided);
    }

    /// <summary>Writes a text and a tag over the scalar in a slot.</summary>
    public static void SetScalar(Slot slot, string text, ScalarTag tag)
    {
        var existing = slot.Value;
        RequireScalar(existing);
        slot.Value = Scalar.Overwrite(existing, text, tag);
    }

    /// <summary>The map under a key, made when it is absent or null.</summary>
    public static MapValue GetOrCreateMap(MapValue map, string name)
    {
        switch (map[name])
        {
            case MapValue existing:
                return existing;
            case { } other when !Scalar.IsNull(other):
                throw WrongKind("MappingNode", other);
            default:
                var created = new MapValue();
                map[name] = created;
                return created;
        }
    }

    // A quoted "5" that overwrites keeps being a string; its style is that of the old scalar, its tag its own.
    private static ScalarTag TagToWrite(Value value) => Scalar.Tag(value);
}
