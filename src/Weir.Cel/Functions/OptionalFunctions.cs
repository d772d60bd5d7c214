using Weir.Cel.Data;
using Weir.Values;
using static Weir.Cel.CelOverload;

namespace Weir.Cel.Functions;

/// <summary>Values that may be absent, and the map insertion of two-variable macros.</summary>
internal static class OptionalFunctions
{
    private static readonly CelType K = CelType.Parameter("K");
    private static readonly CelType V = CelType.Parameter("V");
    private static readonly CelType OptionalV = CelType.Optional(V);
    private static readonly CelType ListV = CelType.List(V);
    private static readonly CelType MapKV = CelType.Map(K, V);
    private static readonly CelType Optionals = CelType.List(OptionalV);

    public static CelFunction[] All { get; } =
    [
        new("optional.of", Global("optional_of", [V], OptionalV, a => CelOptional.Of(a[0]))),
        new("optional.ofNonZeroValue", Global("optional_ofNonZeroValue", [V], OptionalV, a => IsZero(a[0]) ? CelOptional.None : CelOptional.Of(a[0]))),
        new("optional.none", Global("optional_none", [], OptionalV, _ => CelOptional.None)),
        new("value", Member("optional_value", [OptionalV], V, a => ((CelOptional)a[0]).Value ?? new CelError("optional.none() dereference"))),
        new("hasValue", Member("optional_hasValue", [OptionalV], CelType.Bool, a => BoolValue.Of(((CelOptional)a[0]).Value is not null))),

        // What these do is part of how a tree runs.
        new("or", Member("optional_or_optional", [OptionalV, OptionalV], OptionalV)),
        new("orValue", Member("optional_orValue_value", [OptionalV, V], V)),
        new("_?._", Global("select_optional_field", [CelType.Dyn, CelType.String], OptionalV)),
        new(
            "_[?_]",
            Global("list_optindex_optional_int", [ListV, CelType.Int], OptionalV),
            Global("optional_list_optindex_optional_int", [CelType.Optional(ListV), CelType.Int], OptionalV),
            Global("map_optindex_optional_value", [MapKV, K], OptionalV),
            Global("optional_map_optindex_optional_value", [CelType.Optional(MapKV), K], OptionalV)),

        new("first", Member("list_first", [ListV], OptionalV, a => At((IReadOnlyList<Value>)a[0], fromEnd: false))),
        new("last", Member("list_last", [ListV], OptionalV, a => At((IReadOnlyList<Value>)a[0], fromEnd: true))),
        new("optional.unwrap", Global("optional_unwrap", [Optionals], ListV, a => Unwrap((IReadOnlyList<Value>)a[0]))),
        new("unwrapOpt", Member("optional_unwrapOpt", [Optionals], ListV, a => Unwrap((IReadOnlyList<Value>)a[0]))),
        new(
            "cel.@mapInsert",
            Global("@mapInsert_map_key_value", [MapKV, K, V], MapKV, a => Insert(a[0], a[1], a[2])),
            Global("@mapInsert_map_map", [MapKV, MapKV], MapKV, a => InsertAll(a[0], a[1]))),
    ];

    /// <summary>Adds an entry to a map that only the running expression holds; an error when it has the key already.</summary>
    public static CelError? TryInsert(KeyedMap map, Value key, Value value)
    {
        if (map.TryFind(key, out _))
        {
            return new CelError($"insert failed: key {KeyText(key)} already exists");
        }

        map.Set(key, value);
        return null;
    }

    /// <summary>Adds all entries of another map.</summary>
    public static CelError? TryInsertAll(KeyedMap map, MapView entries)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            var key = entries.KeyAt(i);
            if (entries.TryFind(key, out var value) && TryInsert(map, key, value) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private static string KeyText(Value key) => key is StringValue text ? text.Value : key.ToString() ?? "";

    private static Value Insert(Value map, Value key, Value value)
    {
        var copy = Copy(map);
        return TryInsert(copy, key, value) ?? (Value)copy;
    }

    private static Value InsertAll(Value map, Value entries)
    {
        var copy = Copy(map);
        return MapView.TryOf(entries, out var view) ? TryInsertAll(copy, view) ?? (Value)copy : CelError.NoSuchOverload;
    }

    private static KeyedMap Copy(Value map)
    {
        var copy = new KeyedMap();
        if (MapView.TryOf(map, out var view))
        {
            for (var i = 0; i < view.Count; i++)
            {
                var key = view.KeyAt(i);
                if (view.TryFind(key, out var value))
                {
                    copy.Set(key, value);
                }
            }
        }

        return copy;
    }

    private static CelOptional At(IReadOnlyList<Value> list, bool fromEnd) =>
        list.Count == 0 ? CelOptional.None : CelOptional.Of(list[fromEnd ? list.Count - 1 : 0]);

    private static Value Unwrap(IReadOnlyList<Value> list)
    {
        var values = new ListValue();
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is not CelOptional optional)
            {
                return list[i] as CelError ?? new CelError($"value {list[i]} is not optional");
            }

            if (optional.Value is { } value)
            {
                values.Add(value);
            }
        }

        return values;
    }

    private static bool IsZero(Value value) => value switch
    {
        NullValue => true,
        BoolValue b => !b.Value,
        IntValue i => i.Value == 0,
        FloatValue f => f.Value == 0,
        StringValue s => s.Value.Length == 0,
        CelBytes b => b.Value.Length == 0,
        CelDuration d => d.Nanoseconds == 0,
        CelTimestamp t => t.Seconds == CelTimestamp.MinSeconds && t.Nanoseconds == 0,
        CelOptional o => o.Value is null || IsZero(o.Value),
        ListValue or CelList or JoinedList or MapValue or CelMap => Sizes.Of(value) == 0,
        _ => false,
    };
}
