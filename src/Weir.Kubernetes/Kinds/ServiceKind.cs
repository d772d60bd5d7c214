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

        if (!places.Add((number, port.GetString("protocol") ?? "")))
        {
            errors.Add(FieldError.Duplicate(path, new MapValue { ["port"] = number, ["protocol"] = port.GetString("protocol") ?? "" }));
        }
    }
}
