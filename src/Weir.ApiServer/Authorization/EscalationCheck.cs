using Weir.ApiServer.Authentication;
using Weir.ApiServer.Statuses;
using Weir.Values;

namespace Weir.ApiServer.Authorization;

/// <summary>Nobody grants what he does not hold: roles and bindings are refused that would give more than their author has.</summary>
internal sealed class EscalationCheck(RbacAuthorizer authorizer)
{
    /// <summary>Checks a role or binding that is about to be written.</summary>
    public void Check(string plural, string ns, MapValue value, UserInfo user)
    {
        if (user.IsMaster)
        {
            return;
        }

        var name = value.GetMap("metadata")?.GetString("name") ?? "";
        IReadOnlyList<PolicyRule> rules;
        if (plural is "roles" or "clusterroles")
        {
            if (Holds(user, "escalate", ns, plural, name))
            {
                return;
            }

            rules = PolicyRule.ReadAll(value.GetList("rules"));
        }
        else
        {
            var role = value.GetMap("roleRef") ?? [];
            var (kind, roleName) = (role.GetString("kind") ?? "", role.GetString("name") ?? "");
            var rolePlural = kind == "ClusterRole" ? "clusterroles" : "roles";
            if (Holds(user, "bind", ns, rolePlural, roleName))
            {
                return;
            }

            rules = authorizer.RulesOf(kind, ns, roleName) ?? throw ApiStatus.NotFound(RbacAuthorizer.Group, rolePlural, roleName).ToException();
        }

        var missing = Missing(authorizer.RulesFor(user, ns, out var error), rules);
        if (missing.Count == 0)
        {
            return;
        }

        var groups = string.Join(' ', user.Groups.Select(GoQuote.Quote));
        throw ApiStatus.Forbidden(RbacAuthorizer.Group, plural, name,
            $"user {GoQuote.Quote(user.Name)} (groups=[{groups}]) is attempting to grant RBAC permissions not currently held:\n{string.Join('\n', missing)}"
            + (error.Length > 0 ? $"; resolution errors: [{error}]" : "")).ToException();
    }

    private bool Holds(UserInfo user, string verb, string ns, string resource, string name) => authorizer.Authorize(new AccessAttributes
    {
        User = user,
        Verb = verb,
        Group = RbacAuthorizer.Group,
        Version = "v1",
        Namespace = ns,
        Resource = resource,
        Name = name,
    }).IsAllowed;

    /// <summary>What the rules grant beyond those that are held, as text: one line for each resource.</summary>
    private static IReadOnlyList<string> Missing(IReadOnlyList<PolicyRule> held, IReadOnlyList<PolicyRule> wanted)
    {
        var verbs = new Dictionary<(string Group, string Resource, string Path, string Name), List<string>>();
        foreach (var part in wanted.SelectMany(Parts))
        {
            if (held.Any(h => Covers(h, part)))
            {
                continue;
            }

            var key = (First(part.Groups), First(part.Resources), First(part.Paths), First(part.Names));
            if (!verbs.TryGetValue(key, out var list))
            {
                verbs.Add(key, list = []);
            }

            if (!list.Contains(part.Verbs[0]))
            {
                list.Add(part.Verbs[0]);
            }
        }

        return [.. verbs.Select(static v => Text(v.Key, v.Value)).Order(StringComparer.Ordinal)];
    }

    private static string First(IReadOnlyList<string> texts) => texts.Count == 0 ? "" : texts[0];

    private static string Text((string Group, string Resource, string Path, string Name) key, List<string> verbs)
    {
        var parts = new List<string>();
        if (key.Path.Length > 0)
        {
            parts.Add($"NonResourceURLs:[{GoQuote.Quote(key.Path)}]");
        }
        else
        {
            parts.Add($"APIGroups:[{GoQuote.Quote(key.Group)}]");
            parts.Add($"Resources:[{GoQuote.Quote(key.Resource)}]");
            if (key.Name.Length > 0)
            {
                parts.Add($"ResourceNames:[{GoQuote.Quote(key.Name)}]");
            }
        }

        parts.Add($"Verbs:[{string.Join(' ', verbs.Select(GoQuote.Quote))}]");
        return $"{{{string.Join(", ", parts)}}}";
    }

    /// <summary>A rule as rules of one verb on one thing.</summary>
    private static IEnumerable<PolicyRule> Parts(PolicyRule rule)
    {
        foreach (var path in rule.Paths)
        {
            foreach (var verb in rule.Verbs)
            {
                yield return new PolicyRule { Verbs = [verb], Paths = [path] };
            }
        }

        foreach (var group in rule.Groups)
        {
            foreach (var resource in rule.Resources)
            {
                foreach (var verb in rule.Verbs)
                {
                    if (rule.Names.Count == 0)
                    {
                        yield return new PolicyRule { Verbs = [verb], Groups = [group], Resources = [resource] };
                    }

                    foreach (var name in rule.Names)
                    {
                        yield return new PolicyRule { Verbs = [verb], Groups = [group], Resources = [resource], Names = [name] };
                    }
                }
            }
        }
    }

    private static bool Covers(PolicyRule held, PolicyRule part)
    {
        if (!Has(held.Verbs, part.Verbs[0]))
        {
            return false;
        }

        if (part.Paths.Count > 0)
        {
            return held.Paths.Any(p => p == "*" || p == part.Paths[0] || (p.EndsWith('*') && part.Paths[0].StartsWith(p[..^1], StringComparison.Ordinal)));
        }

        return Has(held.Groups, part.Groups[0]) && HasResource(held.Resources, part.Resources[0])
            && (held.Names.Count == 0 || (part.Names.Count > 0 && held.Names.Contains(part.Names[0])));
    }

    private static bool HasResource(IReadOnlyList<string> held, string resource)
    {
        var slash = resource.IndexOf('/', StringComparison.Ordinal);
        return Has(held, resource) || (slash >= 0 && held.Contains($"*{resource[slash..]}"));
    }

    private static bool Has(IReadOnlyList<string> held, string wanted) => held.Contains("*") || held.Contains(wanted);
}
