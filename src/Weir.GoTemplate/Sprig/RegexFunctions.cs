using Weir.Values;

namespace Weir.GoTemplate.Sprig;

/// <summary>Regular expressions. Those without <c>must</c> panic where the others return the error: the message is the same but for its frame.</summary>
internal static class RegexFunctions
{
    private delegate Value? Operation(GoRegex regex, Arguments arguments);

    public static FunctionTable Table { get; } = FunctionTable.Create(
    [
        new("regexMatch", "func(string, string) bool", static (_, a) =>
            GoRegex.TryParse(a.String(0), out var regex) && regex.IsMatch(a.String(1))),
        Must("mustRegexMatch", "func(string, string) (bool, error)", static (r, a) => r.IsMatch(a.String(1))),
        .. Twins("regexFindAll", "mustRegexFindAll", "func(string, string, int)", "[]string", FindAll),
        .. Twins("regexFind", "mustRegexFind", "func(string, string)", "string", static (r, a) => r.Find(a.String(1)) ?? ""),
        .. Twins("regexReplaceAll", "mustRegexReplaceAll", "func(string, string, string)", "string", static (r, a) =>
            r.ReplaceAll(a.String(1), a.String(2))),
        .. Twins("regexReplaceAllLiteral", "mustRegexReplaceAllLiteral", "func(string, string, string)", "string", static (r, a) =>
            r.ReplaceAllLiteral(a.String(1), a.String(2))),
        .. Twins("regexSplit", "mustRegexSplit", "func(string, string, int)", "[]string", Split),
        new("regexQuoteMeta", "func(string) string", static (_, a) => GoRegex.QuoteMeta(a.String(0))),
    ]);

    private static IEnumerable<TemplateFunction> Twins(string name, string mustName, string parameters, string result, Operation operation)
    {
        yield return new TemplateFunction(name, $"{parameters} {result}", (context, arguments) =>
            GoRegex.TryParse(arguments.String(0), out var regex, out var error)
                ? operation(regex, arguments)
                : context.Fail($"regexp: Compile({GoLiteral(arguments.String(0))}): {error}"));
        yield return Must(mustName, $"{parameters} ({result}, error)", operation);
    }

    private static TemplateFunction Must(string name, string signature, Operation operation) =>
        new(name, signature, (context, arguments) =>
            GoRegex.TryParse(arguments.String(0), out var regex, out var error) ? operation(regex, arguments) : context.Fail(error));

    /// <summary>How <c>regexp.MustCompile</c> names the expression: in back quotes when it can stand there.</summary>
    private static string GoLiteral(string text) => CanBackquote(text) ? $"`{text}`" : Values.GoQuote.Quote(text);

    private static bool CanBackquote(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is '`' or '\x7F' or '\uFEFF' || (text[i] < ' ' && text[i] != '\t') || GoString.IsEscapedByte(text, i))
            {
                return false;
            }
        }

        return true;
    }

    private static Value FindAll(GoRegex regex, Arguments arguments)
    {
        var text = arguments.String(1);
        var found = new ListValue { ElementType = ElementType.String };
        foreach (var match in regex.Matches(text, (int)Math.Clamp(arguments.Int(2), -1, int.MaxValue)))
        {
            found.Add(text[match[0]..match[1]]);
        }

        return found.Count == 0 ? GoValue.NilStringList : found;
    }

    private static Value Split(GoRegex regex, Arguments arguments) => arguments.Int(2) == 0
        ? GoValue.NilStringList
        : GoValue.StringList(regex.Split(arguments.String(1), (int)Math.Clamp(arguments.Int(2), -1, int.MaxValue)));
}
