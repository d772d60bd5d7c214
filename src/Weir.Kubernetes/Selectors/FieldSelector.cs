using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Weir.Kubernetes;

/// <summary>Which objects are meant, by some of their fields. Without requirements it is every object.</summary>
public sealed class FieldSelector
{
    public FieldSelector(IReadOnlyList<FieldRequirement> requirements) => Requirements = requirements;

    public static FieldSelector Everything { get; } = new([]);

    public IReadOnlyList<FieldRequirement> Requirements { get; }

    public bool IsEverything => Requirements.Count == 0;

    /// <summary>Reads <c>metadata.name=a,status.phase!=b</c>; backslashes escape commas, equal signs and themselves.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out FieldSelector? selector, out string error)
    {
        selector = null;
        error = "";
        var requirements = new List<FieldRequirement>();
        foreach (var term in Terms(text))
        {
            if (term.Length == 0)
            {
                continue;
            }

            if (Split(term) is not var (field, symbol, escaped))
            {
                error = $"invalid selector: '{text}'; can't understand '{term}'";
                return false;
            }

            if (!TryUnescape(escaped, out var value, out error))
            {
                return false;
            }

            requirements.Add(new(field, value, symbol == "!="));
        }

        selector = new(requirements);
        return true;
    }

    /// <summary>Whether an object is meant whose fields are looked up.</summary>
    public bool Matches(Func<string, string> field)
    {
        foreach (var requirement in Requirements)
        {
            if ((field(requirement.Field) == requirement.Value) == requirement.IsNegated)
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<string> Terms(string text)
    {
        var start = 0;
        var isEscaped = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (isEscaped)
            {
                isEscaped = false;
            }
            else if (text[i] == '\\')
            {
                isEscaped = true;
            }
            else if (text[i] == ',')
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }

    private static (string Field, string Symbol, string Value)? Split(string term)
    {
        for (var i = 0; i < term.Length; i++)
        {
            foreach (var symbol in (ReadOnlySpan<string>)["!=", "==", "="])
            {
                if (string.CompareOrdinal(term, i, symbol, 0, symbol.Length) == 0)
                {
                    return (term[..i], symbol, term[(i + symbol.Length)..]);
                }
            }
        }

        return null;
    }

    private static bool TryUnescape(string text, out string value, out string error)
    {
        error = "";
        value = text;
        if (text.AsSpan().IndexOfAny('\\', ',', '=') < 0)
        {
            return true;
        }

        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                if (i + 1 == text.Length || text[i + 1] is not ('\\' or ',' or '='))
                {
                    error = $"invalid field selector: invalid escape sequence: {text[i..Math.Min(i + 2, text.Length)]}";
                    return false;
                }

                result.Append(text[++i]);
            }
            else if (text[i] is ',' or '=')
            {
                error = $"invalid field selector: unescaped character in value: {(int)text[i]}";
                return false;
            }
            else
            {
                result.Append(text[i]);
            }
        }

        value = result.ToString();
        return true;
    }
}
