using System.Globalization;
using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Services. Addresses and node ports are given out by whoever stores them.</summary>
internal sealed class ServiceKind : BuiltInKind
{
    public override void Default(MapValue value)
    {
        var spec = value.GetOrAddMap("spec");
        SetDefault(spec, "sessionAffinity", "None");
        SetDefault(spec, "type", "ClusterIP");
        var type = spec.GetString("type");
        if (spec.GetString("sessionAffinity") == "ClientIP")
        {
            SetDefault(spec.GetOrAddMap("sessionAffinityConfig").GetOrAddMap("clientIP"), "timeoutSeconds", 10800);
        }

        foreach (var item in spec.GetList("ports") ?? [])
        {
            if (item is MapValue port)
            {
                SetDefault(port, "protocol", "TCP");
                if (port["targetPort"] is null or NullValue or IntValue { Value: 0 } or StringValue { Value.Length: 0 })
                {
                    port["targetPort"] = port["port"] ?? 0;
                }
            }
        }

        if (type is "NodePort" or "LoadBalancer")
        {
            SetDefault(spec, "externalTrafficPolicy", "Cluster");
        }

        if (type != "ExternalName")
        {
            SetDefault(spec, "internalTrafficPolicy", "Cluster");
        }

        if (type == "LoadBalancer")
        {
            SetDefault(spec, "allocateLoadBalancerNodePorts", true);
            foreach (var ingress in (value.At("status", "loadBalancer", "ingress") as ListValue ?? []).OfType<MapValue>())
            {
                if (ingress.GetString("ip") is { Length: > 0 })
                {
                    SetDefault(ingress, "ipMode", "VIP");
                }
            }
        }
    }

    public override void PrepareCreate(MapValue value)
    {
        var spec = value.GetOrAddMap("spec");
        Normalize(spec, null);
        DropForeign(spec);
    }

    /// <summary>What was given out before stays when the client says nothing of it; what the new type has no use for goes.</summary>
    public override void PrepareUpdate(MapValue value, MapValue old)
    {
        var (spec, before) = (value.GetOrAddMap("spec"), old.GetMap("spec") ?? []);
        KeepGiven(spec, before);
        Normalize(spec, before);
        DropUnused(spec, before);
        if (spec.GetString("type") != "LoadBalancer")
        {
            value.GetOrAddMap("status")["loadBalancer"] = new MapValue();
        }
    }

    public override void ValidateUpdate(MapValue value, MapValue old, ICollection<FieldError> errors)
    {
        var (spec, before) = (value.GetMap("spec") ?? [], old.GetMap("spec") ?? []);
        if (!NeedsAddress(spec) || !NeedsAddress(before))
        {
            return;
        }

        var (addresses, given) = (spec.GetList("clusterIPs") ?? [], before.GetList("clusterIPs") ?? []);
        if (given.Count > 0 && (addresses.Count == 0 || !Value.DeepEquals(addresses[0], given[0])))
        {
            errors.Add(FieldError.Invalid("spec.clusterIPs[0]", addresses, "may not change once set"));
        }
    }

    /// <summary>True for services that have an address in the cluster, or say that they want none.</summary>
    private static bool NeedsAddress(MapValue spec) => spec.GetString("type") is "ClusterIP" or "NodePort" or "LoadBalancer";

    private static bool NeedsNodePorts(MapValue spec) => spec.GetString("type") == "NodePort"
        || (spec.GetString("type") == "LoadBalancer" && spec.GetBool("allocateLoadBalancerNodePorts") != false);

    private static bool NeedsHealthPort(MapValue spec) =>
        spec.GetString("type") == "LoadBalancer" && spec.GetString("externalTrafficPolicy") == "Local";

    private static void KeepGiven(MapValue spec, MapValue before)
    {
        if (NeedsAddress(spec) && NeedsAddress(before))
        {
            if (spec.GetString("clusterIP") is not { Length: > 0 } && before["clusterIP"] is { } address)
            {
                spec["clusterIP"] = address;
            }

            if (spec.GetList("clusterIPs") is not { Count: > 0 } && before.GetList("clusterIPs") is { } addresses && Value.DeepEquals(spec["clusterIP"], before["clusterIP"]))
            {
                spec["clusterIPs"] = addresses.DeepClone();
            }
        }

        if (NeedsNodePorts(spec) && NeedsNodePorts(before))
        {
            foreach (var port in (spec.GetList("ports") ?? []).OfType<MapValue>())
            {
                var name = port.GetString("name") ?? "";
                var given = (before.GetList("ports") ?? []).OfType<MapValue>().FirstOrDefault(p => (p.GetString("name") ?? "") == name)?["nodePort"];
                if (port.GetInt("nodePort") is null or 0 && given is not null)
                {
                    port["nodePort"] = given;
                }
            }
        }

        if (NeedsHealthPort(spec) && NeedsHealthPort(before) && before["healthCheckNodePort"] is { } health)
        {
            SetDefault(spec, "healthCheckNodePort", health);
        }
    }

    /// <summary>The first of the addresses is the address; a client may have written one or the other.</summary>
    private static void Normalize(MapValue spec, MapValue? before)
    {
        var address = spec.GetString("clusterIP") ?? "";
        var addresses = spec.GetList("clusterIPs");
        if (before is null)
        {
            if (address.Length > 0 && addresses is not { Count: > 0 })
            {
                spec["clusterIPs"] = new ListValue { address };
            }

            return;
        }

        var old = before.GetString("clusterIP") ?? "";
        if (address.Length == 0 && old.Length > 0 && Value.DeepEquals(addresses, before["clusterIPs"]))
        {
            spec.Remove("clusterIPs");
        }
        else if (address.Length > 0 && address != old && Value.DeepEquals(spec["clusterIPs"] ?? NullValue.Instance, before["clusterIPs"] ?? NullValue.Instance))
        {
            spec["clusterIPs"] = new ListValue { address };
        }
        else if (address.Length > 0 && addresses is not { Count: > 0 })
        {
            spec["clusterIPs"] = new ListValue { address };
        }
    }

