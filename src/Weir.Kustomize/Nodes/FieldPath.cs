using System.Globalization;

namespace Weir.Kustomize.Nodes;

/// <summary>Splits the paths that kustomization files write.</summary>
internal static class FieldPath
{
    /// <summary>Splits at a delimiter; a backslash before it takes it into the part. A leading delimiter counts for nothing.</summary>
    public static string[] Split(string path, char delimiter)
    {
        var parts = path.Split(delimiter);
        var first = parts.Length > 1 && parts[0].Length == 0 ? 1 : 0;
        if (first == 0 && !path.Contains('\\', StringComparison.Ordinal))
        {
            return parts;
        }

        var result = new List<string> { parts[first] };
        for (var i = first + 1; i < parts.Length; i++)
        {
            var last = result[^1];
            if (last.EndsWith('\\'))
            {
                result[^1] = last[..^1] + delimiter + parts[i];
            }
            else
            {
                result.Add(parts[i]);
            }
        }

        return [.. result];
    }

    /// <summary>
    /// Splits at dots but keeps <c>[name=a.b]</c> together; brackets without <c>=</c> around a key are dropped.
    /// </summary>
    public static string[] SplitBracketed(string path)
    {
        var parts = Split(path, '.');
        var result = new List<string>(parts.Length);
        for (var i = 0; i < parts.Length; i++)
        {
            if (!parts[i].StartsWith('[') || parts[i].EndsWith(']'))
            {
                result.Add(parts[i]);
                continue;
            }

            var start = i;
            while (i < parts.Length - 1)
            {
                i++;
                if (parts[i].EndsWith(']'))
                {
                    break;
                }
            }

            var joined = string.Join('.', parts, start, i - start + 1);
            result.Add(joined.Contains('=', StringComparison.Ordinal) ? joined : joined.Trim('[', ']'));
        }

        return [.. result];
    }

    /// <summary>A whole number that is not negative, as an index of a list.</summary>
    public static bool IsIndex(string part) => TryIndex(part, out var index) && index >= 0;

    /// <summary>Any whole number, as Go's <c>Atoi</c> reads it.</summary>
    public static bool TryIndex(string part, out int index) =>
        int.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out index);

    /// <summary><c>[name=value]</c> or <c>[=value]</c>.</summary>
    public static bool IsItemMatch(string part) => part.StartsWith('[') && part.EndsWith(']');

    /// <summary>Name and value of an item match.</summary>
    public static (string Name, string Value) SplitItemMatch(string part)
    {
        var inner = part.EndsWith(']') ? part[..^1] : part;
        inner = inner.StartsWith('[') ? inner[1..] : inner;
        var equals = inner.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0)
        {
            throw new BuildFailure("list path element must contain fieldName=fieldValue for element to match") { Code = "kustomize-field-path" };
        }

        return (inner[..equals], inner[(equals + 1)..]);
    }
}
