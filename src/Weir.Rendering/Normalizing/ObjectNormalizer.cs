using System.Text;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Rendering;

/// <summary>
/// What a round trip through Go's types makes of built-in kinds before Flux applies them: nested structs that are always
/// written, default protocols, <c>stringData</c> folded into <c>data</c>; status dropped except for CRDs.
/// </summary>
internal static class ObjectNormalizer
{
    public static void Normalize(MapValue value)
    {
        var kind = value.GroupVersionKind();
        if (kind is { Group: "rbac.authorization.k8s.io", Version: "v1", Kind: "Role" or "ClusterRole" })
        {
            return;
        }

        switch (kind)
        {
            case { Group: "", Version: "v1" }:
                NormalizeCore(kind.Kind, value);
                break;
            case { Group: "apps", Version: "v1" }:
                NormalizeWorkload(kind.Kind, value.GetMap("spec"));
                break;
            case { Group: "batch", Version: "v1", Kind: "Job" }:
                NormalizePodTemplate(value.GetMap("spec")?.GetMap("template"));
                break;
            case { Group: "batch", Version: "v1", Kind: "CronJob" }:
                NormalizeJobTemplate(value.GetMap("spec")?.GetMap("jobTemplate"));
                break;
            default:
                break;
        }

        value.GetMap("metadata")?.Remove("creationTimestamp");
        if (kind is not { Group: "apiextensions.k8s.io", Kind: "CustomResourceDefinition" })
        {
            value.Remove("status");
        }
    }

    private static void NormalizeCore(string kind, MapValue value)
    {
        switch (kind)
        {
            case "Pod":
                NormalizePod(value.GetMap("spec"));
                break;
            case "Service":
                AddProtocols(value.GetMap("spec")?.GetList("ports"));
                break;
            case "Secret":
                FoldStringData(value);
                break;
            case "Namespace" or "ResourceQuota":
                value.GetOrAddMap("spec");
                break;
            case "PersistentVolumeClaim":
                value.GetOrAddMap("spec").GetOrAddMap("resources");
                break;
            default:
                break;
        }
    }

    private static void NormalizeWorkload(string kind, MapValue? spec)
    {
        if (spec is null)
        {
            return;
        }

        NormalizePodTemplate(spec.GetMap("template"));
        switch (kind)
        {
            case "Deployment":
                spec.GetOrAddMap("strategy");
                break;
            case "DaemonSet":
                spec.GetOrAddMap("updateStrategy");
                break;
            case "StatefulSet":
                spec.GetOrAddMap("updateStrategy");
                foreach (var item in spec.GetList("volumeClaimTemplates") ?? [])
                {
                    if (item is MapValue claim)
                    {
                        claim.GetOrAddMap("spec").GetOrAddMap("resources");
                        claim.GetOrAddMap("status");
                    }
                }

                break;
            default:
                break;
        }
    }

    private static void NormalizeJobTemplate(MapValue? template)
    {
        if (template is not null)
        {
            template.GetMap("metadata")?.Remove("creationTimestamp");
            NormalizePodTemplate(template.GetMap("spec")?.GetMap("template"));
        }
    }

    private static void NormalizePodTemplate(MapValue? template)
    {
        template?.GetMap("metadata")?.Remove("creationTimestamp");
        NormalizePod(template?.GetMap("spec"));
    }

    private static void NormalizePod(MapValue? spec)
    {
        foreach (var list in (ReadOnlySpan<string>)["containers", "initContainers"])
        {
            foreach (var item in spec?.GetList(list) ?? [])
            {
                if (item is MapValue container)
                {
                    container.GetOrAddMap("resources");
                    if (list == "containers")
                    {
                        AddProtocols(container.GetList("ports"));
                    }
                }
            }
        }
    }

    private static void AddProtocols(ListValue? ports)
    {
        foreach (var item in ports ?? [])
        {
            if (item is MapValue port && string.IsNullOrEmpty(port.GetString("protocol")))
            {
                port["protocol"] = "TCP";
            }
        }
    }

    private static void FoldStringData(MapValue secret)
    {
        if (secret.GetMap("stringData") is not { } texts)
        {
            return;
        }

        var data = secret.GetOrAddMap("data");
        foreach (var (key, value) in texts)
        {
            if (value is StringValue text)
            {
                data[key] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text.Value));
            }
        }

        secret.Remove("stringData");
    }
}
