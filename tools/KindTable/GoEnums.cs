using System.Text.RegularExpressions;

namespace KindTable;

/// <summary>The values of enumerated string fields, from Go types marked <c>+enum</c>.</summary>
internal static partial class GoEnums
{
    public static Dictionary<(string Type, string Field), string[]> Load(string sources)
    {
        var fields = new Dictionary<(string, string), string[]>();
        var folders = Directory.EnumerateFiles(sources, "types*.go", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith("_test.go", StringComparison.Ordinal) && !f.Contains("swagger", StringComparison.Ordinal))
            .GroupBy(f => Path.GetDirectoryName(f)!);
        var core = new Dictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var folder in folders.OrderBy(f => !f.Key.EndsWith("core/v1", StringComparison.Ordinal)).ThenBy(f => f.Key, StringComparer.Ordinal))
        {
            var values = new Dictionary<string, SortedSet<string>>(StringComparer.Ordinal);
            var lines = folder.SelectMany(File.ReadAllLines).ToList();
            CollectEnums(lines, values);
            if (folder.Key.EndsWith("core/v1", StringComparison.Ordinal))
            {
                core = values;
            }

            var package = PackageName(folder.Key);
            if (package is not null)
            {
                CollectFields(lines, package, values, core, fields);
            }
        }

        return fields;
    }

    private static void CollectEnums(List<string> lines, Dictionary<string, SortedSet<string>> values)
    {
        var marked = false;
        foreach (var line in lines)
        {
            if (line.StartsWith("//", StringComparison.Ordinal))
            {
                marked |= line.Trim() == "// +enum";
            }
            else
            {
                if (marked && EnumType().Match(line) is { Success: true } type)
                {
                    values[type.Groups[1].Value] = new(StringComparer.Ordinal);
                }

                marked = false;
            }
        }

        foreach (var line in lines)
        {
            if (Constant().Match(line) is { Success: true } constant && values.TryGetValue(constant.Groups[1].Value, out var set))
            {
                set.Add(constant.Groups[2].Value);
            }
        }
    }

    private static void CollectFields(
        List<string> lines,
        string package,
        Dictionary<string, SortedSet<string>> values,
        Dictionary<string, SortedSet<string>> core,
        Dictionary<(string, string), string[]> fields)
    {
        var type = "";
        foreach (var line in lines)
        {
            if (StructType().Match(line) is { Success: true } start)
            {
                type = start.Groups[1].Value;
            }
            else if (StructField().Match(line) is { Success: true } field)
            {
                var name = field.Groups[1].Value.TrimStart('*', '[', ']', '*');
                var isList = field.Groups[1].Value.StartsWith('[');
                var known = name.StartsWith("v1.", StringComparison.Ordinal) || name.StartsWith("corev1.", StringComparison.Ordinal) ? core : values;
                if (known.TryGetValue(name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..], out var set) && set.Count > 0)
                {
                    fields[($"{package}.{type}", field.Groups[2].Value + (isList ? "[]" : ""))] = [.. set];
                }
            }
        }
    }

    private static string? PackageName(string folder)
    {
        var parts = folder.Replace('\\', '/').Split('/');
        var (group, version) = (parts[^2], parts[^1]);
        return folder.Contains("/api/", StringComparison.Ordinal) ? $"io.k8s.api.{group}.{version}"
            : folder.Contains("/apiextensions-apiserver/", StringComparison.Ordinal) ? $"io.k8s.apiextensions-apiserver.pkg.apis.{group}.{version}"
            : folder.Contains("/kube-aggregator/", StringComparison.Ordinal) ? $"io.k8s.kube-aggregator.pkg.apis.{group}.{version}"
            : null;
    }

    [GeneratedRegex(@"^type (\w+) string")]
    private static partial Regex EnumType();

    [GeneratedRegex(@"^(?:const)?\s+\w+\s+(\w+)\s+=\s+""([^""]*)""")]
    private static partial Regex Constant();

    [GeneratedRegex(@"^type (\w+) struct")]
    private static partial Regex StructType();

    [GeneratedRegex(@"^\s+\w+\s+([\w.*\[\]]+)\s+`.*json:""(\w+)[,""]")]
    private static partial Regex StructField();
}