    private static void DropUnused(MapValue spec, MapValue before)
    {
        if (NeedsAddress(before) && !NeedsAddress(spec))
        {
            foreach (var key in (ReadOnlySpan<string>)["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"])
            {
                DropSame(spec, before, key);
            }
        }

        if (NeedsNodePorts(before) && !NeedsNodePorts(spec))
        {
            foreach (var port in (spec.GetList("ports") ?? []).OfType<MapValue>())
            {
                port.Remove("nodePort");
            }
        }

        if (NeedsHealthPort(before) && !NeedsHealthPort(spec))
        {
            DropSame(spec, before, "healthCheckNodePort");
        }

        if (before.GetString("type") == "LoadBalancer" && spec.GetString("type") != "LoadBalancer")
        {
            DropSame(spec, before, "allocateLoadBalancerNodePorts");
            DropSame(spec, before, "loadBalancerClass");
        }

        DropForeign(spec);
    }

    private static void DropForeign(MapValue spec)
    {
        if (spec.GetString("type") is not ("NodePort" or "LoadBalancer"))
        {
            spec.Remove("externalTrafficPolicy");
        }

        if (!NeedsAddress(spec))
        {
            spec.Remove("internalTrafficPolicy");
        }
    }

    private static void DropSame(MapValue spec, MapValue before, string key)
    {
        if (Value.DeepEquals(spec[key] ?? NullValue.Instance, before[key] ?? NullValue.Instance))
        {
            spec.Remove(key);
        }
    }

    public override void Validate(MapValue value, ICollection<FieldError> errors)
    {
        var spec = value.GetMap("spec") ?? [];
        var type = spec.GetString("type");
        PodValidation.Supported(spec, "type", "spec", ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"], errors);
        PodValidation.Supported(spec, "sessionAffinity", "spec", ["ClientIP", "None"], errors);
        var ports = spec.GetList("ports") ?? [];
        if (ports.Count == 0 && type != "ExternalName" && spec.GetString("clusterIP") != "None")
        {
            errors.Add(FieldError.Required("spec.ports"));
        }

        if (type == "ExternalName" && spec.GetString("externalName") is not { Length: > 0 })
        {
            errors.Add(FieldError.Required("spec.externalName"));
        }

        if (type != "LoadBalancer" && value.At("status", "loadBalancer", "ingress") is ListValue { Count: > 0 })
        {
            errors.Add(FieldError.Forbidden("status.loadBalancer.ingress", "may only be used when `spec.type` is 'LoadBalancer'"));
        }

        if (NeedsAddress(spec))
        {
            var addresses = spec.GetList("clusterIPs") ?? [];
            for (var i = 0; i < addresses.Count; i++)
            {
                var address = (addresses[i] as StringValue)?.Value ?? "";
                if (address != "None" && !IsAddress(address))
                {
                    errors.Add(FieldError.Invalid(string.Create(CultureInfo.InvariantCulture, $"spec.clusterIPs[{i}]"), address,
                        "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"));
                }
            }
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        var places = new HashSet<(long, string)>();
        for (var i = 0; i < ports.Count; i++)
        {
            Port((MapValue)ports[i], string.Create(CultureInfo.InvariantCulture, $"spec.ports[{i}]"), ports.Count > 1, names, places, errors);
        }
    }

    private static void Port(MapValue port, string path, bool needsName, HashSet<string> names, HashSet<(long, string)> places, ICollection<FieldError> errors)
    {
        var name = port.GetString("name") ?? "";
        if (name.Length == 0)
        {
            if (needsName)
            {
                errors.Add(FieldError.Required($"{path}.name"));
            }
        }
        else if (KubernetesNames.CheckLabelName(name) is { Count: > 0 } problems)
        {
            foreach (var problem in problems)
            {
                errors.Add(FieldError.Invalid($"{path}.name", name, problem));
            }
        }
        else if (!names.Add(name))
        {
            errors.Add(FieldError.Duplicate($"{path}.name", name));
        }

        var number = port.GetInt("port") ?? 0;
        if (number is < 1 or > 65535)
        {
            errors.Add(FieldError.Invalid($"{path}.port", number, "must be between 1 and 65535, inclusive"));
        }

        PodValidation.Supported(port, "protocol", path, ["SCTP", "TCP", "UDP"], errors);
        if (port["targetPort"] is IntValue { Value: < 1 or > 65535 } target)
        {
            errors.Add(FieldError.Invalid($"{path}.targetPort", target, "must be between 1 and 65535, inclusive"));
        }
        else if (port["targetPort"] is StringValue { Value: var targetName })
        {
            foreach (var problem in KubernetesNames.CheckPortName(targetName))
            {
                errors.Add(FieldError.Invalid($"{path}.targetPort", targetName, problem));
            }
        }

        if (!places.Add((number, port.GetString("protocol") ?? "")))
        {
            errors.Add(FieldError.Duplicate(path, new MapValue
            {
                ["Name"] = "",
                ["Protocol"] = port.GetString("protocol") ?? "",
                ["AppProtocol"] = NullValue.Instance,
                ["Port"] = number,
                ["TargetPort"] = 0,
                ["NodePort"] = 0,
            }));
        }
    }

    private static bool IsAddress(string text) =>
        System.Net.IPAddress.TryParse(text, out _) && (text.Contains(':', StringComparison.Ordinal) || text.Count(static c => c == '.') == 3);
}
