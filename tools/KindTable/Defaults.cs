namespace KindTable;

/// <summary>Default values of fields, by type name and field, from the schema that client-go embeds (a small, regular YAML text).</summary>
internal static class Defaults
{
    public static Dictionary<(string Type, string Field), string> Load(string path)
    {
        var defaults = new Dictionary<(string, string), string>();
        string type = "", field = "";
        foreach (var line in File.ReadLines(path))
        {
            if (line.StartsWith("- name: ", StringComparison.Ordinal))
            {
                type = line[8..];
            }
            else if (line.StartsWith("    - name: ", StringComparison.Ordinal))
            {
                field = line[12..].Trim('"');
            }
            else if (line.StartsWith("      default: ", StringComparison.Ordinal))
            {
                var text = line[15..];
                if (text != "{}")
                {
                    defaults[(type, field)] = text.Trim('"');
                }
            }
        }

        return defaults;
    }
}
