using System.Text;

namespace Weir.Cel;

/// <summary>Kubernetes escapes field names that are no identifiers: <c>a-b</c> is written <c>a__dash__b</c>.</summary>
public static class FieldNames
{
    private static readonly HashSet<string> Reserved =
    [
        "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop",
        "package", "namespace", "return", "var", "void", "while",
    ];

    /// <summary>How a field is written in an expression; <see langword="null"/> when it cannot be.</summary>
    public static string? Escape(string name)
    {
        if (name.Length == 0 || char.IsAsciiDigit(name[0]))
        {
            return null;
        }

        if (Reserved.Contains(name))
        {
            return $"__{name}__";
        }

        StringBuilder? text = null;
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            var escape = c switch
            {
                '_' when i + 1 < name.Length && name[i + 1] == '_' => "__underscores__",
                '.' => "__dot__",
                '-' => "__dash__",
                '/' => "__slash__",
                _ => null,
            };
            if (escape is not null)
            {
                text ??= new StringBuilder(name, 0, i, name.Length + 16);
                text.Append(escape);
                i += c == '_' ? 1 : 0;
            }
            else if (char.IsAsciiLetterOrDigit(c) || c == '_')
            {
                text?.Append(c);
            }
            else
            {
                return null;
            }
        }

        return text?.ToString() ?? name;
    }

    /// <summary>The field that an expression names; <see langword="null"/> when no field is written so.</summary>
    public static string? Unescape(string escaped)
    {
        if (!escaped.Contains("__", StringComparison.Ordinal))
        {
            return escaped;
        }

        // Two underscores, anything but underscores, two underscores: found from the left, one after the other.
        var text = new StringBuilder(escaped.Length);
        for (var i = 0; i < escaped.Length;)
        {
            var end = EscapeEnd(escaped, i);
            if (end < 0)
            {
                text.Append(escaped[i++]);
                continue;
            }

            var word = escaped[(i + 2)..(end - 2)];
            var meant = word switch { "underscores" => "__", "dot" => ".", "dash" => "-", "slash" => "/", _ => null };
            if (meant is null)
            {
                return Reserved.Contains(word) && end - i == escaped.Length ? word : null;
            }

            text.Append(meant);
            i = end;
        }

        return text.ToString();
    }

    /// <summary>The end of the escape that starts here, or less than zero when none does.</summary>
    private static int EscapeEnd(string text, int start)
    {
        if (string.CompareOrdinal(text, start, "__", 0, 2) != 0)
        {
            return -1;
        }

        var end = start + 2;
        while (end < text.Length && text[end] != '_')
        {
            end++;
        }

        return end > start + 2 && string.CompareOrdinal(text, end, "__", 0, 2) == 0 ? end + 2 : -1;
    }
}
