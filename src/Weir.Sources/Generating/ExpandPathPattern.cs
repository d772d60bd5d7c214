using System.Text.RegularExpressions;
using Weir.Flux;

namespace Weir.Sources.Generating;

/// <summary>
/// Turns <c>spec.pathPattern</c> into one set of outputs for each directory that matches: <c>@repo/apps/{app}</c> finds every
/// directory of <c>apps</c>, and <c>{app}</c> stands for its name in the outputs' fields.
/// </summary>
public static partial class ExpandPathPattern
{
    private static readonly Dictionary<string, string> NoLabels = [];

    /// <summary>The outputs; those of the spec as they are when there is no pattern.</summary>
    /// <exception cref="SourceException">The pattern is none, or two directories give one name.</exception>
    public static IReadOnlyList<OutputPlan> Run(ArtifactGenerator generator, IReadOnlyDictionary<string, string> folders)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(folders);
        var outputs = generator.Spec.Artifacts ?? [];
        if (string.IsNullOrEmpty(generator.Spec.PathPattern))
        {
            return [.. outputs.Select(o => new OutputPlan(o, NoLabels))];
        }

        var pattern = generator.Spec.PathPattern;
        var slash = pattern.IndexOf('/', StringComparison.Ordinal);
        if (slash < 2 || !folders.TryGetValue(pattern[1..slash], out var folder))
        {
            throw Invalid(pattern, $"source alias {(slash < 2 ? "" : pattern[1..slash])} not found in local sources");
        }

        var matcher = Matcher(pattern, pattern[(slash + 1)..]);
        var plans = new List<OutputPlan>();
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var directory in Directory.EnumerateDirectories(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var relative = Path.GetRelativePath(folder, directory);
            var match = matcher.Match(relative);
            if (!match.Success)
            {
                continue;
            }

            var raw = matcher.GetGroupNames().Where(n => n != "0").ToDictionary(n => n, n => match.Groups[n].Value);
            var lower = raw.ToDictionary(p => p.Key, p => p.Value.ToLowerInvariant());
            foreach (var output in outputs)
            {
                var plan = Render(pattern, output, lower, raw);
                if (!seen.TryAdd(plan.Output.Name, relative))
                {
                    throw Invalid(pattern, $"directories \"{seen[plan.Output.Name]}\" and \"{relative}\" both resolve to artifact name \"{plan.Output.Name}\"");
                }

                plans.Add(plan);
            }
        }

        return plans;
    }

    private static Regex Matcher(string pattern, string path)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var expression = "^" + Capture().Replace(Regex.Escape(path).Replace("}", "\\}", StringComparison.Ordinal), m =>
        {
            var name = m.Groups["name"].Value;
            if (!CaptureName().IsMatch(name))
            {
                throw Invalid(pattern, $"capture variable \"{name}\" must be a valid capture name matching [A-Za-z_][A-Za-z0-9_]*");
            }

            return names.Add(name) ? $"(?<{name}>[^/]+)" : throw Invalid(pattern, $"duplicate capture variable \"{name}\"");
        }) + "$";
        if (expression.Contains("\\{", StringComparison.Ordinal) || expression.Contains("\\}", StringComparison.Ordinal))
        {
            throw Invalid(pattern, "a brace has no partner");
        }

        return new Regex(expression, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }

    private static OutputPlan Render(string pattern, OutputArtifact output, Dictionary<string, string> lower, Dictionary<string, string> raw)
    {
        string Fill(string text, Dictionary<string, string> values) => Placeholder().Replace(text, m =>
            values.TryGetValue(m.Groups["name"].Value, out var value)
                ? value
                : throw Invalid(pattern, $"artifact {output.Name} uses the unknown placeholder {m.Value}"));

        return new OutputPlan(
            output with
            {
                Name = Fill(output.Name, lower),
                Copy = [.. (output.Copy ?? []).Select(c => c with { From = Fill(c.From, raw), To = Fill(c.To, raw) })],
            },
            lower);
    }

    private static SourceException Invalid(string pattern, string message) =>
        new($"failed to expand path pattern: pathPattern \"{pattern}\": {message}", SourceFailure.InvalidRequest);

    [GeneratedRegex(@"\\\{(?<name>[^{}\\]*)\\\}")]
    private static partial Regex Capture();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex CaptureName();

    [GeneratedRegex(@"\{(?<name>[A-Za-z_][A-Za-z0-9_]*)\}")]
    private static partial Regex Placeholder();
}
