using Weir.Values;

namespace Weir.Fleet;

/// <summary>
/// Texts of Secrets that went into a unit. Wherever one stands in what is shown, a number stands instead: the same text has the
/// same number on both sides, so a change is seen and the text is not.
/// </summary>
internal sealed class SecretTexts
{
    // Shorter texts are everywhere: "true", "80".
    private const int Shortest = 6;

    private readonly List<(string Text, string Mark)> _marks = [];

    public SecretTexts(IEnumerable<string> texts)
    {
        var number = 0;
        foreach (var text in texts.Where(static t => t.Length >= Shortest).Distinct(StringComparer.Ordinal))
        {
            _marks.Add((text, $"***{++number}***"));
        }

        // A text that holds another is hidden first.
        _marks.Sort(static (a, b) => b.Text.Length.CompareTo(a.Text.Length));
    }

    /// <summary>The texts in a Secret's value: itself, and when it is YAML every text in it.</summary>
    public static IEnumerable<string> Of(string value)
    {
        yield return value.Trim();
        if (value.Contains(':', StringComparison.Ordinal) && Yaml.YamlReader.Read(value).Result is { } parsed)
        {
            foreach (var leaf in Leaves(parsed))
            {
                yield return leaf;
            }
        }
    }

    /// <summary>The value with marks; the value itself when nothing is hidden.</summary>
    public T Hide<T>(T value)
        where T : Value =>
        _marks.Count == 0 ? value : (T)Hidden(value);

    private static IEnumerable<string> Leaves(Value value) => value switch
    {
        MapValue map => map.SelectMany(static p => Leaves(p.Value)),
        ListValue list => list.SelectMany(Leaves),
        StringValue text => [text.Value],
        _ => [],
    };

    private Value Hidden(Value value)
    {
        switch (value)
        {
            case MapValue map:
                var copy = new MapValue();
                foreach (var (key, child) in map)
                {
                    copy[key] = Hidden(child);
                }

                return copy;
            case ListValue list:
                return new ListValue(list.Select(Hidden));
            case StringValue text:
                var result = text.Value;
                foreach (var (hidden, mark) in _marks)
                {
                    result = result.Replace(hidden, mark, StringComparison.Ordinal);
                }

                return result == text.Value ? value : new StringValue(result);
            default:
                return value;
        }
    }
}
