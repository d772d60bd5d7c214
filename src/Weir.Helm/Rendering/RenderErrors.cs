using Weir.GoTemplate;
using Weir.Values;

namespace Weir.Helm;

/// <summary>Puts errors of templates into the words of Helm 4.2, with place and hint beside them.</summary>
internal static class RenderErrors
{
    private const string TemplatePrefix = "template: ";

    private const int MaxPlaces = 12;

    private const int MaxExpression = 80;

    private const int MaxText = 16 * 1024;

    private static readonly TemplateError NextInChain = new() { Message = TemplatePrefix };

    public static Diagnostic OfParsing(string path, TemplateError error)
    {
        var parts = error.Text.Split(": ");
        var message = parts.Length == 1
            ? $"parse error in ({path}): {error.Text}"
            : $"parse error at ({parts[1]}): {parts[^1]}";
        return Diagnostic.Error("helm-template-parse", message, error.Span, error.Hint);
    }

    public static Diagnostic OfExecuting(TemplateError error) =>
        Diagnostic.Error("helm-template", Shorten(Text(error)), error.Root.Span.IsKnown ? error.Root.Span : error.Span, Hint(error));

    /// <summary>Endless recursion gives endless text; its two ends tell all.</summary>
    private static string Shorten(string text) =>
        text.Length <= MaxText ? text : $"{text[..(MaxText / 2)]} ... {text[^(MaxText / 2)..]}";

    private static string Text(TemplateError error)
    {
        var whole = error.Text;
        if (AuthorsMessage(whole) is { } message)
        {
            return message;
        }

        var steps = new List<Step>();
        for (var current = error; current is not null; current = current.Cause)
        {
            // Of what follows in the chain Helm keeps nothing here, so a stub stands for it: chains can be a thousand long.
            var alone = current.Cause is null ? current : current with { Cause = NextInChain };
            if (Step.Read(alone.Text) is not { } step)
            {
                return whole;
            }

            if (steps.Count == 0 || steps[^1] != step)
            {
                steps.Add(step);
            }

            // What stands between two errors of templates, or a function's own error at the end, Helm cannot take apart.
            var endsInFunction = current is { Cause: null, Function: not null };
            if (endsInFunction || (current.Cause is not null && current.Function == "tpl"))
            {
                return whole;
            }
        }

        return string.Concat(steps.Select(s => s.ToString())).Trim();
    }

    /// <summary>What <c>required</c> or <c>fail</c> was given, with the place of the outermost call.</summary>
    private static string? AuthorsMessage(string text)
    {
        var parts = text.Split(": ", 3);
        if (parts.Length != 3)
        {
            return $"execution error in: {text}";
        }

        var start = parts[2].IndexOf(ReleaseFunctions.MessageStart, StringComparison.Ordinal);
        var end = parts[2].LastIndexOf(ReleaseFunctions.MessageEnd, StringComparison.Ordinal);
        if (start < 0 || end < start)
        {
            return null;
        }

        start += ReleaseFunctions.MessageStart.Length;
        return $"execution error at ({parts[1]}): {parts[2][start..end]}";
    }

    private static string OneLine(string expression)
    {
        var end = expression.AsSpan().IndexOf('\n') is var line and >= 0 ? line : expression.Length;
        return end <= MaxExpression ? expression[..end] : expression[..MaxExpression] + "...";
    }

    private static string? Hint(TemplateError error)
    {
        var hints = new List<string>();
        if (error.Root.Hint is { } hint)
        {
            hints.Add(hint);
        }

        var chain = new List<string>();
        for (var current = error; current is not null; current = current.Cause)
        {
            var place = $"{current.Span} {OneLine(current.Expression ?? "")}".TrimEnd();
            if (current.Span.IsKnown && (chain.Count == 0 || chain[^1] != place))
            {
                chain.Add(place);
            }
        }

        if (chain.Count > MaxPlaces)
        {
            chain.RemoveRange(MaxPlaces / 2, chain.Count - MaxPlaces);
            chain.Insert(MaxPlaces / 2, "...");
        }

        if (chain.Count > 1)
        {
            hints.Add("called through " + string.Join(" > ", chain));
        }

        return hints.Count == 0 ? null : string.Join("; ", hints);
    }

    /// <summary>One error of a chain, cut into the lines that Helm prints.</summary>
    private sealed record Step(string Location, string Executing, string Message)
    {
        public static Step? Read(string text)
        {
            if (!text.StartsWith(TemplatePrefix, StringComparison.Ordinal))
            {
                return null;
            }

            var rest = text[TemplatePrefix.Length..];
            if (rest.StartsWith("no template ", StringComparison.Ordinal))
            {
                return new Step("", "", text);
            }

            return ReadExecuting(rest) ?? ReadSimple(rest);
        }

        public override string ToString() =>
            (Location.Length > 0 ? Location + "\n  " : "")
            + (Executing.Length > 0 ? Executing + "\n    " : "")
            + (Message.Length > 0 ? Message + "\n" : "");

        private static Step? ReadExecuting(string text)
        {
            const string executing = ": executing ";
            const string at = " at <";
            var start = text.IndexOf(executing, StringComparison.Ordinal);
            if (start < 0)
            {
                return null;
            }

            var after = text[(start + executing.Length)..];
            var quote = after.Length > 1 && after[0] == '"' ? after.IndexOf('"', 1) : -1;
            if (quote < 0 || !after.AsSpan(quote + 1).StartsWith(at))
            {
                return null;
            }

            var place = after[(quote + 1 + at.Length)..];
            var end = place.IndexOf(">: ", StringComparison.Ordinal);
            return end < 0
                ? null
                : new Step(text[..start], $"executing \"{after[1..quote]}\" at <{place[..end]}>:", WithoutNext(place[(end + 3)..]));
        }

        private static Step? ReadSimple(string text)
        {
            var split = text.LastIndexOf(": ", StringComparison.Ordinal);
            return split < 0 ? null : new Step(text[..split], "", WithoutNext(text[(split + 2)..]));
        }

        private static string WithoutNext(string message)
        {
            var next = message.IndexOf(" template:", StringComparison.Ordinal);
            return next < 0 ? message : message[..next];
        }
    }
}
