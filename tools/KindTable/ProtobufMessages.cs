using System.Text.RegularExpressions;

namespace KindTable;

/// <summary>The messages of the release's generated.proto files, under the names that OpenAPI gives their types.</summary>
internal static partial class ProtobufMessages
{
    /// <summary>One field: its number and name, and the full name of its message type when it has one (else the scalar's name).</summary>
    internal sealed record Field(int Number, string Name, string Type);

    public static Dictionary<string, List<Field>> Load(string sources)
    {
        var messages = new Dictionary<string, List<Field>>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(sources, "generated.proto", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string package = "", message = "";
            foreach (var line in File.ReadLines(file))
            {
                if (line.StartsWith("package ", StringComparison.Ordinal))
                {
                    package = OpenApiName(line[8..].TrimEnd(';'));
                }
                else if (line.StartsWith("message ", StringComparison.Ordinal))
                {
                    message = package + "." + line[8..].TrimEnd('{', ' ');
                    messages[message] = [];
                }
                else if (FieldLine().Match(line) is { Success: true } m)
                {
                    messages[message].Add(new(int.Parse(m.Groups[3].Value, System.Globalization.CultureInfo.InvariantCulture), m.Groups[2].Value, FullType(package, m.Groups[1].Value)));
                }
            }
        }

        return messages;
    }

    private static string FullType(string package, string type)
    {
        type = type.TrimStart('.');
        if (type.StartsWith("map<", StringComparison.Ordinal))
        {
            return type;
        }

        return type.Contains('.', StringComparison.Ordinal) ? OpenApiName(type)
            : char.IsLower(type[0]) ? type
            : package + "." + type;
    }

    private static string OpenApiName(string name) => name
        .Replace("k8s.io.", "io.k8s.", StringComparison.Ordinal)
        .Replace("_", "-", StringComparison.Ordinal);

    [GeneratedRegex(@"^  (?:optional|repeated|required)?\s*(map<[^>]*>|[\w.]+) (\w+) = (\d+)[ ;]")]
    private static partial Regex FieldLine();
}
