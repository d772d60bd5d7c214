using Weir.Cel.Data;
using Weir.Values;
using static Weir.Cel.CelOverload;

namespace Weir.Cel.Functions;

/// <summary>Functions named as types: <c>int(x)</c>, <c>string(x)</c>, and <c>type(x)</c>.</summary>
internal static class ConversionFunctions
{
    private static readonly CelType A = CelType.Parameter("A");

    public static CelFunction[] All { get; } =
    [
        new("type", Global("type", [A], CelType.TypeOf(A))) { Body = a => TypeOf(a[0]) },
        new("dyn", Global("to_dyn", [A], CelType.Dyn)) { Body = a => a[0] },
        new("bool", Same("bool_to_bool", CelType.Bool), Global("string_to_bool", [CelType.String], CelType.Bool, a => Bool((StringValue)a[0]))),
        new(
            "bytes",
            Same("bytes_to_bytes", CelType.Bytes),
            Global("string_to_bytes", [CelType.String], CelType.Bytes, a => new CelBytes(GoString.ToBytes(((StringValue)a[0]).Value)))),
        new(
            "double",
            Same("double_to_double", CelType.Double),
            Global("int64_to_double", [CelType.Int], CelType.Double, a => new FloatValue(((IntValue)a[0]).Value)),
            Global("string_to_double", [CelType.String], CelType.Double, a => Double((StringValue)a[0])),
            Global("uint64_to_double", [CelType.Uint], CelType.Double, a => new FloatValue(((IntValue)a[0]).UnsignedValue))),
        new(
            "duration",
            Same("duration_to_duration", CelType.Duration),
            Global("int64_to_duration", [CelType.Int], CelType.Duration, a => new CelDuration(((IntValue)a[0]).Value)),
            Global("string_to_duration", [CelType.String], CelType.Duration, a => Duration((StringValue)a[0]))),
        new(
            "int",
            Same("int64_to_int64", CelType.Int),
            Global("double_to_int64", [CelType.Double], CelType.Int, a => Arithmetic.ToInt(((FloatValue)a[0]).Value)),
            Global("duration_to_int64", [CelType.Duration], CelType.Int, a => new IntValue(((CelDuration)a[0]).Nanoseconds)),
            Global("string_to_int64", [CelType.String], CelType.Int, a => Int((StringValue)a[0])),
            Global("timestamp_to_int64", [CelType.Timestamp], CelType.Int, a => new IntValue(((CelTimestamp)a[0]).Seconds)),
            Global("uint64_to_int64", [CelType.Uint], CelType.Int, a => Arithmetic.Int(((IntValue)a[0]).UnsignedValue))),
        new(
            "string",
            Same("string_to_string", CelType.String),
            Text("bool_to_string", CelType.Bool),
            Text("bytes_to_string", CelType.Bytes),
            Text("double_to_string", CelType.Double),
            Text("duration_to_string", CelType.Duration),
            Text("int64_to_string", CelType.Int),
            Text("timestamp_to_string", CelType.Timestamp),
            Text("uint64_to_string", CelType.Uint)),
        new(
            "timestamp",
            Same("timestamp_to_timestamp", CelType.Timestamp),
            Global("int64_to_timestamp", [CelType.Int], CelType.Timestamp, a => Moment(((IntValue)a[0]).Value)),
            Global("string_to_timestamp", [CelType.String], CelType.Timestamp, a => Moment((StringValue)a[0]))),
        new(
            "uint",
            Same("uint64_to_uint64", CelType.Uint),
            Global("double_to_uint64", [CelType.Double], CelType.Uint, a => Arithmetic.ToUint(((FloatValue)a[0]).Value)),
            Global("int64_to_uint64", [CelType.Int], CelType.Uint, a => Arithmetic.Uint(((IntValue)a[0]).Value)),
            Global("string_to_uint64", [CelType.String], CelType.Uint, a => Uint((StringValue)a[0]))),
    ];

    /// <summary>A value as text, as <c>string(x)</c> answers it; an error when it has none.</summary>
    public static Value ToText(Value value) => value switch
    {
        StringValue => value,
        CelBytes bytes => GoString.FromBytes(bytes.Value.Span) is var text && GoString.IsValidUtf8(text)
            ? new StringValue(text)
            : new CelError("invalid UTF-8 in bytes, cannot convert to string"),
        FloatValue f => new StringValue(GoFloat.Format(f.Value, 'g', -1)),
        _ => new StringValue(value.ToString() ?? ""),
    };

    /// <summary>A text that begins no value of the wanted type.</summary>
    public static CelError Failure(string from, CelType to) => new($"type conversion error from '{from}' to '{to.Name}'");

    private static CelOverload Same(string id, CelType type) => Global(id, [type], type, a => a[0]);

    private static CelOverload Text(string id, CelType type) => Global(id, [type], CelType.String, a => ToText(a[0]));

    private static Value TypeOf(Value value) => value is PreservedValue
        ? new CelError("type conversion to 'type' not supported for values preserved by x-kubernetes-preserve-unknown-fields")
        : new CelTypeValue(TypeNames.Of(value));

    private static Value Bool(StringValue text) => text.Value switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => BoolValue.True,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => BoolValue.False,
        _ => Failure("string", CelType.Bool),
    };

    private static Value Double(StringValue text) =>
        GoFloat.Parse(text.Value, out var number) == NumberParse.Ok ? new FloatValue(number) : Failure("string", CelType.Double);

    private static Value Int(StringValue text) =>
        GoInteger.Parse(text.Value, 10, out var number) == NumberParse.Ok ? new IntValue(number) : Failure("string", CelType.Int);

    private static Value Uint(StringValue text) =>
        GoInteger.ParseUnsigned(text.Value, 10, out var number) == NumberParse.Ok ? IntValue.FromUnsigned(number) : Failure("string", CelType.Uint);

    private static Value Duration(StringValue text) =>
        GoDuration.TryParse(text.Value, out var duration) ? new CelDuration(duration.Nanoseconds) : Failure("string", CelType.Duration);

    private static Value Moment(StringValue text) => TimestampText.Parse(text.Value) is not { } time ? Failure("string", CelType.Timestamp)
        : time.Seconds is < CelTimestamp.MinSeconds or > CelTimestamp.MaxSeconds ? Arithmetic.TimestampOverflow
        : time;

    private static Value Moment(long seconds) =>
        seconds is < CelTimestamp.MinSeconds or > CelTimestamp.MaxSeconds ? Arithmetic.TimestampOverflow : new CelTimestamp(seconds, 0);
}
