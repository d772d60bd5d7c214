using System.Text;

namespace Weir.Kubernetes;

/// <summary>The <c>fieldPath</c> of a rule: <c>.a.b</c> or <c>.a['b c']</c>, fields that the schema has.</summary>
internal static class RuleFieldPath
{
    /// <summary>The path as messages write it; <see langword="null"/> when it leads to no field.</summary>
    public static string? Read(string path, Schema schema)
    {
        var text = new StringBuilder();
        Schema? current = schema;
        for (var at = 0; at < path.Length;)
        {
            string name;
            switch (path[at])
            {
                case '.':
                    var end = path.AsSpan(at + 1).IndexOfAny('.', '[', ']');
                    end = end < 0 ? path.Length : at + 1 + end;
                    name = path[(at + 1)..end];
                    at = end;
                    break;
                case '[':
                    if (Quoted(path, at + 1, out at) is not { } quoted || at >= path.Length || path[at] != ']')
                    {
                        return null;
                    }

                    name = quoted;
                    at++;
                    break;
                default:
                    return null;
            }

            if (name.Length == 0 || current is null)
            {
                return null;
            }

            if (current.Properties.Count > 0)
            {
                current = current.Property(name)?.Schema;
                text.Append(text.Length == 0 ? "" : ".").Append(name);
            }
            else
            {
                current = current.AdditionalProperties;
                text.Append('[').Append(name).Append(']');
            }

            if (current is null)
            {
                return null;
            }
        }

        return text.ToString();
    }

    private static string? Quoted(string path, int start, out int end)
    {
        end = start;
        if (start >= path.Length || path[start] != '\'')
        {
            return null;
        }

        var text = new StringBuilder();
        for (var i = start + 1; i < path.Length; i++)
        {
            switch (path[i])
            {
                case '\'':
                    end = i + 1;
                    return text.ToString();
                case '\\' when i + 1 < path.Length:
                    var index = "abfnrtv'\\".IndexOf(path[++i], StringComparison.Ordinal);
                    if (index < 0)
                    {
                        return null;
                    }

                    text.Append("\a\b\f\n\r\t\v'\\"[index]);
                    break;
                default:
                    text.Append(path[i]);
                    break;
            }
        }

        return null;
    }
}
