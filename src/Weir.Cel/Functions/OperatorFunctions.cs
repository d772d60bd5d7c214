using Weir.Cel.Data;
using Weir.Values;
using static Weir.Cel.CelOverload;

namespace Weir.Cel.Functions;

/// <summary>Operators and <c>size</c>.</summary>
internal static class OperatorFunctions
{
    private static readonly CelType A = CelType.Parameter("A");
    private static readonly CelType B = CelType.Parameter("B");
    private static readonly CelType ListOfA = CelType.List(A);
    private static readonly CelType MapOfAB = CelType.Map(A, B);

    public static CelFunction[] All { get; } =
    [
        // What these do is part of how a tree runs.
        new("_?_:_", Global("conditional", [CelType.Bool, A, A], A)),
        new("_&&_", Global("logical_and", [CelType.Bool, CelType.Bool], CelType.Bool)),
        new("_||_", Global("logical_or", [CelType.Bool, CelType.Bool], CelType.Bool)),
        new("@not_strictly_false", Global("not_strictly_false", [CelType.Bool], CelType.Bool)),
        new("_==_", Global("equals", [A, A], CelType.Bool)),
        new("_!=_", Global("not_equals", [A, A], CelType.Bool)),
        new(
            "_[_]",
            Global("index_list", [ListOfA, CelType.Int], A),
            Global("index_map", [MapOfAB, A], B),
            Global("optional_list_index_int", [CelType.Optional(CelType.List(A)), CelType.Int], CelType.Optional(A)),
            Global("optional_map_index_value", [CelType.Optional(MapOfAB), A], CelType.Optional(B))),

        new("!_", Global("logical_not", [CelType.Bool], CelType.Bool)) { Body = a => a[0] is BoolValue b ? BoolValue.Of(!b.Value) : CelError.NoSuchOverload },
        new(
            "_+_",
            Global("add_bytes", [CelType.Bytes, CelType.Bytes], CelType.Bytes),
            Global("add_double", [CelType.Double, CelType.Double], CelType.Double),
            Global("add_duration_duration", [CelType.Duration, CelType.Duration], CelType.Duration),
            Global("add_duration_timestamp", [CelType.Duration, CelType.Timestamp], CelType.Timestamp),
            Global("add_timestamp_duration", [CelType.Timestamp, CelType.Duration], CelType.Timestamp),
            Global("add_int64", [CelType.Int, CelType.Int], CelType.Int),
            Global("add_list", [ListOfA, ListOfA], ListOfA),
            Global("add_string", [CelType.String, CelType.String], CelType.String),
            Global("add_uint64", [CelType.Uint, CelType.Uint], CelType.Uint)) { Body = a => Addition.Add(a[0], a[1]) },
        new(
            "_-_",
            Global("subtract_double", [CelType.Double, CelType.Double], CelType.Double),
            Global("subtract_duration_duration", [CelType.Duration, CelType.Duration], CelType.Duration),
            Global("subtract_int64", [CelType.Int, CelType.Int], CelType.Int),
            Global("subtract_timestamp_duration", [CelType.Timestamp, CelType.Duration], CelType.Timestamp),
            Global("subtract_timestamp_timestamp", [CelType.Timestamp, CelType.Timestamp], CelType.Duration),
            Global("subtract_uint64", [CelType.Uint, CelType.Uint], CelType.Uint)) { Body = a => Arithmetic.Subtract(a[0], a[1]) },
        new("_*_", Numbers("multiply", withDouble: true)) { Body = a => Arithmetic.Multiply(a[0], a[1]) },
        new("_/_", Numbers("divide", withDouble: true)) { Body = a => Arithmetic.Divide(a[0], a[1]) },
        new("_%_", Numbers("modulo", withDouble: false)) { Body = a => Arithmetic.Modulo(a[0], a[1]) },
        new("-_", Global("negate_double", [CelType.Double], CelType.Double), Global("negate_int64", [CelType.Int], CelType.Int))
        {
            Body = a => Arithmetic.Negate(a[0]),
        },
        new("@in", Global("in_list", [A, ListOfA], CelType.Bool), Global("in_map", [A, MapOfAB], CelType.Bool)) { Body = a => In(a[0], a[1]) },
        new(
            "size",
            Global("size_bytes", [CelType.Bytes], CelType.Int),
            Member("bytes_size", [CelType.Bytes], CelType.Int),
            Global("size_list", [ListOfA], CelType.Int),
            Member("list_size", [ListOfA], CelType.Int),
            Global("size_map", [MapOfAB], CelType.Int),
            Member("map_size", [MapOfAB], CelType.Int),
            Global("size_string", [CelType.String], CelType.Int),
            Member("string_size", [CelType.String], CelType.Int)) { Body = a => Sizes.HasSize(a[0]) ? new IntValue(Sizes.Of(a[0])) : null },
    ];

    private static CelOverload[] Numbers(string name, bool withDouble)
    {
        CelOverload[] whole =
        [
            Global(name + "_int64", [CelType.Int, CelType.Int], CelType.Int),
            Global(name + "_uint64", [CelType.Uint, CelType.Uint], CelType.Uint),
        ];
        return withDouble ? [Global(name + "_double", [CelType.Double, CelType.Double], CelType.Double), .. whole] : whole;
    }

    private static Value In(Value item, Value container) => container switch
    {
        IReadOnlyList<Value> list => Equality.Contains(list, item),
        _ when MapView.TryOf(container, out var map) => map.TryFind(item, out var found) && found is CelError ? found : BoolValue.Of(found is not null),
        _ => CelError.NoSuchOverload,
    };
}
