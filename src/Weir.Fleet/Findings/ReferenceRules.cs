using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Fleet;

/// <summary>
/// What objects of a cluster refer to and the fleet does not have: ConfigMaps and Secrets of pods, and namespaces. Objects that
/// operators make from others are known by those (ExternalSecret, SealedSecret, Certificate …).
/// </summary>
internal static class ReferenceRules
{
    public const string Rule = "missing-reference";

    private static readonly HashSet<string> GivenNamespaces = new(StringComparer.Ordinal) { "", "default", "kube-system", "kube-public", "kube-node-lease" };

    public static IEnumerable<Finding> Find(BuiltCluster cluster)
    {
        var known = Known(cluster);
        var namespaces = Namespaces(cluster);
        foreach (var unit in cluster.Units)
        {
            foreach (var value in unit.Objects)
            {
                var space = value.Namespace().Length > 0 ? value.Namespace() : unit.Id.Kind == "HelmRelease" ? unit.Id.Namespace : "";
                if (!namespaces.Contains(space))
                {
                    yield return new(
                        Rule, FindingSeverity.Warning, unit.Id, value.Key(), $"the fleet has no Namespace '{space}'", value.Span);
                }

                foreach (var (kind, name) in PodReferences(value))
                {
                    if (!known.Contains((kind, space, name)))
                    {
                        yield return new(
                            Rule, FindingSeverity.Warning, unit.Id, value.Key(), $"its pods need {kind} '{space}/{name}', which the fleet does not have", value.Span);
                    }
                }
            }
        }
    }

    private static HashSet<string> Namespaces(BuiltCluster cluster)
    {
        var names = new HashSet<string>(GivenNamespaces, StringComparer.Ordinal) { "flux-system" };
        foreach (var unit in cluster.Units)
        {
            names.UnionWith(unit.Objects.Where(static o => o.GroupVersionKind() is { Group: "", Kind: "Namespace" }).Select(static o => o.Name()));
            if (unit.Definition.At("spec", "install", "createNamespace") is BoolValue { Value: true })
            {
                var target = unit.Definition.GetMap("spec")!.GetString("targetNamespace");
                names.Add(string.IsNullOrEmpty(target) ? unit.Id.Namespace : target);
            }
        }

        return names;
    }

    private static HashSet<(string Kind, string Space, string Name)> Known(BuiltCluster cluster)
    {
        var known = new HashSet<(string, string, string)>();
        foreach (var unit in cluster.Units)
        {
            foreach (var value in unit.Objects.Concat(unit.Hooks))
            {
                var space = value.Namespace().Length > 0 ? value.Namespace() : unit.Id.Namespace;
                var kind = value.GroupVersionKind();
                switch (kind.Kind)
                {
                    case "ConfigMap" or "Secret" when kind.Group.Length == 0:
                        known.Add((kind.Kind, space, value.Name()));
                        break;
                    case "Certificate":
                        known.Add(("Secret", space, value.At("spec", "secretName")?.ToString() ?? value.Name()));
                        break;
                    default:
                        // Operators name what they make after their own object, or in spec.target.
                        known.Add(("Secret", space, value.At("spec", "target", "name")?.ToString() ?? value.Name()));
                        known.Add(("ConfigMap", space, value.At("spec", "target", "name")?.ToString() ?? value.Name()));
                        break;
                }
            }
        }

        return known;
    }

    private static IEnumerable<(string Kind, string Name)> PodReferences(MapValue value)
    {
        var kind = value.GroupVersionKind();
        var pod = (kind.Group, kind.Kind) switch
        {
            ("", "Pod") => value.GetMap("spec"),
            ("apps", "Deployment" or "StatefulSet" or "DaemonSet" or "ReplicaSet") or ("batch", "Job") => value.At("spec", "template", "spec") as MapValue,
            ("batch", "CronJob") => value.At("spec", "jobTemplate", "spec", "template", "spec") as MapValue,
            _ => null,
        };
        if (pod is null)
        {
            yield break;
        }

        foreach (var volume in Maps(pod, "volumes"))
        {
            foreach (var source in Maps(volume.GetMap("projected"), "sources").Append(volume))
            {
                if (Named("ConfigMap", source.GetMap("configMap"), "name") is { } map)
                {
                    yield return map;
                }

                var secret = source.GetMap("secret");
                if (Named("Secret", secret, "secretName") is { } named)
                {
                    yield return named;
                }

                if (Named("Secret", secret, "name") is { } projected)
                {
                    yield return projected;
                }
            }
        }

        foreach (var container in Maps(pod, "containers").Concat(Maps(pod, "initContainers")))
        {
            var sources = Maps(container, "envFrom").Select(static f => (f.GetMap("configMapRef"), f.GetMap("secretRef")))
                .Concat(Maps(container, "env").Select(static e => e.GetMap("valueFrom")).Select(static f => (f?.GetMap("configMapKeyRef"), f?.GetMap("secretKeyRef"))));
            foreach (var (map, secret) in sources)
            {
                if (Named("ConfigMap", map, "name") is { } config)
                {
                    yield return config;
                }

                if (Named("Secret", secret, "name") is { } named)
                {
                    yield return named;
                }
            }
        }
    }

    private static (string Kind, string Name)? Named(string kind, MapValue? reference, string field) =>
        reference?.GetString(field) is { Length: > 0 } name && reference.GetBool("optional") != true ? (kind, name) : null;

    private static IEnumerable<MapValue> Maps(MapValue? owner, string field) => owner?.GetList(field)?.OfType<MapValue>() ?? [];
}
