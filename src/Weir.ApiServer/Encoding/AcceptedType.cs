using System.Globalization;

namespace Weir.ApiServer.Encoding;

/// <summary>One clause of an Accept header.</summary>
internal sealed record AcceptedType(string Type, string As, string Group, string Version, double Quality, bool IsStream, bool IsPretty)
{
    /// <summary>The clauses by falling quality, then as written. An empty header accepts anything.</summary>
    public static IReadOnlyList<AcceptedType> Parse(string? header)
    {
        if (string.IsNullOrWhiteSpace(header))
        {
            return [new("*/*", "", "", "", 1, false, false)];
        }

        var clauses = new List<AcceptedType>();
        foreach (var clause in header.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = clause.Split(';', StringSplitOptions.TrimEntries);
            var (form, group, version, quality, stream, pretty) = ("", "", "", 1.0, false, false);
            foreach (var parameter in parts.AsSpan(1))
            {
                var equals = parameter.IndexOf('=', StringComparison.Ordinal);
                if (equals < 0)
                {
                    continue;
                }

                var value = parameter[(equals + 1)..].Trim('"');
                switch (parameter[..equals])
                {
                    case "as":
                        form = value;
                        break;
                    case "g":
                        group = value;
                        break;
                    case "v":
                        version = value;
                        break;
                    case "q" when double.TryParse(value, CultureInfo.InvariantCulture, out var parsed):
                        quality = parsed;
                        break;
                    case "stream":
                        stream = value == "watch";
                        break;
                    case "pretty":
                        pretty = value == "1";
                        break;
                }
            }

            clauses.Add(new(parts[0].ToLowerInvariant(), form, group, version, quality, stream, pretty));
        }

        return clauses.Count == 0 ? Parse(null) : [.. clauses.OrderByDescending(c => c.Quality)];
    }

    public bool Covers(string mediaType) => Type == mediaType || Type == "*/*"
        || (Type.EndsWith("/*", StringComparison.Ordinal) && mediaType.StartsWith(Type[..^1], StringComparison.Ordinal));
}
