using Weir.Values;

namespace Weir.Controllers;

/// <summary>Label selectors in Kubernetes' notation: <c>a=b,c!=d,e,!f,g in (x,y),h notin (z)</c>.</summary>
internal static class LabelSelectorText
{
    public static bool Matches(string selector, MapValue? labels)
    {
        foreach (var requirement in Split(selector))
        {
            if (!MatchesOne(requirement, labels))
            {
                return false;
            }
        }

        return true;
    }

    private static bool MatchesOne(string requirement, MapValue? labels)
    {
        if (requirement.Length == 0)
        {
            return true;
        }

        if (requirement.EndsWith(')'))
        {
            var open = requirement.IndexOf('(', StringComparison.Ordinal);
            if (open < 0)
            {
                return false;
            }

            var head = requirement[..open].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var values = requirement[(open + 1)..^1].Split(',').Select(static v => v.Trim()).ToArray();
            if (head.Length != 2)
            {
                return false;
            }

            var text = labels?.GetString(head[0]);
            return head[1] == "notin" ? text is null || !values.Contains(text) : text is not null && values.Contains(text);
        }

        foreach (var (sign, isEqual) in new[] { ("!=", false), ("==", true), ("=", true) })
        {
            var at = requirement.IndexOf(sign, StringComparison.Ordinal);
            if (at > 0)
            {
                var same = labels?.GetString(requirement[..at].Trim()) == requirement[(at + sign.Length)..].Trim();
                return same == isEqual;
            }
        }

        return requirement.StartsWith('!')
            ? labels?.ContainsKey(requirement[1..].Trim()) != true
            : labels?.ContainsKey(requirement) == true;
    }

    private static IEnumerable<string> Split(string selector)
    {
        var depth = 0;
        var start = 0;
        for (var i = 0; i < selector.Length; i++)
        {
            depth += selector[i] == '(' ? 1 : selector[i] == ')' ? -1 : 0;
            if (selector[i] == ',' && depth == 0)
            {
                yield return selector[start..i].Trim();
                start = i + 1;
            }
        }

        yield return selector[start..].Trim();
    }
}
