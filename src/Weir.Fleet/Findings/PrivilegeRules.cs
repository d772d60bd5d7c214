using Weir.Values;

namespace Weir.Fleet;

/// <summary>What an object may do after a change and could not do before.</summary>
internal static class PrivilegeRules
{
    public static IEnumerable<(string Rule, string Message)> Find(MapValue? before, MapValue? after)
    {
        if (after is null)
        {
            return [];
        }

        var old = Of(before);
        return Of(after).Where(p => !old.Contains(p)).Distinct();
    }

    private static HashSet<(string Rule, string Message)> Of(MapValue? value)
    {
        var found = new HashSet<(string, string)>();
        if (value is null)
        {
            return found;
        }

        if (value.GetString("kind") is "Role" or "ClusterRole")
        {
            Rules(value, found);
        }
        else if (value.GetString("kind") is "RoleBinding" or "ClusterRoleBinding" && value.GetMap("roleRef")?.GetString("name") is "cluster-admin")
        {
            found.Add(("rbac-widening", "it binds cluster-admin"));
        }
        else if (value.GetMap("spec") is { } spec)
        {
            Pods(spec, found);
        }

        return found;
    }

    private static void Rules(MapValue role, HashSet<(string, string)> found)
    {
        foreach (var rule in role.GetList("rules")?.OfType<MapValue>() ?? [])
        {
            foreach (var (field, what) in new[] { ("verbs", "every verb"), ("resources", "every resource"), ("apiGroups", "every API group") })
            {
                if (Texts(rule, field).Contains("*"))
                {
                    found.Add(("rbac-widening", $"it allows {what}"));
                }
            }

            if (Texts(rule, "resources").Contains("secrets") && Texts(rule, "verbs").Any(static v => v is "get" or "list" or "watch" or "*"))
            {
                found.Add(("rbac-widening", "it allows reading Secrets"));
            }

            foreach (var verb in Texts(rule, "verbs").Where(static v => v is "escalate" or "bind" or "impersonate"))
            {
                found.Add(("rbac-widening", $"it allows the verb {verb}"));
            }
        }
    }

    private static void Pods(MapValue spec, HashSet<(string, string)> found)
    {
        foreach (var nested in new[] { spec.At("template", "spec"), spec.At("jobTemplate", "spec", "template", "spec") })
        {
            if (nested is MapValue inner)
            {
                Pods(inner, found);
            }
        }

        foreach (var field in new[] { "hostNetwork", "hostPID", "hostIPC" })
        {
            if (spec.GetBool(field) == true)
            {
                found.Add(("privilege-widening", $"pods use the node's namespaces ({field})"));
            }
        }

        foreach (var volume in spec.GetList("volumes")?.OfType<MapValue>() ?? [])
        {
            if (volume.GetMap("hostPath")?.GetString("path") is { } path)
            {
                found.Add(("privilege-widening", $"pods mount {path} of the node"));
            }
        }

        foreach (var list in new[] { "containers", "initContainers" })
        {
            foreach (var container in spec.GetList(list)?.OfType<MapValue>() ?? [])
            {
                var context = container.GetMap("securityContext");
                if (context?.GetBool("privileged") == true)
                {
                    found.Add(("privilege-widening", $"container {container.GetString("name")} is privileged"));
                }

                if (context?.GetBool("allowPrivilegeEscalation") == true)
                {
                    found.Add(("privilege-widening", $"container {container.GetString("name")} may gain privileges"));
                }

                foreach (var capability in context?.GetMap("capabilities") is { } c ? Texts(c, "add") : [])
                {
                    found.Add(("privilege-widening", $"container {container.GetString("name")} gets the capability {capability}"));
                }
            }
        }
    }

    private static IEnumerable<string> Texts(MapValue map, string field) =>
        map.GetList(field)?.OfType<StringValue>().Select(static s => s.Value) ?? [];
}
