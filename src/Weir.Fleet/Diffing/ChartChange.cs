using Weir.Helm;

namespace Weir.Fleet;

/// <summary>What is different in the chart itself that a release takes, besides its version.</summary>
/// <param name="AppVersions">The application's versions before and after, when they differ; else <see langword="null"/>.</param>
/// <param name="Defaults">Default values that differ, of the chart itself.</param>
/// <param name="Files">Templates, CRDs and schemas that differ, each with a sign before its name: <c>+</c>, <c>~</c> or <c>-</c>.</param>
public sealed record ChartChange((string Before, string After)? AppVersions, IReadOnlyList<FieldChange> Defaults, IReadOnlyList<string> Files)
{
    /// <summary>The difference of two charts; <see langword="null"/> when their content is the same.</summary>
    internal static ChartChange? Of(Chart before, Chart after)
    {
        if (ReferenceEquals(before, after))
        {
            return null;
        }

        var old = FilesOf(before);
        var current = FilesOf(after);
        var files = new List<string>();
        foreach (var name in old.Keys.Union(current.Keys).Order(StringComparer.Ordinal))
        {
            var (left, right) = (old.GetValueOrDefault(name), current.GetValueOrDefault(name));
            if (left is null || right is null || !left.Data.Span.SequenceEqual(right.Data.Span))
            {
                files.Add($"{(left is null ? '+' : right is null ? '-' : '~')} {name}");
            }
        }

        var defaults = ValueComparison.Compare(before.Values, after.Values);
        var versions = (before.Metadata.AppVersion, after.Metadata.AppVersion);
        return files.Count == 0 && defaults.Count == 0 && versions.Item1 == versions.Item2
            ? null
            : new(versions.Item1 == versions.Item2 ? null : versions, defaults, files);
    }

    // Values are compared by themselves; texts for people change nothing.
    private static Dictionary<string, ChartFile> FilesOf(Chart chart) => chart.Raw
        .Where(static f => f.Name.Contains("templates/", StringComparison.Ordinal) || f.Name.Contains("crds/", StringComparison.Ordinal) || f.Name.EndsWith("values.schema.json", StringComparison.Ordinal) || f.Name.EndsWith(".tgz", StringComparison.Ordinal))
        .GroupBy(static f => f.Name, StringComparer.Ordinal)
        .ToDictionary(static g => g.Key, static g => g.Last(), StringComparer.Ordinal);
}
