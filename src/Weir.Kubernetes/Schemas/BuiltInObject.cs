using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>
/// Objects of built-in kinds as upstream's Go types hold them: fields that the kind lacks are gone, empty optional fields are
/// left out, structs and required fields are there, quantities are canonical.
/// </summary>
public static class BuiltInObject
{
    /// <summary>Decodes an object; its type errors and unknown fields are told, and what fits is kept. The argument is not changed.</summary>
    public static DecodedObject Decode(MapValue value, Schema schema)
    {
        var decoding = new ObjectDecoding();
        var result = decoding.Struct(value, schema);
        return new(result, decoding.Error, decoding.UnknownFields);
    }

    /// <summary>The object as it is stored; what does not fit is dropped silently.</summary>
    public static MapValue Normalize(MapValue value, Schema schema) => new ObjectDecoding().Struct(value, schema);

    /// <summary>An object of a kind that says nothing.</summary>
    public static MapValue Empty(GroupVersionKind kind, Schema schema) =>
        Normalize(new MapValue(2) { ["apiVersion"] = kind.ApiVersion, ["kind"] = kind.Kind }, schema);
}
