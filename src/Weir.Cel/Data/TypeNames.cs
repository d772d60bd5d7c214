using Weir.Values;

namespace Weir.Cel.Data;

/// <summary>The types of values as they run.</summary>
internal static class TypeNames
{
    public static string Of(Value value) => value switch
    {
        NullValue => "null_type",
        BoolValue => "bool",
        IntValue { IsUnsigned: true } => "uint",
        IntValue => "int",
        FloatValue => "double",
        StringValue => "string",
        ListValue => "list",
        MapValue => "map",
        CelValue own => own.Type.Name,
        _ => "unknown",
    };

    /// <summary>Whether a value may be given where a type is wanted. Of containers only the first item is looked at.</summary>
    public static bool Fits(CelType type, Value value)
    {
        if (type.Kind is CelTypeKind.Dyn or CelTypeKind.Parameter)
        {
            return true;
        }

        if (type.Name != Of(value))
        {
            return false;
        }

        switch (type.Kind)
        {
            case CelTypeKind.List:
                return value is not IReadOnlyList<Value> { Count: > 0 } list || Fits(type.Parameters[0], list[0]);
            case CelTypeKind.Map when MapView.TryOf(value, out var map) && map.Count > 0:
                var key = map.KeyAt(0);
                return Fits(type.Parameters[0], key) && map.TryFind(key, out var first) && Fits(type.Parameters[1], first);
            default:
                return true;
        }
    }
}
