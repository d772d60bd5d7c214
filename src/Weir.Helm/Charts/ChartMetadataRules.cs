using System.Text;
using System.Text.RegularExpressions;
using Weir.Values;

namespace Weir.Helm;

/// <summary>What Helm asks of <c>Chart.yaml</c> before it uses a chart.</summary>
internal static partial class ChartMetadataRules
{
    /// <summary>The metadata with spaces made plain and unprintable characters dropped, or the first broken rule in Helm's words.</summary>
    public static (ChartMetadata Metadata, string? Error) Check(ChartMetadata written)
    {
        var metadata = written with
        {
            Name = Sanitize(written.Name),
            Description = Sanitize(written.Description),
            Home = Sanitize(written.Home),
            Icon = Sanitize(written.Icon),
            Condition = Sanitize(written.Condition),
            Tags = Sanitize(written.Tags),
            AppVersion = Sanitize(written.AppVersion),
            KubeVersion = Sanitize(written.KubeVersion),
            Sources = written.Sources is null ? null : [.. written.Sources.Select(Sanitize)],
            Keywords = written.Keywords is null ? null : [.. written.Keywords.Select(Sanitize)],
            Maintainers = written.Maintainers is null ? null : [.. written.Maintainers.Select(Sanitize)],
            Dependencies = written.Dependencies is null ? null : [.. written.Dependencies.Select(Sanitize)],
        };
        return (metadata, FirstError(metadata) is { } error ? "validation: " + error : null);
    }

    private static string? FirstError(ChartMetadata metadata)
    {
        var name = metadata.Name;
        return metadata switch
        {
            { ApiVersion: "" } => "chart.metadata.apiVersion is required",
            { Name: "" } => "chart.metadata.name is required",
            { Name: "." or ".." } => $"chart.metadata.name {GoQuote.Quote(name)} is not allowed",
            _ when name.Contains('/', StringComparison.Ordinal) => $"chart.metadata.name {GoQuote.Quote(name)} is invalid",
            { Version: "" } => "chart.metadata.version is required",
            _ when !SemanticVersion.TryParse(metadata.Version, out _) => $"chart.metadata.version {GoQuote.Quote(metadata.Version)} is invalid",
            { Type: not ("" or "application" or "library") } => "chart.metadata.type must be application or library",
            _ when metadata.Maintainers?.Contains(null) == true => "maintainers must not contain empty or null nodes",
            _ => DependencyError(metadata.Dependencies ?? []),
        };
    }

    private static string? DependencyError(IReadOnlyList<ChartDependency?> dependencies)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var dependency in dependencies)
        {
            if (dependency is null)
            {
                return "dependencies must not contain empty or null nodes";
            }

            if (dependency.Alias.Length > 0 && !AliasPattern().IsMatch(dependency.Alias))
            {
                return $"dependency {GoQuote.Quote(dependency.Name)} has disallowed characters in the alias";
            }

            var key = dependency.Alias.Length > 0 ? dependency.Alias : dependency.Name;
            if (!names.Add(key))
            {
                return $"more than one dependency with name or alias {GoQuote.Quote(key)}";
            }
        }

        return null;
    }

    private static ChartMaintainer? Sanitize(ChartMaintainer? maintainer) =>
        maintainer is null ? null : new(Sanitize(maintainer.Name), Sanitize(maintainer.Email), Sanitize(maintainer.Url));

    private static ChartDependency? Sanitize(ChartDependency? dependency) => dependency is null
        ? null
        : dependency with
        {
            Name = Sanitize(dependency.Name),
            Version = Sanitize(dependency.Version),
            Repository = Sanitize(dependency.Repository),
            Condition = Sanitize(dependency.Condition),
            Tags = dependency.Tags is null ? null : [.. dependency.Tags.Select(Sanitize)],
        };

    private static string Sanitize(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                clean.Append(' ');
            }
            else if (GoQuote.IsPrint(rune))
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]+\\z")]
    private static partial Regex AliasPattern();
}
