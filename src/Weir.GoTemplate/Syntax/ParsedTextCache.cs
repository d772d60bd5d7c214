using System.Collections.Concurrent;

namespace Weir.GoTemplate.Syntax;

/// <summary>What the sets of one family have parsed, so that a text that <c>tpl</c> meets in a loop is parsed once.</summary>
internal sealed class ParsedTextCache(FunctionTable functions, TemplateSetOptions options)
{
    /// <summary>Beyond this many characters the cache starts anew; a chart's templates are far below.</summary>
    private const long MaxCharacters = 64L * 1024 * 1024;

    private readonly ConcurrentDictionary<(string Name, string Text), (ParsedText? Parsed, TemplateError? Error)> _texts = new();
    private long _characters;

    public ParsedText? Get(string name, string text, out TemplateError? error)
    {
        if (!_texts.TryGetValue((name, text), out var entry))
        {
            var parsed = Parser.Parse(name, text, functions, options, out error);
            entry = (parsed, error);
            if (Interlocked.Add(ref _characters, text.Length) > MaxCharacters)
            {
                _texts.Clear();
                Interlocked.Exchange(ref _characters, text.Length);
            }

            _texts[(name, text)] = entry;
        }

        error = entry.Error;
        return entry.Parsed;
    }
}
