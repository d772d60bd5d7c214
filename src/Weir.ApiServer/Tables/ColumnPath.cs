using System.Globalization;
using Weir.Values;

namespace Weir.ApiServer.Tables;

/// <summary>The JSONPath of a printer column: fields, indexes, <c>*</c>, and filters such as <c>[?(@.type=="Ready")]</c>.</summary>
internal sealed class ColumnPath
{
    private readonly List<Func<Value, IEnumerable<Value>>> _steps = [];

    /// <summary>What cannot be understood finds nothing.</summary>
    public static ColumnPath Parse(string path)
    {
        var result = new ColumnPath();
        var at = 0;
        while (at < path.Length)
        {
            if (path[at] == '[')
            {
                var end = Closing(path, at);
                if (end < 0)
                {
                    return Nothing;
                }

                result._steps.Add(Bracket(path[(at + 1)..end].Trim()));
                at = end + 1;
                continue;
            }

            if (path[at] == '.')
            {
                at++;
            }

            var name = new System.Text.StringBuilder();
            while (at < path.Length && path[at] is not ('.' or '['))
            {
                if (path[at] == '\\' && at + 1 < path.Length)
                {
                    at++;
                }

                name.Append(path[at++]);
            }

            if (name.Length > 0)
            {
                result._steps.Add(Field(name.ToString()));
            }
        }

        return result;
    }

    private static ColumnPath Nothing { get; } = new() { _steps = { static _ => [] } };

    public IReadOnlyList<Value> Find(Value root)
    {
        IEnumerable<Value> found = [root];
        foreach (var step in _steps)
        {
            found = found.SelectMany(step);
        }

        return [.. found];
    }

    private static int Closing(string path, int open)
    {
        var quote = '\0';
        var depth = 0;
        for (var i = open; i < path.Length; i++)
        {
            if (quote != '\0')
            {
                quote = path[i] == quote ? '\0' : quote;
            }
            else if (path[i] is '"' or '\'')
            {
                quote = path[i];
            }
            else if (path[i] == '[')
            {
                depth++;
            }
            else if (path[i] == ']' && --depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private static Func<Value, IEnumerable<Value>> Field(string name) => name == "*"
        ? All
        : value => value is MapValue map && map.TryGetValue(name, out var item) ? [item] : [];

    private static IEnumerable<Value> All(Value value) => value switch
    {
        ListValue list => list,
        MapValue map => map.Select(static e => e.Value),
        _ => [],
    };

    private static Func<Value, IEnumerable<Value>> Bracket(string inside)
    {
        if (inside == "*")
        {
            return All;
        }

        if (inside.StartsWith("?(", StringComparison.Ordinal) && inside.EndsWith(')'))
        {
            return Filter(inside[2..^1].Trim());
        }

        if (int.TryParse(inside, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index))
        {
            return value => value is ListValue list && (index < 0 ? index + list.Count : index) is var at and >= 0 && at < list.Count ? [list[at]] : [];
        }

        return Field(Unquote(inside));
    }

    private static Func<Value, IEnumerable<Value>> Filter(string condition)
    {
        foreach (var sign in (string[])["==", "!="])
        {
            var at = condition.IndexOf(sign, StringComparison.Ordinal);
            if (at < 0)
            {
                continue;
            }

            var left = Parse(condition[..at].Trim().TrimStart('@'));
            var right = Unquote(condition[(at + 2)..].Trim());
            return value => All(value).Where(item => left.Find(item) is [var found, ..] && (Text(found) == right) == (sign == "=="));
        }

        var exists = Parse(condition.TrimStart('@'));
        return value => All(value).Where(item => exists.Find(item).Count > 0);
    }

    private static string Text(Value value) => value switch
    {
        StringValue s => s.Value,
        BoolValue b => b.Value ? "true" : "false",
        _ => value.ToString() ?? "",
    };

    private static string Unquote(string text) => text.Length >= 2 && text[0] is '"' or '\'' && text[^1] == text[0] ? text[1..^1] : text;
}
