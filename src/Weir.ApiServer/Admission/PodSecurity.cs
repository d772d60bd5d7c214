using Weir.Values;

namespace Weir.ApiServer.Admission;

/// <summary>The three levels of the Pod Security Standards, asked of pods by the labels of their namespace.</summary>
internal static class PodSecurity
{
    private const string Prefix = "pod-security.kubernetes.io/";

    /// <summary>
    /// What a pod violates of a mode (<c>enforce</c>, <c>warn</c>): <c>PodSecurity "restricted:latest": ...</c>, or <see langword="null"/>.
    /// </summary>
    public static string? Violation(Storage.StoredObject ns, string mode, MapValue podSpec)
    {
        var level = ns.Label(Prefix + mode);
        if (level is not ("baseline" or "restricted"))
        {
            return null;
        }

        var found = new List<(string Reason, string Detail)>();
        PodSecurityBaseline.Check(podSpec, isRestricted: level == "restricted", found);
        if (level == "restricted")
        {
            PodSecurityRestricted.Check(podSpec, found);
        }

        return found.Count == 0
            ? null
            : $"PodSecurity \"{level}:{ns.Label($"{Prefix}{mode}-version") ?? "latest"}\": {string.Join(", ", found.Select(f => $"{f.Reason} ({f.Detail})"))}";
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

    /// <summary><c>container "a"</c>, <c>containers "a", "b"</c>.</summary>
    public static string Named(string word, IReadOnlyList<string> names) =>
        $"{word}{(names.Count == 1 ? "" : "s")} {string.Join(", ", names.Select(n => $"\"{n}\""))}";

    /// <summary>The names of the containers that a condition holds for.</summary>
    public static IReadOnlyList<string> Where(MapValue podSpec, Func<MapValue, bool> condition) =>
        [.. Containers(podSpec).Where(condition).Select(c => c.GetString("name") ?? "")];
}
