using Weir.Values;
using static Weir.Cel.CelOverload;

namespace Weir.Cel.Functions;

/// <summary>Regular expressions in RE2's syntax.</summary>
internal static class RegexFunctions
{
    private static readonly CelType Text = CelType.String;
    private static readonly CelType Texts = CelType.List(CelType.String);

    public static CelFunction[] All { get; } =
    [
        new(
            "matches",
            Global("matches", [Text, Text], CelType.Bool, Matches),
            Member("matches_string", [Text, Text], CelType.Bool, Matches)),
        new("find", Member("string_find_string", [Text, Text], Text, a => Read(a[1], out var regex) ?? (Value)new StringValue(regex!.Find(Of(a[0])) ?? ""))),
        new(
            "findAll",
            Member("string_find_all_string", [Text, Text], Texts, a => FindAll(a, -1)),
            Member("string_find_all_string_int", [Text, Text, CelType.Int], Texts, a => FindAll(a, unchecked((int)((IntValue)a[2]).Value)))),
    ];

    private static Value Matches(ReadOnlySpan<Value> arguments) => GoRegex.TryParse(Of(arguments[1]), out var regex, out var error)
        ? BoolValue.Of(regex.IsMatch(Of(arguments[0])))
        : new CelError(error);

    private static Value FindAll(ReadOnlySpan<Value> arguments, int count)
    {
        if (Read(arguments[1], out var regex) is { } error)
        {
            return error;
        }

        var text = Of(arguments[0]);
        var found = new ListValue();
        foreach (var match in regex!.Matches(text, count))
        {
            if (!Data.WorkLimit.Take())
            {
                return Data.WorkLimit.Exceeded;
            }

            found.Add(text[match[0]..match[1]]);
        }

        return found;
    }

    private static CelError? Read(Value pattern, out GoRegex? regex) =>
        GoRegex.TryParse(Of(pattern), out regex, out var error) ? null : new CelError($"Illegal regex: {error}");

    private static string Of(Value value) => ((StringValue)value).Value;
}
