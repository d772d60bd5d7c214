using System.Globalization;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Kubernetes;

/// <summary>What is wrong with a field, as a cause of a 422 answer words it.</summary>
/// <param name="Reason">Such as <c>FieldValueInvalid</c>.</param>
/// <param name="Field">The path: <c>spec.containers[0].image</c>; <c>&lt;nil&gt;</c> for the object itself.</param>
/// <param name="Message">Without the path: <c>Invalid value: 3: must be even</c>.</param>
public sealed record FieldError(string Reason, string Field, string Message)
{
    /// <summary>The path of errors that belong to no field.</summary>
    public const string NoField = "<nil>";

    public static FieldError Required(string field, string detail = "") => new("FieldValueRequired", field, With("Required value", detail));

    public static FieldError Forbidden(string field, string detail) => new("FieldValueForbidden", field, With("Forbidden", detail));

    public static FieldError Invalid(string field, Value? value, string detail) =>
        new("FieldValueInvalid", field, With($"Invalid value: {Text(value)}", detail));

    public static FieldError TypeInvalid(string field, Value? value, string detail) =>
        new("FieldValueTypeInvalid", field, With($"Invalid value: {Text(value)}", detail));

    public static FieldError Duplicate(string field, Value value) => new("FieldValueDuplicate", field, $"Duplicate value: {Text(value)}");

    public static FieldError NotFound(string field, Value value) => new("FieldValueNotFound", field, $"Not found: {Text(value)}");

    public static FieldError NotSupported(string field, Value? value, IEnumerable<string> supported) => new(
        "FieldValueNotSupported", field, $"Unsupported value: {Text(value)}: supported values: {string.Join(", ", supported.Select(GoQuote.Quote))}");

    public static FieldError TooLong(string field, long max) =>
        new("FieldValueTooLong", field, string.Create(CultureInfo.InvariantCulture, $"Too long: may not be more than {max} bytes"));

    public static FieldError TooMany(string field, long count, long max) =>
        new("FieldValueTooMany", field, string.Create(CultureInfo.InvariantCulture, $"Too many: {count}: must have at most {max} items"));

    /// <summary>The error with its path.</summary>
    public override string ToString() => $"{Field}: {Message}";

    /// <summary>A value as messages show it: text quoted, numbers plain, anything else as JSON.</summary>
    private static string Text(Value? value) => value switch
    {
        null => "\"\"",
        StringValue s => GoQuote.Quote(s.Value),
        FloatValue f => GoFloat.Format(f.Value, 'g', -1),
        MapValue map when IsGoStruct(map) => $"{{{string.Join(",", map.Select(e => $"{JsonWriter.Write(e.Key)}:{Text(e.Value)}"))}}}",
        NullValue => "null",
        _ => JsonWriter.Write(value),
    };

    /// <summary>Upstream's internal types have no JSON names: their fields stand in their own order.</summary>
    private static bool IsGoStruct(MapValue map) => map.Count > 0 && char.IsUpper(map.EntryAt(0).Key[0]);

    private static string With(string message, string detail) => detail.Length == 0 ? message : $"{message}: {detail}";
}
