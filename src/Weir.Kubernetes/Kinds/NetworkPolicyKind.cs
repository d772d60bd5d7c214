using System.Globalization;
using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Network policies.</summary>
internal sealed class NetworkPolicyKind : BuiltInKind
{
    public override bool HasGeneration => true;

    public override bool HasStatus => false;

    public override void Default(MapValue value)
    {
        var spec = value.GetOrAddMap("spec");
        foreach (var direction in (ReadOnlySpan<string>)["ingress", "egress"])
        {
            foreach (var rule in spec.GetList(direction) ?? [])
            {
                foreach (var port in (rule as MapValue)?.GetList("ports") ?? [])
                {
                    SetDefault((MapValue)port, "protocol", "TCP");
                }
            }
        }

        if (spec.GetList("policyTypes") is not { Count: > 0 })
        {
            spec["policyTypes"] = spec.GetList("egress") is { Count: > 0 } ? new ListValue { "Ingress", "Egress" } : new ListValue { "Ingress" };
        }
    }

    public override void Validate(MapValue value, ICollection<FieldError> errors)
    {
        var spec = value.GetMap("spec") ?? [];
        SelectorValidation.Check(spec.GetMap("podSelector"), "spec.podSelector", errors);
        foreach (var (direction, peers) in ((string, string)[])[("ingress", "from"), ("egress", "to")])
        {
            var rules = spec.GetList(direction) ?? [];
            for (var i = 0; i < rules.Count; i++)
            {
                Rule(rules[i] as MapValue ?? [], Place($"spec.{direction}", i), peers, errors);
            }
        }

        var types = spec.GetList("policyTypes") ?? [];
        if (types.Count > 2)
        {
            errors.Add(FieldError.Invalid("spec.policyTypes", types, "may not specify more than two policyTypes"));
            return;
        }

        for (var i = 0; i < types.Count; i++)
        {
            if (types[i] is not StringValue { Value: "Ingress" or "Egress" })
            {
                errors.Add(FieldError.NotSupported(Place("spec.policyTypes", i), types[i], ["Ingress", "Egress"]));
            }
        }
    }

    private static void Rule(MapValue rule, string path, string peersKey, ICollection<FieldError> errors)
    {
        var ports = rule.GetList("ports") ?? [];
        for (var i = 0; i < ports.Count; i++)
        {
            Port(ports[i] as MapValue ?? [], Place($"{path}.ports", i), errors);
        }

        var peers = rule.GetList(peersKey) ?? [];
        for (var i = 0; i < peers.Count; i++)
        {
            Peer(peers[i] as MapValue ?? [], Place($"{path}.{peersKey}", i), errors);
        }
    }

    private static void Port(MapValue port, string path, ICollection<FieldError> errors)
    {
        PodValidation.Supported(port, "protocol", path, ["TCP", "UDP", "SCTP"], errors);
        switch (port["port"])
        {
            case IntValue { Value: < 1 or > 65535 } number:
                errors.Add(FieldError.Invalid($"{path}.port", number, "must be between 1 and 65535, inclusive"));
                break;
            case StringValue { Value: var name }:
                foreach (var problem in KubernetesNames.CheckPortName(name))
                {
                    errors.Add(FieldError.Invalid($"{path}.port", name, problem));
                }

                break;
        }

        if (port.GetInt("endPort") is { } end)
        {
            if (port["port"] is not IntValue first)
            {
                errors.Add(port["port"] is null
                    ? FieldError.Required($"{path}.port", "must be specified when `endPort` is specified")
                    : FieldError.Invalid($"{path}.endPort", end, "may not be specified when `port` is non-numeric"));
            }
            else if (end < first.Value)
            {
                errors.Add(FieldError.Invalid($"{path}.endPort", end, "must be greater than or equal to `port`"));
            }
        }
    }

    private static void Peer(MapValue peer, string path, ICollection<FieldError> errors)
    {
        var count = 0;
        foreach (var key in (ReadOnlySpan<string>)["podSelector", "namespaceSelector"])
        {
            if (peer.GetMap(key) is { } selector)
            {
                count++;
                SelectorValidation.Check(selector, $"{path}.{key}", errors);
            }
        }

        if (peer.GetMap("ipBlock") is { } block)
        {
            count++;
            var cidr = block.GetString("cidr") ?? "";
            if (cidr.Length == 0)
            {
                errors.Add(FieldError.Required($"{path}.ipBlock.cidr"));
            }
            else if (!System.Net.IPNetwork.TryParse(cidr, out var network))
            {
                errors.Add(FieldError.Invalid($"{path}.ipBlock.cidr", cidr, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"));
            }
            else
            {
                Except(block.GetList("except") ?? [], network, $"{path}.ipBlock.except", errors);
            }
        }

        if (count == 0)
        {
            errors.Add(FieldError.Required(path, "must specify a peer"));
        }
        else if (peer.ContainsKey("ipBlock") && count > 1)
        {
            errors.Add(FieldError.Forbidden(path, "may not specify both ipBlock and another peer"));
        }
    }

    private static void Except(ListValue list, System.Net.IPNetwork network, string path, ICollection<FieldError> errors)
    {
        for (var i = 0; i < list.Count; i++)
        {
            var text = (list[i] as StringValue)?.Value ?? "";
            if (!System.Net.IPNetwork.TryParse(text, out var inner))
            {
                errors.Add(FieldError.Invalid(Place(path, i), text, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"));
            }
            else if (!network.Contains(inner.BaseAddress) || inner.PrefixLength <= network.PrefixLength)
            {
                errors.Add(FieldError.Invalid(Place(path, i), text, "must be a strict subset of `cidr`"));
            }
        }
    }

    private static string Place(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
}
