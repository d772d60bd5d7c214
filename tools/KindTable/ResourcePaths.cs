using System.Text.Json;

namespace KindTable;

/// <summary>Resources with their verbs and subresources, from the paths of an OpenAPI document.</summary>
internal static class ResourcePaths
{
    internal sealed class Resource
    {
        public required string Group { get; init; }

        public required string Version { get; init; }

        public required string Plural { get; init; }

        public string Kind { get; set; } = "";

        public bool Namespaced { get; set; }

        public int Verbs { get; set; }

        public SortedDictionary<string, Subresource> Subresources { get; } = new(StringComparer.Ordinal);
    }

    internal sealed class Subresource
    {
        public string Group { get; set; } = "";

        public string Version { get; set; } = "";

        public string Kind { get; set; } = "";

        public int Verbs { get; set; }
    }

    // Bits in the order of discovery.
    private static readonly string[] Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    public static List<Resource> Read(JsonElement paths)
    {
        var resources = new SortedDictionary<(string, string, string), Resource>();
        foreach (var path in paths.EnumerateObject())
        {
            var parts = path.Name.Trim('/').Split('/');
            var (group, version, rest) = parts switch
            {
                ["api", var v, .. var r] => ("", v, r),
                ["apis", var g, var v, .. var r] => (g, v, r),
                _ => ("", "", []),
            };
            if (rest.Length == 0 || rest.Contains("{path}"))
            {
                continue;
            }

            var watch = rest[0] == "watch";
            rest = watch ? rest[1..] : rest;
            var namespaced = rest is ["namespaces", "{namespace}", _, ..];
            rest = namespaced ? rest[2..] : rest;

            // Namespaces' own subresources look like namespaced resources only when their parameter is called {namespace}.
            if (!resources.TryGetValue((group, version, rest[0]), out var resource))
            {
                resources[(group, version, rest[0])] = resource = new() { Group = group, Version = version, Plural = rest[0] };
            }

            resource.Namespaced |= namespaced;
            foreach (var operation in path.Value.EnumerateObject())
            {
                if (!operation.Value.ValueKind.Equals(JsonValueKind.Object) || !operation.Value.TryGetProperty("x-kubernetes-action", out var action))
                {
                    continue;
                }

                var kind = operation.Value.TryGetProperty("x-kubernetes-group-version-kind", out var k) ? k : default;
                var verb = Bit(action.GetString()!, operation.Name);
                if (rest.Length == 3)
                {
                    var sub = resource.Subresources.TryGetValue(rest[2], out var s) ? s : resource.Subresources[rest[2]] = new();
                    sub.Verbs |= verb;
                    (sub.Group, sub.Version, sub.Kind) = (kind.GetProperty("group").GetString()!, kind.GetProperty("version").GetString()!, kind.GetProperty("kind").GetString()!);
                }
                else
                {
                    resource.Verbs |= watch ? 1 << 7 : verb;
                    resource.Kind = kind.GetProperty("kind").GetString()!;
                }
            }
        }

        return [.. resources.Values.Where(r => r.Kind.Length > 0)];
    }

    private static int Bit(string action, string method)
    {
        var verb = (action, method) switch
        {
            ("post", _) or ("connect", "post") => "create",
            ("put", _) or ("connect", "put") => "update",
            ("watchlist", _) => "watch",
            ("connect", _) => method,
            _ => action,
        };
        var bit = Array.IndexOf(Verbs, verb);
        return bit < 0 ? 0 : 1 << bit;
    }
}
