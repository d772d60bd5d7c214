using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Which requests a policy or binding is about: <c>matchConstraints</c> and <c>matchResources</c>.</summary>
public sealed class AdmissionMatching
{
    private readonly LabelSelector _namespaces;
    private readonly LabelSelector _objects;
    private readonly ListValue _rules;
    private readonly ListValue _exclusions;
    private readonly bool _isExact;

    public AdmissionMatching(MapValue value)
    {
        _namespaces = LabelSelector.Read(value.GetMap("namespaceSelector")) ?? LabelSelector.Everything;
        _objects = LabelSelector.Read(value.GetMap("objectSelector")) ?? LabelSelector.Everything;
        _rules = value.GetList("resourceRules") ?? [];
        _exclusions = value.GetList("excludeResourceRules") ?? [];
        _isExact = value.GetString("matchPolicy") == "Exact";
    }

    public bool Matches(AdmissionRequest request, AdmissionWorld world) => MatchedVersion(request, world) is not null;

    /// <summary>
    /// The version in which the request is asked for: its own when a rule names that, else, unless the match is exact, the first other
    /// one that a rule names. <see langword="null"/> when the request is none of theirs.
    /// </summary>
    public string? MatchedVersion(AdmissionRequest request, AdmissionWorld world)
    {
        if (!MatchesNamespace(request, world) || !MatchesObject(request) || Matched(_exclusions, request) is not null)
        {
            return null;
        }

        return _rules.Count == 0 ? request.Kind.Version : Matched(_rules, request);
    }

    private bool MatchesNamespace(AdmissionRequest request, AdmissionWorld world)
    {
        if (_namespaces.IsEverything || (request.Namespace.Length == 0 && !request.IsNamespaceItself))
        {
            return true;
        }

        var space = request is { IsNamespaceItself: true, Operation: "CREATE" or "UPDATE", Subresource: "" }
            ? request.Object
            : world.FindNamespace(request.IsNamespaceItself ? request.Name : request.Namespace);
        return _namespaces.Matches(Labels(space));
    }

    private bool MatchesObject(AdmissionRequest request) => _objects.IsEverything
        || (request.Object is not null && _objects.Matches(Labels(request.Object)))
        || (request.OldObject is not null && _objects.Matches(Labels(request.OldObject)));

    private string? Matched(ListValue rules, AdmissionRequest request)
    {
        if (MatchesAny(rules, request, request.Kind.Version))
        {
            return request.Kind.Version;
        }

        return _isExact ? null : request.OtherVersions.FirstOrDefault(v => MatchesAny(rules, request, v));
    }

    private static bool MatchesAny(ListValue rules, AdmissionRequest request, string version)
    {
        foreach (var item in rules)
        {
            if (item is MapValue rule && MatchesRule(rule, request, version)
                && (rule.GetList("resourceNames") is not { Count: > 0 } names || names.Contains(new StringValue(request.Name))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool MatchesRule(MapValue rule, AdmissionRequest request, string version)
    {
        var isInNamespace = request.Namespace.Length > 0 && !request.IsNamespaceItself;
        return rule.GetString("scope") switch { "Namespaced" => isInNamespace, "Cluster" => !isInNamespace, _ => true }
            && Has(rule, "operations", request.Operation) && Has(rule, "apiGroups", request.Kind.Group)
            && Has(rule, "apiVersions", version) && MatchesResource(rule, request);
    }

    private static bool MatchesResource(MapValue rule, AdmissionRequest request)
    {
        foreach (var item in rule.GetList("resources") ?? [])
        {
            var text = (item as StringValue)?.Value ?? "";
            var slash = text.IndexOf('/', StringComparison.Ordinal);
            var (resource, part) = slash < 0 ? (text, "") : (text[..slash], text[(slash + 1)..]);
            if ((resource == "*" || resource == request.Resource) && (part == "*" || part == request.Subresource))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Has(MapValue rule, string key, string wanted)
    {
        foreach (var item in rule.GetList(key) ?? [])
        {
            if (item is StringValue { Value: var text } && (text == "*" || text == wanted))
            {
                return true;
            }
        }

        return false;
    }

    private static MapValue? Labels(MapValue? value) => value?.GetMap("metadata")?.GetMap("labels");
}
