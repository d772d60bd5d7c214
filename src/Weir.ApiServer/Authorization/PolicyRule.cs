using Weir.Values;

namespace Weir.ApiServer.Authorization;

/// <summary>One rule of a role.</summary>
internal sealed record PolicyRule
{
    public IReadOnlyList<string> Verbs { get; init; } = [];

    public IReadOnlyList<string> Groups { get; init; } = [];

    public IReadOnlyList<string> Resources { get; init; } = [];

    public IReadOnlyList<string> Names { get; init; } = [];

    public IReadOnlyList<string> Paths { get; init; } = [];

    public static PolicyRule Read(MapValue rule) => new()
    {
        Verbs = Strings(rule, "verbs"),
        Groups = Strings(rule, "apiGroups"),
        Resources = Strings(rule, "resources"),
        Names = Strings(rule, "resourceNames"),
        Paths = Strings(rule, "nonResourceURLs"),
    };

    public static IReadOnlyList<PolicyRule> ReadAll(ListValue? rules)
    {
        if (rules is null)
        {
            return [];
        }

        var read = new List<PolicyRule>(rules.Count);
        foreach (var rule in rules)
        {
            if (rule is MapValue map)
            {
                read.Add(Read(map));
            }
        }

        return read;
    }

    public bool Allows(AccessAttributes wanted)
    {
        if (!Has(Verbs, wanted.Verb))
        {
            return false;
        }

        return wanted.IsResource
            ? Has(Groups, wanted.Group) && HasResource(wanted) && (Names.Count == 0 || Names.Contains(wanted.Name))
            : HasPath(wanted.Path);
    }

    public MapValue ToValue()
    {
        var value = new MapValue();
        Put(value, "verbs", Verbs);
        Put(value, "apiGroups", Groups);
        Put(value, "resources", Resources);
        Put(value, "resourceNames", Names);
        Put(value, "nonResourceURLs", Paths);
        return value;
    }

    private static bool Has(IReadOnlyList<string> allowed, string wanted)
    {
        for (var i = 0; i < allowed.Count; i++)
        {
            if (allowed[i] == "*" || allowed[i] == wanted)
            {
                return true;
            }
        }

        return false;
    }

    private bool HasResource(AccessAttributes wanted)
    {
        for (var i = 0; i < Resources.Count; i++)
        {
            var resource = Resources[i];
            if (resource == "*" || resource == wanted.QualifiedResource
                || (wanted.Subresource.Length > 0 && resource.StartsWith("*/", StringComparison.Ordinal) && resource.AsSpan(2).SequenceEqual(wanted.Subresource)))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasPath(string path)
    {
        for (var i = 0; i < Paths.Count; i++)
        {
            var allowed = Paths[i];
            if (allowed == "*" || allowed == path || (allowed.EndsWith('*') && path.StartsWith(allowed[..^1], StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    private static IReadOnlyList<string> Strings(MapValue rule, string key)
    {
        if (rule.GetList(key) is not { } list)
        {
            return [];
        }

        var strings = new string[list.Count];
        for (var i = 0; i < strings.Length; i++)
        {
            strings[i] = (list[i] as StringValue)?.Value ?? "";
        }

        return strings;
    }

    private static void Put(MapValue value, string key, IReadOnlyList<string> texts)
    {
        if (texts.Count > 0)
        {
            value[key] = new ListValue(texts.Select(t => (Value)t));
        }
    }
}
