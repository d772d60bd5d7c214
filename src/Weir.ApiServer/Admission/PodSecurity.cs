using System.Globalization;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Admission;

/// <summary>The three levels of the Pod Security Standards, asked of pods by the labels of their namespace.</summary>
internal static class PodSecurity
{
    private const string Prefix = "pod-security.kubernetes.io/";

    /// <summary>
    /// What a pod violates of a mode (<c>enforce</c>, <c>warn</c>): <c>PodSecurity "restricted:latest": ...</c>, or <see langword="null"/>.
    /// </summary>
    public static string? Violation(StoredObject ns, string mode, MapValue podSpec)
    {
        var level = ns.Label(Prefix + mode);
        if (level is not ("baseline" or "restricted"))
        {
            return null;
        }

        var found = Find(level, podSpec);
        return found.Count == 0
            ? null
            : $"PodSecurity \"{level}:{ns.Label($"{Prefix}{mode}-version") ?? "latest"}\": {string.Join(", ", found.Select(f => $"{f.Reason} ({f.Detail})"))}";
    }

    /// <summary>What is wrong with the levels and versions that the labels of a namespace ask for.</summary>
    public static IReadOnlyList<StatusCause> CheckLabels(MapValue ns)
    {
        var causes = new List<StatusCause>();
        foreach (var (key, label) in ns.GetMap("metadata")?.GetMap("labels") ?? [])
        {
            var problem = !key.StartsWith(Prefix, StringComparison.Ordinal) ? null : key[Prefix.Length..] switch
            {
                "enforce" or "audit" or "warn" => label is StringValue { Value: "privileged" or "baseline" or "restricted" } ? null : "must be one of privileged, baseline, restricted",
                "enforce-version" or "audit-version" or "warn-version" => IsVersion(label.ToString() ?? "") ? null : "must be \"latest\" or \"v1.x\"",
                _ => null,
            };
            if (problem is not null)
            {
                causes.Add(new("FieldValueInvalid", $"Invalid value: {ApiStatus.Quote(label.ToString() ?? "")}: {problem}", $"metadata.labels[{key}]"));
            }
        }

        return causes;
    }

    /// <summary>What is to be said when a namespace asks more of pods than before, and pods that it has do not comply.</summary>
    public static IEnumerable<string> Warnings(MapValue ns, MapValue old, IEnumerable<StoredObject> pods)
    {
        var (level, before) = (Level(ns), Level(old));
        if (level is not ("baseline" or "restricted") || (level == before && Version(ns) == Version(old)) || (level == "baseline" && before == "restricted"))
        {
            yield break;
        }

        var violations = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var pod in pods)
        {
            var found = Find(level, pod.Decode().GetMap("spec") ?? []);
            if (found.Count > 0)
            {
                var reasons = string.Join(", ", found.Select(static f => f.Reason));
                (violations.TryGetValue(reasons, out var names) ? names : violations[reasons] = []).Add(pod.Name);
            }
        }

        if (violations.Count == 0)
        {
            yield break;
        }

        yield return $"existing pods in namespace \"{ns.Name()}\" violate the new PodSecurity enforce level \"{level}:{Version(ns)}\"";
        foreach (var (reasons, names) in violations.OrderBy(static v => v.Value[0], StringComparer.Ordinal))
        {
            yield return names.Count switch
            {
                1 => $"{names[0]}: {reasons}",
                2 => $"{names[0]} (and 1 other pod): {reasons}",
                _ => string.Create(CultureInfo.InvariantCulture, $"{names[0]} (and {names.Count - 1} other pods): {reasons}"),
            };
        }
    }

    /// <summary>The containers of all kinds.</summary>
    public static IEnumerable<MapValue> Containers(MapValue podSpec)
    {
        foreach (var list in (string[])["initContainers", "containers", "ephemeralContainers"])
        {
            foreach (var item in podSpec.GetList(list) ?? [])
            {
                if (item is MapValue container)
                {
                    yield return container;
                }
            }
        }
    }

    private static string Level(MapValue ns) => ns.Label($"{Prefix}enforce") ?? "privileged";

    private static string Version(MapValue ns) => ns.Label($"{Prefix}enforce-version") ?? "latest";

    private static bool IsVersion(string text) => text == "latest"
        || (text.StartsWith("v1.", StringComparison.Ordinal) && int.TryParse(text.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out _) && (text == "v1.0" || text[3] != '0'));

    private static List<(string Reason, string Detail)> Find(string level, MapValue podSpec)
    {
        var found = new List<(string Reason, string Detail)>();
        PodSecurityBaseline.Check(podSpec, isRestricted: level == "restricted", found);
        if (level == "restricted")
        {
            PodSecurityRestricted.Check(podSpec, found);
        }

        return found;
    }

    /// <summary><c>container "a"</c>, <c>containers "a", "b"</c>.</summary>
    public static string Named(string word, IReadOnlyList<string> names) =>
        $"{word}{(names.Count == 1 ? "" : "s")} {string.Join(", ", names.Select(n => $"\"{n}\""))}";

    /// <summary>The names of the containers that a condition holds for.</summary>
    public static IReadOnlyList<string> Where(MapValue podSpec, Func<MapValue, bool> condition) =>
        [.. Containers(podSpec).Where(condition).Select(c => c.GetString("name") ?? "")];
}
