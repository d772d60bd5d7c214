using Weir.Values;

namespace Weir.ApiServer.Admission;

/// <summary>What the restricted level asks beyond the baseline.</summary>
internal static class PodSecurityRestricted
{
    private static readonly HashSet<string> VolumeTypes = new(StringComparer.Ordinal)
    {
        "name", "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim", "projected", "secret",
    };

    public static void Check(MapValue spec, List<(string Reason, string Detail)> found)
    {
        var escalating = PodSecurity.Where(spec, static c => c.At("securityContext", "allowPrivilegeEscalation") is not BoolValue { Value: false });
        if (escalating.Count > 0)
        {
            found.Add(("allowPrivilegeEscalation != false", $"{PodSecurity.Named("container", escalating)} must set securityContext.allowPrivilegeEscalation=false"));
        }

        Capabilities(spec, found);
        Volumes(spec, found);
        NonRoot(spec, found);
        User(spec, found);
        Seccomp(spec, found);
    }

    private static void Capabilities(MapValue spec, List<(string Reason, string Detail)> found)
    {
        var details = new List<string>();
        var keeping = PodSecurity.Where(spec, static c => (c.At("securityContext", "capabilities", "drop") as ListValue)?.Contains(new StringValue("ALL")) != true);
        if (keeping.Count > 0)
        {
            details.Add($"{PodSecurity.Named("container", keeping)} must set securityContext.capabilities.drop=[\"ALL\"]");
        }

        var added = new SortedSet<string>(StringComparer.Ordinal);
        var adding = PodSecurity.Where(spec, c =>
        {
            var wrong = (c.At("securityContext", "capabilities", "add") as ListValue ?? []).Select(v => (v as StringValue)?.Value ?? "").Where(v => v != "NET_BIND_SERVICE").ToList();
            added.UnionWith(wrong);
            return wrong.Count > 0;
        });
        if (adding.Count > 0)
        {
            details.Add($"{PodSecurity.Named("container", adding)} must not include {string.Join(", ", added.Select(a => $"\"{a}\""))} in securityContext.capabilities.add");
        }

        if (details.Count > 0)
        {
            found.Add(("unrestricted capabilities", string.Join("; ", details)));
        }
    }

    private static void Volumes(MapValue spec, List<(string Reason, string Detail)> found)
    {
        var (names, types) = (new List<string>(), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var volume in (spec.GetList("volumes") ?? []).OfType<MapValue>())
        {
            if (volume.Keys.FirstOrDefault(k => !VolumeTypes.Contains(k)) is { } type)
            {
                names.Add(volume.GetString("name") ?? "");
                types.Add(type);
            }
        }

        if (names.Count > 0)
        {
            found.Add(("restricted volume types",
                $"{PodSecurity.Named("volume", names)} {(names.Count == 1 ? "uses" : "use")} restricted volume {PodSecurity.Named("type", [.. types])}"));
        }
    }

    private static void NonRoot(MapValue spec, List<(string Reason, string Detail)> found)
    {
        const string reason = "runAsNonRoot != true";
        var forPod = spec.At("securityContext", "runAsNonRoot") as BoolValue;
        var (wrong, unset) = (new List<string>(), new List<string>());
        foreach (var container in PodSecurity.Containers(spec))
        {
            var name = container.GetString("name") ?? "";
            switch (container.At("securityContext", "runAsNonRoot"))
            {
                case BoolValue { Value: false }:
                    wrong.Add(name);
                    break;
                case BoolValue:
                    break;
                default:
                    unset.Add(name);
                    break;
            }
        }

        if (wrong.Count > 0 || (forPod is { Value: false } && unset.Count > 0))
        {
            var details = new List<string>();
            if (forPod is { Value: false } && unset.Count > 0)
            {
                details.Add("pod must not set securityContext.runAsNonRoot=false");
            }

            if (wrong.Count > 0)
            {
                details.Add($"{PodSecurity.Named("container", wrong)} must not set securityContext.runAsNonRoot=false");
            }

            found.Add((reason, string.Join("; ", details)));
        }
        else if (forPod is not { Value: true } && unset.Count > 0)
        {
            found.Add((reason, $"pod or {PodSecurity.Named("container", unset)} must set securityContext.runAsNonRoot=true"));
        }
    }

    private static void User(MapValue spec, List<(string Reason, string Detail)> found)
    {
        var details = new List<string>();
        if (spec.At("securityContext", "runAsUser") is IntValue { Value: 0 })
        {
            details.Add("pod must not set runAsUser=0");
        }

        var names = PodSecurity.Where(spec, static c => c.At("securityContext", "runAsUser") is IntValue { Value: 0 });
        if (names.Count > 0)
        {
            details.Add($"{PodSecurity.Named("container", names)} must not set runAsUser=0");
        }

        if (details.Count > 0)
        {
            found.Add(("runAsUser=0", string.Join("; ", details)));
        }
    }

    private static void Seccomp(MapValue spec, List<(string Reason, string Detail)> found)
    {
        const string reason = "seccompProfile";
        var forPod = (spec.At("securityContext", "seccompProfile", "type") as StringValue)?.Value;
        var (wrong, unset) = (new List<string>(), new List<string>());
        var values = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var container in PodSecurity.Containers(spec))
        {
            var name = container.GetString("name") ?? "";
            switch ((container.At("securityContext", "seccompProfile", "type") as StringValue)?.Value)
            {
                case null:
                    unset.Add(name);
                    break;
                case "RuntimeDefault" or "Localhost":
                    break;
                case var other:
                    wrong.Add(name);
                    values.Add(other);
                    break;
            }
        }

        if (wrong.Count > 0)
        {
            found.Add((reason, $"{PodSecurity.Named("container", wrong)} must not set securityContext.seccompProfile.type to {string.Join(", ", values.Select(v => $"\"{v}\""))}"));
        }
        else if (forPod is not (null or "RuntimeDefault" or "Localhost"))
        {
            found.Add((reason, $"pod must not set securityContext.seccompProfile.type to \"{forPod}\""));
        }
        else if (forPod is null && unset.Count > 0)
        {
            found.Add((reason, $"pod or {PodSecurity.Named("container", unset)} must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\""));
        }
    }
}
